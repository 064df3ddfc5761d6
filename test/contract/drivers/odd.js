// Drivers that no runner may be hurt by: what each does wrong is its argument.
import { createHash, randomBytes } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'

const [how, file] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const ok = (id, answer = {}) => say({ id, ok: answer })
const started = {
  client: 'odd',
  version: '0',
  language: 'javascript',
  ops: ['begin', 'callback', 'call'],
  features: { concurrent: true, multiLink: true },
}

/** Begins a login as it should, and that is all that it ever does. */
const idle = {
  begin(env) {
    const url = new URL(env.authorizeUrl)
    const { clientId: client_id, redirectUri: redirect_uri, scopes } = env
    const asked = { client_id, redirect_uri, response_type: 'code', scope: scopes.join(' ') }
    const state = randomBytes(32).toString('base64url')
    const code_challenge = createHash('sha256').update(randomBytes(32)).digest('base64url')
    for (const [name, value] of Object.entries({ ...asked, state, code_challenge, code_challenge_method: 'S256' }))
      url.searchParams.set(name, value)
    return { url: url.href }
  },
  callback: () => ({ outcome: 'failed', code: 'nope', http: { status: 400, headers: {}, body: 'Not connected' } }),
  call: () => ({ result: 'needs_reauth', code: 'not_connected' }),
  status: () => ({ state: 'disconnected' }),
  disconnect: () => ({ result: 'removed' }),
  webhook: () => ({ status: 401 }),
  advance: () => ({}),
  cancel: () => ({}),
  store: () => ({}),
}
const everything = ['concurrent', 'multiProcess', 'multiLink', 'pkce', 'webhooks', 'revoke', 'clock', 'background']
const claims = {
  'sends nothing': { ops: Object.keys(idle), features: Object.fromEntries(everything.map((name) => [name, true])) },
  'claims what it lacks': { features: { webhooks: true, revoke: true, clock: true } },
  'dies at its second start': { features: { again: true } },
  'claims the unknown': { features: { telepathy: true } },
}

/** Answers yes to everything and does nothing. */
const yes = {
  begin: (env) => ({ url: env.authorizeUrl }),
  callback: () => ({ outcome: 'connected' }),
  call: () => ({ result: 'ok' }),
}

const verbs = ['sends nothing', 'dies at its second start', 'is for one provider'].includes(how) ? idle : yes

if (how === 'exits at once') process.exit(0)
if (how === 'ends by a signal') process.kill(process.pid, 'SIGABRT')
if (how === 'closes its output') process.stdout.end()

let env
createInterface({ input: process.stdin }).on('line', (line) => {
  const asked = JSON.parse(line)
  const { id, op } = asked
  if (how === 'is silent') return
  if (how === 'writes garbage') process.stdout.write('{"id": 1, \n\0\xff not json\n[]\nnull\n{"id":999,"ok":{}}\n')
  if (how === 'writes without end') return void setInterval(() => process.stdout.write('x'.repeat(65_536)), 1)
  if (how === 'answers a wrong shape') return ok(id, { url: 7 })
  if (op === 'start') {
    if (how === 'dies at its second start' && env) process.exit(3)
    env = asked.env
    if (file) writeFileSync(file, String(process.pid))
    return ok(id, { ...started, ...claims[how] })
  }
  if (how === 'stays and is silent') return
  if (how === 'exits with 0 at the callback' && op === 'callback') process.exit(0)
  if (how === 'dies at the callback' && op === 'callback') process.kill(process.pid, 'SIGKILL')
  if (how === 'hangs at the callback' && op === 'callback') return
  if (how === 'errs at the callback' && op === 'callback') return say({ id, error: { kind: 'failed', message: 'no' } })
  if (how === 'is for one provider' && env.provider !== 'standard')
    return say({ id, error: { kind: 'failed', message: 'no' } })
  if (how === 'answers twice') ok(id, yes[op]?.(env))
  if (verbs[op]) ok(id, verbs[op](env))
  else say({ id, error: { kind: 'unsupported', message: op } })
})
// Some do not go away by themselves.
const stays = how === 'stays' || how === 'stays and is silent'
if (stays) setInterval(() => {}, 1_000)
process.on('SIGTERM', () => stays || process.exit())
