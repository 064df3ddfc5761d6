import { execFile, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { promisify } from 'node:util'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, endOf, environment, linesOf, root, run, runProgram, serve } from './cli/command.ts'
import { blocksOf, callsIn, firstsOf, flagsIn, quoted, tableOf } from './readme/document.ts'

const runNode = (args: readonly string[], cwd = root) =>
  promisify(execFile)(process.execPath, args, { cwd, env: environment() })

/** What `--help` says, each entry on a line of its own. */
const helpOf = async (...command: string[]): Promise<string> =>
  (await run([...command, '--help'])).stdout.replace(/\n {20,}/g, ' ')

/** Commands and flags as help lists them, at the beginning of a line. */
const listedIn = (help: string, pattern: RegExp): string[] => [...help.matchAll(pattern)].map(([, name = '']) => name)

describe('the tables of the README and of its open questions', () => {
  it('list the commands that there are, with flags that they take', async () => {
    const commands = listedIn(await helpOf(), /^ {2}([a-z]+)(?= \[| <| {2})/gm).filter((name) => name !== 'help')
    const rows = tableOf('Command').map(([command, does]) => ({ name: quoted(command)[0]?.split(' ')[0] ?? '', does }))
    expect(rows.map(({ name }) => name)).toEqual(commands)
    for (const { name, does } of rows)
      expect(flagsIn(await helpOf(name))).toEqual(expect.arrayContaining(flagsIn(does)))
  })

  it('list each flag of serve with its variable and its default', async () => {
    const help = await helpOf('serve')
    const rows = tableOf('Flag of `serve`').flatMap(([flags, variables, byDefault]) =>
      flagsIn(flags).map((flag, i) => ({ flag, variable: quoted(variables)[i], byDefault: quoted(byDefault)[0] })),
    )
    const flags = listedIn(help, /^ {2}(--[a-z-]+)/gm)
    expect(rows.map(({ flag }) => flag).toSorted()).toEqual(flags.toSorted())
    for (const { flag, variable, byDefault } of rows) {
      const [line = ''] = help.split('\n').filter((one) => one.startsWith(`  ${flag} `))
      expect(line).toContain(`env: ${variable})`)
      if (byDefault) expect(line.replaceAll('"', '')).toMatch(new RegExp(`default: ${byDefault}[,)]`))
      else expect(line).not.toMatch(/default: [^)]*, env/)
    }
  })

  it('list the providers that there are', () => {
    const listed = tableOf('Provider').map(([link, name]) => [/\((.*)\)/.exec(link ?? '')?.[1], ...quoted(name)])
    expect(listed).toEqual(Object.keys(providers).map((name) => [`docs/providers/${name}.md`, name]))
  })

  it.each(Object.keys(providers))('list every open question of %s', async (provider) => {
    const { facts } = JSON.parse((await run(['show', provider, '--json'])).stdout)
    const offered = new Set<string>(
      facts.flatMap(({ otherwise = [] }: { otherwise?: { choose: string }[] }) =>
        otherwise.map(({ choose }) => choose),
      ),
    )
    const choices = firstsOf(`\`--assume ${provider}.…\``).flatMap(quoted)
    expect(choices.map((choice) => `--assume ${provider}.${choice}`).toSorted()).toEqual([...offered].toSorted())
  })

  it('list the calls of the control API, with what they take', async () => {
    const { url } = await serve()
    const { paths } = await (await fetch(`${url}/_mock/openapi.json`)).json()
    const calls = firstsOf('Call').flatMap(callsIn)
    const inOpenApi = (path: string) => path.replace(':id', '{id}')
    expect(calls.flatMap((call) => call.paths.map(inOpenApi)).toSorted()).toEqual(Object.keys(paths).toSorted())
    for (const call of calls) {
      const methods = call.paths.flatMap((path) => Object.keys(paths[inOpenApi(path)]))
      expect([...new Set(methods)].map((method) => method.toUpperCase()).toSorted()).toEqual(call.methods.toSorted())
      const { get, post } = paths[inOpenApi(call.paths[0] ?? '')]
      const body = post?.requestBody?.content['application/json'].schema.properties ?? {}
      if (call.body.length > 0) expect(Object.keys(body)).toEqual(call.body)
      const query: { name: string; in: string }[] = get?.parameters ?? []
      if (call.query.length > 0) expect(query.map(({ name }) => name)).toEqual(call.query)
    }
  })

  it('give a reason for each dependency, and for each library that is built in', () => {
    const { dependencies, devDependencies } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
    const licences = readFileSync(`${root}dist/THIRD-PARTY-LICENSES.txt`, 'utf8').split('\n')
    const isInlined = (name: string) => licences.some((line) => line.startsWith(`${name} ${devDependencies[name]} (`))
    expect(firstsOf('At run time').toSorted()).toEqual(Object.keys(dependencies).toSorted())
    const builtIn = firstsOf('Built in').map((cell) => cell.split(' ')[0] ?? '')
    expect(builtIn.toSorted()).toEqual(Object.keys(devDependencies).filter(isInlined).toSorted())
  })
})

describe('the code of the README', () => {
  it.each([
    ['in a test', 0],
    ['with openid-client', 1],
  ])('runs %s, and its types hold', async (_, i) => {
    const code = blocksOf('ts')[i] ?? ''
    expect(await runNode(['--input-type=module', '--eval', code])).toEqual({ stdout: '', stderr: '' })
    const project = mkdtempSync(`${tmpdir()}/mock-oauth-`)
    onTestFinished(() => rmSync(project, { recursive: true }))
    mkdirSync(`${project}/node_modules`)
    symlinkSync(root, `${project}/node_modules/mock-oauth`)
    symlinkSync(`${root}node_modules/openid-client`, `${project}/node_modules/openid-client`)
    writeFileSync(`${project}/readme.mts`, code)
    const strict = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', 'readme.mts']
    await runNode([`${root}node_modules/typescript/bin/tsc`, ...strict], project)
  })

  it('runs in a shell beside a server', async () => {
    const { url } = await serve(['--provider', 'standard'])
    const [code = ''] = blocksOf('sh').filter((block) => block.includes('as_client'))
    const shell = ['--norc', '-euc', `npx() { node '${bin}' "\${@:2}"; }\n${code}`]
    const { stdout, stderr } = await runProgram('bash', shell, { MOCK_OAUTH_URL: url })
    expect({ stdout, stderr }).toEqual({
      stdout: expect.stringMatching(
        /"verification_uri_complete":.*"request_uri":.*"active":true.*signs\n.*verifies\n/s,
      ),
      stderr: '',
    })
  })

  it('has the ready line with the keys that it has', async () => {
    const { line } = await serve(['--provider', 'mekari'])
    const [shown = '{}'] = blocksOf('json').filter((block) => block.includes('"ready"'))
    const keysOf = (ready: string) => [...ready.matchAll(/"([\w:]+)":/g)].map(([, key]) => key)
    const whole = JSON.parse(line)
    whole.providers['mekari:sandbox'] = {}
    expect(keysOf(shown)).toEqual(keysOf(JSON.stringify(whole)))
  })
})

/** Moments differ from run to run, and the port is any free one. */
const comparable = (text: string, url: string) =>
  text
    .replaceAll(url, 'http://127.0.0.1:4420')
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
    .replace(/just now|\d+s ago/g, '<ago>')

describe('the screen of the README', () => {
  it('is what the tool prints', async () => {
    const child = spawn(process.execPath, [bin, 'serve', '--provider', 'mekari', '--seed', 'demo', '--port', '0'], {
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(async () => {
      const ended = endOf(child)
      child.kill()
      await ended
    })
    const next = linesOf(child.stdout)
    const printed: string[] = []
    const printedUpTo = async (end: RegExp) => {
      while (!end.test(printed.at(-1) ?? '')) printed.push(await next())
    }
    await printedUpTo(/^Stop/)
    const url = printed[0]?.replace('ready at ', '') ?? ''
    const post = async (path: string, body: object): Promise<Record<string, string>> => {
      const headers = { 'content-type': 'application/json' }
      return (await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) })).json()
    }
    const { mekari } = await (await fetch(`${url}/_mock/providers`)).json()
    const { clientId: client_id, clientSecret: client_secret, authorizeUrl } = mekari
    const asked = `${authorizeUrl}?client_id=${client_id}&response_type=code&scope=esign`
    const { redirectTo = '' } = await post('/_mock/authorize', { url: asked })
    const exchange = (grant: object) =>
      post('/mekari/auth/oauth2/token', { client_id, client_secret, scope: 'esign', ...grant })
    const code = new URL(redirectTo).searchParams.get('code')
    const { access_token, refresh_token } = await exchange({ grant_type: 'authorization_code', code })
    await post('/_mock/clock', { advance: '61m' })
    await fetch(mekari.apiUrl, { headers: { authorization: `Bearer ${access_token}` } })
    await exchange({ grant_type: 'refresh_token', refresh_token })
    await exchange({ grant_type: 'refresh_token', refresh_token })
    await printedUpTo(/\(explain r5\)$/)
    const explained = (await run(['explain', '--url', url])).stdout

    const real = comparable([...printed, '', '$ npx mock-oauth explain', explained].join('\n'), url)
    const parts = (blocksOf('console')[0] ?? '').split('\n…\n')
    expect(parts).toHaveLength(2)
    const [top = '', bottom = ''] = parts.map((part) => comparable(part.replace(/^\$ .* serve .*\n/, ''), url))
    expect(real.slice(0, top.length)).toBe(top)
    expect(real.trimEnd().slice(-bottom.length)).toBe(bottom)
  })
})
