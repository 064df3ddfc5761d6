import { readFileSync } from 'node:fs'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { root, run, runProgram, serve } from './cli/command.ts'
import { callsIn, firstsOf, flagsIn, quoted, tableOf } from './readme/document.ts'

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
    await Promise.all(
      rows.map(async ({ name, does }) =>
        expect(flagsIn(await helpOf(name))).toEqual(expect.arrayContaining(flagsIn(does))),
      ),
    )
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

describe('the demonstration of the README', () => {
  it('says who stays connected, as it turns out', async () => {
    const { stdout } = await runProgram(process.execPath, [`${root}demo/lost-reply.js`])
    expect(readFileSync(`${root}/README.md`, 'utf8')).toContain(`\n\n${stdout.trim()}\n\n`)
  })
})
