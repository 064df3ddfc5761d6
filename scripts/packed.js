// Packs the package, installs it elsewhere as a user would, and uses it: every door, its types by three compilers and with the
// peers that it wants or none, the command line.
import { execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const largest = { megabytes: 24, packages: 60 }
const { exports, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const doors = Object.keys(exports).filter((door) => !door.endsWith('.json'))
/** The doors that open with a peer alone. */
const peerOf = {
  './contract': 'vitest',
  './msw': 'msw',
  './playwright': '@playwright/test',
  './vitest': 'vitest',
}
/** Each opens for its test runner alone, which is no script. */
const openedByRunner = ['./playwright', './vitest']
const opensAlone = (door) => peerOf[door] === undefined
const nameOf = (door) => `mock-oauth${door.slice(1)}`
/** `scripts/packed/` has a use of each. */
const useOf = (door) => `${door === '.' ? 'index' : door.slice(2)}.ts`
const compilers = { 5.4: '5.4.5', 5.9: '5.9.3' }
const resolutions = { node16: 'node16', nodenext: 'nodenext', bundler: 'esnext' }
const home = mkdtempSync(join(tmpdir(), 'mock-oauth-packed-'))
const execute = promisify(execFile)
const run = (command, ...args) => execute(command, args, { cwd: home })
const install = (...args) => run('npm', 'install', '--prefer-offline', '--no-audit', '--no-fund', ...args)
let failed = 0

/** @param check answers a word about what it saw, or throws */
async function shows(what, check) {
  try {
    const seen = await check()
    console.log(`ok   ${what}${seen ? `: ${seen}` : ''}`)
  } catch (error) {
    failed += 1
    console.log(`FAIL ${what}\n${error.stack}\n${error.stdout ?? ''}${error.stderr ?? ''}`)
  }
}

/** Two at a time, which is what the machine has. */
async function twoAtOnce(tasks) {
  const waiting = [...tasks]
  const work = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) await task()
  }
  await Promise.all([work(), work()])
}

const expect = (truth, otherwise) => {
  if (!truth) throw new Error(otherwise)
}

execFileSync('npm', ['pack', '--pack-destination', home], { stdio: 'pipe' })
writeFileSync(join(home, 'package.json'), '{ "type": "module", "private": true }')
const [packed = ''] = readdirSync(home).filter((file) => file.endsWith('.tgz'))

await shows('installs without development packages', async () => {
  await install('--omit=dev', `./${packed}`)
})

await shows(`is at most ${largest.megabytes} MB and ${largest.packages} packages`, () => {
  const folder = join(home, 'node_modules')
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())
  const bytes = files.reduce((sum, one) => sum + statSync(join(one.parentPath, one.name)).size, 0)
  const megabytes = bytes / 1_000_000
  const lock = JSON.parse(readFileSync(join(folder, '.package-lock.json'), 'utf8'))
  const packages = Object.keys(lock.packages).length
  const seen = `${megabytes.toFixed(1)} MB, ${packages} packages`
  expect(megabytes <= largest.megabytes && packages <= largest.packages, seen)
  return seen
})

/** Opens a door, in a process of its own. */
const open = async (door, ...conditions) => {
  await run(process.execPath, ...conditions, '--input-type=module', '-e', `await import('${nameOf(door)}')`)
}

await twoAtOnce(doors.filter(opensAlone).map((door) => () => shows(`opens ${nameOf(door)}`, () => open(door))))
await shows('opens mock-oauth as a browser finds it', () => open('.', '--conditions=browser'))

const tools = join(home, 'compilers')
await shows('has compilers to be held against', async () => {
  const aliases = Object.entries(compilers).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`)
  await install('--prefix', tools, ...aliases)
})
const tscs = {
  ...Object.fromEntries(
    Object.keys(compilers).map((name) => [name, join(tools, `node_modules/typescript-${name}/bin/tsc`)]),
  ),
  7: resolve('node_modules/typescript/bin/tsc'),
}
const flags = ['--strict', '--noEmit', '--target', 'es2022', '--lib', 'es2023,dom,dom.iterable,esnext.disposable']
/** What others' declarations have wrong is theirs. */
const foreign = /^node_modules\/(?!mock-oauth\/)/

/** Compiles the uses of doors, all in one program. Declarations themselves are checked in the strictest resolution, node16. */
async function hasTypes(what, opened, chosen = tscs) {
  for (const door of opened) copyFileSync(join('scripts/packed', useOf(door)), join(home, useOf(door)))
  const programs = Object.entries(resolutions).flatMap(([resolution, module]) =>
    Object.entries(chosen).map(
      ([compiler, tsc]) =>
        () =>
          shows(`has types for ${what}, by TypeScript ${compiler}, resolved as ${resolution}`, async () => {
            const resolved = ['--module', module, '--moduleResolution', resolution]
            const checked = resolution === 'node16' ? '--skipDefaultLibCheck' : '--skipLibCheck'
            const asked = [tsc, ...flags, ...resolved, checked, ...opened.map(useOf)]
            const { code = 0, stdout } = await run(process.execPath, ...asked).catch((error) => error)
            const mine = stdout.split('\n').filter((line) => /error TS/.test(line) && !foreign.test(line))
            expect(mine.length === 0 && (code === 0 || foreign.test(stdout)), mine.join('\n') || stdout)
          }),
    ),
  )
  await twoAtOnce(programs)
}

await hasTypes('the doors that want no peer', doors.filter(opensAlone))

const peers = [...new Set(Object.values(peerOf))]
await shows(`installs beside ${peers.join(', ')}`, async () => {
  await install(...[...peers, '@types/node'].map((peer) => `${peer}@${devDependencies[peer]}`))
})
for (const door of doors.filter((door) => !opensAlone(door) && !openedByRunner.includes(door)))
  await shows(`opens ${nameOf(door)} beside ${peerOf[door]}`, () => open(door))
await hasTypes('every door', doors)

await shows('installs beside the next msw', async () => {
  await install(`msw@${devDependencies.msw3}`)
})
await hasTypes('msw 3', ['.', './msw'], { 7: tscs[7] })

const bin = join(home, 'node_modules/.bin/mock-oauth')

await shows('plays to a Node program that is not changed', async () => {
  const program = "const { status } = await fetch('https://api.mekari.com/v1/me'); console.log(status)"
  const node = [process.execPath, '--input-type=module', '-e', program]
  const { stdout } = await run(bin, 'run', '--offline', '--provider', 'mekari', '--', ...node)
  expect(stdout === '401\n', stdout)
})

await shows('writes a driver, and starts it', async () => {
  await run(bin, 'contract', 'init', '--language', 'typescript')
  const client = 'npx jiti contract/driver.ts'
  const { stdout } = await run(bin, 'contract', 'smoke', '--client', client).catch((error) => error)
  expect(stdout.includes('can be judged at standard'), stdout)
})

/** Runs `serve` on a free port, from its ready line to its end by SIGTERM. */
async function served(flags, use) {
  const server = spawn(bin, ['serve', '--provider', 'mekari', '--port', '0', '--json', ...flags], { cwd: home })
  const giveUp = setTimeout(() => server.kill('SIGKILL'), 60_000)
  let complaint = ''
  server.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text
  })
  const ended = once(server, 'exit')
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), ended.then(() => [''])])
  expect(line, `no ready line; ${complaint}`)
  try {
    const { ready, ...told } = JSON.parse(line)
    expect(ready === true, line)
    await use(told)
  } finally {
    server.kill('SIGTERM')
  }
  const [exit, signal] = await ended
  clearTimeout(giveUp)
  expect(exit === 0, `ended with ${exit ?? signal}`)
}

await shows('serves, exchanges a token and stops', () =>
  served([], async ({ url, providers }) => {
    const { authorizeUrl, tokenUrl, apiUrl, clientId, clientSecret, scopes } = providers.mekari
    const scope = scopes.join(' ')
    const asked = `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope })}`
    const post = async (to, body) => {
      const headers = { 'content-type': 'application/json' }
      const answer = await fetch(to, { method: 'POST', headers, body: JSON.stringify(body) })
      expect(answer.status === 200, `${to}: ${answer.status} ${await answer.clone().text()}`)
      return answer.json()
    }
    const { redirectTo } = await post(`${url}/_mock/authorize`, { url: asked, decision: 'approve' })
    const code = new URL(redirectTo).searchParams.get('code')
    const credentials = { client_id: clientId, client_secret: clientSecret }
    const tokens = await post(tokenUrl, { ...credentials, grant_type: 'authorization_code', code, scope })
    expect(tokens.expires_in === 3600, JSON.stringify(tokens))
    const api = await fetch(apiUrl, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    expect(api.status === 200, `the API answered ${api.status}`)
  }),
)

await shows('serves HTTPS to a client that trusts its certificate', () =>
  served(['--tls'], async ({ url, ca }) => {
    const trusted = { ca: readFileSync(ca), agent: false }
    const [answer] = await once(get(`${url}/_mock/health`, trusted), 'response')
    answer.resume()
    expect(answer.statusCode === 200, `answered ${answer.statusCode}`)
  }),
)

rmSync(home, { recursive: true, force: true })
process.exitCode = failed > 0 ? 1 : 0
