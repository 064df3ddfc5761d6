// Packs the package, installs it elsewhere as a user would, and uses it: every door, its types, the command line.
import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'

const largest = { megabytes: 24, packages: 60 }
const { exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const doors = Object.keys(exports)
  .filter((door) => !door.endsWith('.json'))
  .map((door) => `mock-oauth${door.slice(1)}`)
const tsc = resolve('node_modules/typescript/bin/tsc')
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

for (const door of doors) {
  await shows(`opens ${door}`, () => run(process.execPath, '-e', `await import('${door}')`, '--input-type=module'))
}

for (const [resolution, module] of [
  ['node16', 'node16'],
  ['nodenext', 'nodenext'],
  ['bundler', 'esnext'],
]) {
  await shows(`has types for every door, resolved as ${resolution}`, () => {
    const names = doors.map(
      (door, i) => `import * as door${i} from '${door}'\nexport const names${i} = Object.keys(door${i})`,
    )
    const use = `import { createMockOAuth } from 'mock-oauth'
      const mock = await createMockOAuth({ providers: ['mekari'] })
      export const id: string = (await mock.provider('mekari')).clientId
      // @ts-expect-error the doors are typed
      export const wrong: number = mock.seed`
    writeFileSync(join(home, 'doors.ts'), `${names.join('\n')}\n${use}\n`)
    const flags = ['--strict', '--noEmit', '--target', 'es2023', '--types', '']
    run(process.execPath, tsc, ...flags, '--module', module, '--moduleResolution', resolution, 'doors.ts')
  })
}

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
