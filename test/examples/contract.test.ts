import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { folderWith, root } from '../cli/command.ts'
import { example, playIn } from './shell.ts'

const here = `${root}examples/contract`
const client = `npx jiti ${here}/driver.ts`

describe('an example of a client that is judged', { timeout: 120_000 }, () => {
  it('judge.sh writes a driver, which is fine, and whose client keeps what it is judged by', async () => {
    const { code, stdout } = await playIn(folderWith({}), example('contract/judge.sh'))
    expect(stdout).toMatch(/^wrote contract\/.*The driver speaks the protocol.*\nAs expected\.\n/s)
    expect(code).toBe(0)
  })

  it('judged.console is what the tool prints', async () => {
    const [command = '', ...screen] = example('contract/judged.console').split('\n')
    const names = ['client.ts', 'under-test.ts', 'driver.ts']
    const folder = folderWith(Object.fromEntries(names.map((name) => [name, example(`contract/${name}`)])))
    const { code, stdout } = await playIn(folder, command.replace(/^\$ /, ''))
    expect(code).toBe(1)
    // Five requests race: which one is the tenth differs.
    const comparable = (text: string) => text.replace(/\br\d+ */g, '<r>')
    for (const part of screen.join('\n').split('\n…\n')) expect(comparable(stdout)).toContain(comparable(part))
  })

  it('contracts.yaml is found by itself, and what it knows is as expected', async () => {
    const command = `npx mock-oauth contract --provider mekari --clause 'rc-single-flight' --client 'npx jiti driver.ts'`
    const { code, stdout } = await playIn(here, command)
    expect(stdout).toContain('As expected. 1 in the baseline.')
    expect(code).toBe(0)
  })

  it('ci.sh writes the reports', async () => {
    const folder = folderWith({})
    expect(await playIn(folder, example('contract/ci.sh'), { CI_RUN: '7', CLIENT: client })).toMatchObject({ code: 0 })
    expect(readFileSync(`${folder}/contract.xml`, 'utf8')).toMatch(/^<\?xml/)
    expect(readFileSync(`${folder}/contract.html`, 'utf8')).toMatch(/^<!doctype html>/i)
  })

  it('workflow.yml gives the action inputs that it takes', () => {
    const { inputs, outputs } = parse(readFileSync(`${root}action.yml`, 'utf8'))
    const { steps } = parse(example('contract/workflow.yml')).jobs.contract
    const step = steps.find(({ uses }: { uses?: string }) => uses === './node_modules/mock-oauth')
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(step.with)))
    const read = example('contract/workflow.yml').match(/(?<=steps\.contract\.outputs\.)\w+/g)
    expect(Object.keys(outputs)).toEqual(read)
    const { files } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    expect(files).toContain('action.yml')
  })
})
