// Packs the package, installs it elsewhere as a user would, and uses it: every door, its types by three compilers and with the
// peers that it wants or none, the command line.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const largest = { megabytes: 24, packages: 60 }
const { exports, devDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
const doors = Object.keys(exports).filter((door) => !door.endsWith('.json'))
/** The doors that open with a peer alone. */
const peerOf = {
  './matchers': 'vitest',
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
const run = (command, ...args) => execFileSync(command, args, { cwd: home, encoding: 'utf8', stdio: 'pipe' })
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

const expect = (truth, otherwise) => {
  if (!truth) throw new Error(otherwise)
}

execFileSync('npm', ['pack', '--pack-destination', home], { stdio: 'pipe' })
writeFileSync(join(home, 'package.json'), '{ "type": "module", "private": true }')
const [packed = ''] = readdirSync(home).filter((file) => file.endsWith('.tgz'))

await shows('installs without development packages', () => {
  run('npm', 'install', '--omit=dev', `./${packed}`)
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
const open = (door) => run(process.execPath, '-e', `await import('${nameOf(door)}')`, '--input-type=module')

for (const door of doors.filter(opensAlone)) await shows(`opens ${nameOf(door)}`, () => open(door))

const tools = join(home, 'compilers')
await shows('has compilers to be held against', () => {
  const aliases = Object.entries(compilers).map(([name, version]) => `typescript-${name}@npm:typescript@${version}`)
  execFileSync('npm', ['install', '--prefix', tools, ...aliases], { stdio: 'pipe' })
})
const tscs = {
  ...Object.fromEntries(
    Object.keys(compilers).map((name) => [name, join(tools, `node_modules/typescript-${name}/bin/tsc`)]),
  ),
  7: resolve('node_modules/typescript/bin/tsc'),
}

/** Compiles the uses of doors; what others' declarations have wrong is theirs. */
async function hasTypes(what, opened, chosen = tscs) {
  for (const door of opened) copyFileSync(join('scripts/packed', useOf(door)), join(home, useOf(door)))
  for (const [compiler, tsc] of Object.entries(chosen)) {
    for (const [resolution, module] of Object.entries(resolutions)) {
      await shows(`has types for ${what}, by TypeScript ${compiler}, resolved as ${resolution}`, () => {
        const flags = [
          '--strict',
          '--noEmit',
          '--target',
          'es2022',
          '--lib',
          'es2023,dom,dom.iterable,esnext.disposable',
        ]
        const asked = [...flags, '--module', module, '--moduleResolution', resolution, ...opened.map(useOf)]
        const { stdout } = spawnSync(process.execPath, [tsc, ...asked], { cwd: home, encoding: 'utf8' })
        const mine = stdout.split('\n').filter((line) => /error TS/.test(line) && !foreign.test(line))
        expect(mine.length === 0, mine.join('\n'))
      })
    }
  }
}
const foreign = /^node_modules\/(?!mock-oauth\/)/

await hasTypes('the doors that want no peer', doors.filter(opensAlone))

const peers = [...new Set(Object.values(peerOf))]
await shows(`installs beside ${peers.join(', ')}`, () => {
  run('npm', 'install', ...peers.map((peer) => `${peer}@${devDependencies[peer]}`), '@types/node@20')
})
for (const door of doors.filter((door) => !opensAlone(door) && !openedByRunner.includes(door)))
  await shows(`opens ${nameOf(door)} beside ${peerOf[door]}`, () => open(door))
await hasTypes('every door', doors)

await shows('installs beside the next msw', () => run('npm', 'install', 'msw@3', '--no-engine-strict'))
await hasTypes('msw 3', ['.', './msw'], { 7: tscs[7] })

await shows('serves, exchanges a token and stops', async () => {
  const bin = join(home, 'node_modules/.bin/mock-oauth')
  const server = spawn(bin, ['serve', '--provider', 'mekari', '--port', '0', '--json'], { cwd: home })
  const giveUp = setTimeout(() => server.kill('SIGKILL'), 20_000)
  let complaint = ''
  server.stderr.setEncoding('utf8').on('data', (text) => {
    complaint += text
  })
  const ended = once(server, 'exit')
  const [line] = await Promise.race([once(createInterface(server.stdout), 'line'), ended.then(() => [''])])
  expect(line, `no ready line; ${complaint}`)
  const { ready, url, providers } = JSON.parse(line)
  expect(ready === true, line)
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
  server.kill('SIGTERM')
  const [exit, signal] = await ended
  clearTimeout(giveUp)
  expect(exit === 0, `ended with ${exit ?? signal}`)
})

rmSync(home, { recursive: true, force: true })
process.exitCode = failed > 0 ? 1 : 0
