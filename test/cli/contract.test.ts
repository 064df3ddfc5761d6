import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { catalogue, reportSchema } from 'mock-oauth/contract'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bundle } from '../contract/careful/driver.ts'
import { bin, endOf, environment, folderWith, root, run, runProgram } from './command.ts'

const odd = (how: string) => `node ${root}test/contract/drivers/odd.js '${how}'`

/** Judges a client: where no other clause is named by one that it should keep, and one that builds upon a login. */
const judge = (args: readonly string[], cwd = folderWith({})) => {
  const clause = args.includes('--clause') ? [] : ['--clause', 'ar-state-present,tr-body-format']
  return run(['contract', '--provider', 'standard', '--seed', '7', ...clause, ...args], {}, cwd)
}
/** Sends a signal to a process; false where it is gone. */
const kill = (pid: number, signal: NodeJS.Signals | 0): boolean => {
  try {
    return process.kill(pid, signal)
  } catch {
    return false
  }
}
const yes = ['--client', odd('answers yes to all')]

describe('contract --list and --explain', () => {
  it('list every clause, or those that are meant', async () => {
    const [all, some] = await Promise.all([
      run(['contract', '--list', '--json']),
      run(['contract', '--list', '--provider', 'finexer', '--clause', 'cb-state-*']),
    ])
    expect(JSON.parse(all.stdout).map(({ id }: { id: string }) => id)).toEqual(catalogue.map(({ id }) => id))
    expect(some.stdout).toMatch(/^cb-state-mismatch\n {2}refuses .*\n {2}must \(RFC\) · finexer\n/)
    expect(some.stdout).toMatch(/\n\d clauses\. .*\n$/)
  })

  it('tell a clause with its levels, its source, the sentence of a page and its bug', async () => {
    const { stdout } = await run(['contract', '--explain', 'rc-single-flight'])
    expect(stdout).toMatch(/^rc-single-flight: the client refreshes once .*\n\n {2}mekari: must/)
    for (const words of ['Refresh Token: ', 'source: RFC 6749', 'must claim: concurrent', 'A client that breaks it: '])
      expect(stdout).toContain(words)
    const told = JSON.parse((await run(['contract', '--explain', 'rc-single-flight', '--json'])).stdout)
    expect(told).toMatchObject({ id: 'rc-single-flight', needs: { features: ['concurrent'] } })
  })
})

describe('contract smoke', () => {
  const smoke = (client: string, ...more: string[]) => run(['contract', 'smoke', '--client', client, ...more])

  it('tells a client that does nothing from a driver', async () => {
    const { code, stdout } = await smoke(odd('answers yes to all'))
    expect(code).toBe(1)
    expect(stdout).toMatch(/\nthe client {2}connects\n {12}saw {2}nothing, and no code was exchanged; .*authorize 400/)
    expect(stdout).not.toContain('ok          tells a denial')
    expect(stdout).toMatch(/\n\nThe driver is fine; the client is not\.\n$/)
  })

  it.each([
    ['exits at once', /^the driver {2}answers start/],
    ['claims the unknown', /^the driver {2}answers start.*telepathy/s],
    ['writes garbage', /the driver {2}writes nothing but answers to standard output\n {12}saw/],
  ])('tells what a driver does wrong that %s', async (how, words) => {
    const { code, stdout } = await smoke(odd(how))
    expect(code).toBe(1)
    expect(stdout).toMatch(words)
    expect(stdout).toMatch(/ fix {2}.*\n\nMend the driver first\.\n$/s)
  })

  it('waits as long as it is told, and says it as JSON', async () => {
    const { code, stdout } = await smoke(odd('is silent'), '--timeout', '1', '--json')
    expect(code).toBe(1)
    expect(JSON.parse(stdout)[0]).toMatchObject({ verdict: 'driver', saw: 'No answer to start within 1 s.' })
  })
})

describe('contract init', () => {
  it.each([
    ['typescript', 'driver.ts', 'npx jiti contract/driver.ts'],
    ['python', 'driver.py', 'python3 contract/driver.py'],
    ['go', 'driver.go', 'go run contract/*.go'],
  ])('writes a driver in %s, once', async (language, file, command) => {
    const folder = folderWith({})
    const init = (...more: string[]) => run(['contract', 'init', '--language', language, ...more], {}, folder)
    const first = await init()
    expect(first).toMatchObject({ code: 0, stderr: '' })
    expect(first.stdout).toContain(`wrote contract/${file}\n`)
    expect(first.stdout).toContain(`mock-oauth contract smoke --client "${command}"`)
    const source = readFileSync(`${root}contracts/clients/${language}/${file}`, 'utf8')
    expect(readFileSync(`${folder}/contract/${file}`, 'utf8')).toBe(source)

    expect(await init()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^contract\/.* is there already\./) })
    expect(await init('--force')).toMatchObject({ code: 0 })
    expect(await init('--folder', 'elsewhere')).toMatchObject({ code: 0 })
    expect(existsSync(`${folder}/elsewhere/${file}`)).toBe(true)
  })

  it('takes the languages that there are', async () => {
    const refused = await run(['contract', 'init', '--language', 'cobol'])
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('typescript, python, go') })
  })
})

describe('contract, used wrongly, says what is wrong and judges nothing', () => {
  const baseline = folderWith.bind(undefined, {
    'contracts.yaml': 'ar-state-presnt:\n  expect: broken\n  why: so\nar-state-present:\n  expect: green\n',
    'list.yaml': '- ar-state-present\n',
  })

  it.each([
    [[], /^A client is named by --client .*\n.*contract init --language typescript\|python\|go/],
    [['--client', 'true', '--provider', 'mekarri'], /^There are no contracts for "mekarri"\. Did you mean "mekari"\?/],
    [['--client', 'true', '--clause', 'rc-single-fligt'], /^No clause is like .* Did you mean "rc-single-flight"\?/],
    [['--client', 'true', '--provider', ''], /^--provider names none\. There are contracts for: mekari, /],
    [['--self-test', '--clause', ''], /^--clause names none\./],
    [['--client', 'true', '--report', 'report.txt'], /^--report takes a file that ends in \.json, \.xml, \.md, \.html/],
    [['--client', 'true', '--report', 'no/report.md'], /^There is no folder no for the report\./],
    [['--client', 'true', '--level', 'must-not'], /Allowed choices are must, should, may/],
    [['--client', 'true', '--baseline', 'none.yaml'], /none\.yaml/],
    [['--client', 'true', '--baseline', 'list.yaml'], /^list\.yaml holds no rows\. Expected /],
    [
      ['--client', 'true'],
      /^contracts\.yaml:1: ar-state-presnt: there is no clause .*\n.*:5: .* expect is one of .*\n/,
    ],
    [['--explain', 'rc-single-fligt'], /^There is no clause .* Did you mean "rc-single-flight"\?/],
    [['--repeat', 'often', '--client', 'true'], /often/],
  ])('%j', async (args, words) => {
    const { code, stdout, stderr } = await run(['contract', ...args], {}, baseline())
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toMatch(words)
  })

  it('smoke without a client', async () => {
    expect(await run(['contract', 'smoke'])).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/^A client is named by --client/),
    })
  })
})

describe('contract judges', () => {
  const row = (clause: string, expected: string) => `${clause}:\n  expect: ${expected}\n  why: it was so\n`

  it('and its exit code says whether all is as the baseline has it', async () => {
    const known = folderWith({ 'contracts.yaml': row('tr-body-format', 'inconclusive') })
    const other = folderWith({ 'other.yaml': row('tr-*@standard', 'broken') })
    const [without, withIt, withAnother] = await Promise.all([
      judge(yes),
      judge(yes, known),
      judge([...yes, '--baseline', 'other.yaml'], other),
    ])
    expect(without).toMatchObject({
      code: 1,
      stdout: expect.stringContaining('Not as expected. 1 unexpected, 1 noted.'),
    })
    expect(withIt).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('As expected. 1 in the baseline, 1 noted.'),
    })
    expect(withAnother).toMatchObject({ code: 1, stdout: expect.stringContaining('1 unexpected') })
  })

  it('and fails where a row of the baseline is stale, and where a should is not kept with --strict alone', async () => {
    const folder = folderWith({ 'contracts.yaml': row('ar-state-present', 'broken') })
    const command = `node ${await bundle(`${folder}/driver.mjs`)}`
    const [stale, noted, strict] = await Promise.all([
      judge(['--client', command, '--clause', 'ar-state-present'], folder),
      judge([...yes, '--clause', 'ar-state-present']),
      judge([...yes, '--clause', 'ar-state-present', '--strict']),
    ])
    expect(stale).toMatchObject({ code: 1 })
    expect(stale.stdout).toContain('ar-state-present (line 1): the client keeps it now\n')
    expect([noted.code, strict.code]).toEqual([0, 1])
  })

  it('and says 3 where the client cannot be started, 4 where nothing that counts was judged', async () => {
    const [unstarted, nothing] = await Promise.all([
      judge(['--client', odd('exits at once')]),
      judge([...yes, '--clause', 'ar-state-present', '--level', 'must']),
    ])
    expect(unstarted.code).toBe(3)
    expect(unstarted.stdout).toMatch(/ended with exit\s+code 0\..*mock-oauth contract smoke tells what a driver lacks/s)
    expect(nothing).toMatchObject({ code: 4, stdout: expect.stringContaining('Nothing was judged.') })
  })

  it('at the providers where a client begins a login, and says that it begins none at the others', async () => {
    const providers = ['--provider', 'standard,mekari', '--clause', 'ar-state-present', '--json']
    const { code, stdout } = await run(['contract', ...providers, '--client', odd('is for one provider')])
    expect(code).toBe(1)
    expect(JSON.parse(stdout).results).toMatchObject([
      { provider: 'standard', kind: 'kept' },
      { provider: 'mekari', kind: 'blocked', why: expect.stringMatching(/^The client begins no login at mekari: no/) },
    ])
  })

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('and leaves neither clients nor folders behind when it is stopped by %s', async (signal, code) => {
    const folder = folderWith({ 'tmp/nothing': '' })
    const client = `node ${root}test/contract/drivers/odd.js 'stays and is silent' ${folder}/pid`
    const args = [bin, 'contract', '--provider', 'standard', '--client', client, '--timeout', '60']
    const env = environment({ TMPDIR: `${folder}/tmp` })
    const child = spawn(process.execPath, args, { env, stdio: 'ignore' })
    onTestFinished(() => void child.kill('SIGKILL'))
    const ended = endOf(child)
    await expect.poll(() => existsSync(`${folder}/pid`) && readFileSync(`${folder}/pid`, 'utf8')).toMatch(/\d/)
    const pid = Number(readFileSync(`${folder}/pid`, 'utf8'))
    onTestFinished(() => void kill(pid, 'SIGKILL'))
    child.kill(signal)
    expect(await ended).toBe(code)
    await expect.poll(() => kill(pid, 0)).toBe(false)
    expect(readdirSync(`${folder}/tmp`)).toEqual(['nothing'])
  })

  it('and writes reports as their names say, and JSON by the schema', async () => {
    const folder = folderWith({})
    const names = ['one.json', 'one.xml', 'one.md', 'one.html']
    const { stdout, stderr } = await judge([...yes, '--json', ...names.flatMap((name) => ['--report', name])], folder)
    const check = new Ajv2020({ strict: false }).compile(reportSchema)
    expect([check(JSON.parse(stdout)), check.errors]).toEqual([true, null])
    expect(stderr).toMatch(/^2\/2 standard .*1 inconclusive/m)
    const [json, ...others] = names.map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
    expect(json).toBe(stdout)
    const driver = readFileSync(`${root}test/contract/drivers/odd.js`)
    const sha256 = createHash('sha256').update(driver).digest('hex')
    expect(JSON.parse(stdout).client.driver).toMatchObject({ bytes: driver.length, sha256 })
    expect(others.map((text) => text.slice(0, 9).toLowerCase())).toEqual(['<?xml ver', '## ❌ cont', '<!doctype'])
  })

  it('and tells a line that judges the same again', async () => {
    const { code, stdout } = await judge([...yes, '--clause', 'tr-body-format'])
    expect(stdout).toMatch(/^INCONCLUSIVE tr-body-format at standard/)
    const [, line = ''] = /^ {2}replay {2}(.*)$/m.exec(stdout) ?? []
    const path = folderWith({ 'mock-oauth': `#!/bin/sh\nexec '${process.execPath}' '${bin}' "$@"\n` })
    chmodSync(`${path}/mock-oauth`, 0o755)
    const again = await runProgram('sh', ['-c', line], { PATH: `${path}:${process.env.PATH}` }, path)
    expect(again).toMatchObject({ code, stdout })
  })
})
