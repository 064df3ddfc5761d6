import { describe, expect, it } from 'vitest'
import { linesOf, run, serve } from '../cli/command.ts'
import { receive } from '../webhooks/receiver.ts'
import { example, play, start } from './shell.ts'

const moment = /\d{4}-\d\d-\d\dT[\d:.]+Z/.source

describe('an example in a shell', () => {
  it('start.sh plays a provider', async () => {
    const { stdout } = start('start.sh')
    expect(stdout && (await linesOf(stdout)())).toMatch(/^ready at http:\/\/127\.0\.0\.1:\d+$/)
  })

  it('ci.sh prints the ready line, with the keys that are shown', async () => {
    const { stdout } = start('ci.sh', { CI_RUN: 'run 7' })
    const line = (stdout && (await linesOf(stdout)())) ?? ''
    const keysOf = (ready: string) => [...ready.matchAll(/"([\w:]+)":/g)].map(([, key]) => key)
    const ready = JSON.parse(line)
    ready.providers['mekari:sandbox'] = {}
    expect(keysOf(example('ci-ready.txt'))).toEqual(keysOf(JSON.stringify(ready)))
    expect(ready.seed).toBe('run 7')
  })

  it('webhooks.sh lists, repeats and tests what clients are told', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const { url } = await serve(['--provider', 'mercado-pago', '--webhook-url', receiver.url])
    await run(['token', 'mercado-pago', '--url', url])
    const [grant] = await (await fetch(`${url}/_mock/grants`)).json()
    await run(['revoke', grant.id, '--url', url])
    await receiver.gets(1)
    expect(await play('webhooks.sh', url)).toMatchObject({ code: 0, stdout: expect.stringMatching(/^ID .*\nw1 /) })
    await receiver.gets(4)
  })

  it('worlds.sh moves the clock of one world', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    const { code, stdout, stderr } = await play('worlds.sh', url)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain(`MEKARI_BASE_URL='${url}/~checkout-7/mekari'\n`)
    expect(stdout).toMatch(new RegExp(`${moment}.*\n$`))
  })

  it('run.sh runs an unchanged program, and one for which there is a fault', async () => {
    const { code, stdout, stderr } = await play('run.sh', 'http://127.0.0.1:4420')
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringContaining('drop') })
    expect(stdout).toMatch(/^\{"status":200,"me":\{/)
  })

  it('faults.sh arms each, and explains what is refused', async () => {
    const { url, mekari } = await serve(['--provider', 'mekari'])
    await fetch(mekari.tokenUrl, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token' }) })
    const { code, stdout, stderr } = await play('faults.sh', url)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const faults = await (await fetch(`${url}/_mock/faults`)).json()
    expect(faults.map(({ kind }: { kind: string }) => kind)).toEqual(['drop', 'hold', 'rateLimit', 'replace'])
    expect(stdout).toMatch(/grace:30.*\nRefused /s)
  })
})
