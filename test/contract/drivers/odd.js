// Drivers that no runner may be hurt by: what each does wrong is its argument.
import { createInterface } from 'node:readline'

const [how] = process.argv.slice(2)
const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
const ok = (id, answer = {}) => say({ id, ok: answer })
const started = {
  client: 'odd',
  version: '0',
  language: 'javascript',
  ops: ['begin', 'callback', 'call'],
  features: { concurrent: true, multiLink: true },
}

/** Answers yes to everything and does nothing. */
const yes = {
  begin: (env) => ({ url: env.authorizeUrl }),
  callback: () => ({ outcome: 'connected' }),
  call: () => ({ result: 'ok' }),
}

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
    env = asked.env
    return ok(id, how === 'claims the unknown' ? { ...started, features: { telepathy: true } } : started)
  }
  if (how === 'exits with 0 at the callback' && op === 'callback') process.exit(0)
  if (how === 'dies at the callback' && op === 'callback') process.kill(process.pid, 'SIGKILL')
  if (how === 'hangs at the callback' && op === 'callback') return
  if (how === 'errs at the callback' && op === 'callback') return say({ id, error: { kind: 'failed', message: 'no' } })
  if (how === 'answers twice') ok(id, yes[op]?.(env))
  if (yes[op]) ok(id, yes[op](env))
  else say({ id, error: { kind: 'unsupported', message: op } })
})
// Some do not go away by themselves.
if (how === 'stays') setInterval(() => {}, 1_000)
process.on('SIGTERM', () => how === 'stays' || process.exit())
