// What the drivers of this folder share: the lines of protocol 1, a file for tokens, and the words for what went wrong.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

/** @import { Answered, Asked, CallAnswer, CallbackAnswer, Env, Features, Op } from '../../src/contract/protocol/messages.ts' */
/** @typedef {{ [Name in Op]?: (asked: Asked[Name]) => Answered[Name] | Promise<Answered[Name]> }} Client */
/** @typedef {{ code?: string | undefined, status?: number | undefined, unreached?: boolean }} Told what a library's error tells an app */

/**
 * Answers one line after the other until there are no more.
 * @param {string} library its name at npm
 * @param {(env: Env) => { client: Client, features: Features } | Promise<{ client: Client, features: Features }>} start
 */
export async function serve(library, start) {
  /** @type {Client} */
  let client = {}
  /** @param {{ id: number, op: string, [name: string]: unknown }} request */
  const answer = async ({ id, op, ...asked }) => {
    const say = (/** @type {object} */ line) => process.stdout.write(`${JSON.stringify({ id, ...line })}\n`)
    try {
      if (op === 'start') {
        ahead = 0
        const { env } = /** @type {any} */ (asked)
        console.error(`${library} as client ${env.clientId}`)
        const started = await start(env)
        client = { advance, ...started.client }
        const features = { concurrent: true, clock: true, again: true, ...started.features }
        say({
          ok: {
            client: library,
            version: versionOf(library),
            language: 'javascript',
            ops: Object.keys(client),
            features,
          },
        })
      } else if (Object.hasOwn(client, op)) say({ ok: await /** @type {any} */ (client)[op](asked) })
      else say({ error: { kind: 'unsupported', message: `There is no ${op} here.` } })
    } catch (error) {
      // Whoever begins no login refuses what it was told at its start.
      const kind = op === 'begin' ? 'configuration' : 'failed'
      say({ error: { kind, message: String(error) } })
    }
  }
  const answers = []
  for await (const line of createInterface({ input: process.stdin })) answers.push(answer(JSON.parse(line)))
  await Promise.all(answers)
  process.exit()
}

/** Libraries that take no clock read `Date`, which therefore goes ahead. */
let ahead = 0
const now = Date.now
const RealDate = Date
globalThis.Date = /** @type {any} */ (
  class extends RealDate {
    constructor(/** @type {unknown[]} */ ...given) {
      super(.../** @type {[]} */ (given.length > 0 ? given : [now() + ahead]))
    }
    static now = () => now() + ahead
  }
)
const advance = (/** @type {Asked['advance']} */ { seconds }) => {
  ahead += seconds * 1000
  return {}
}

/** Reads and writes one JSON file; a value that is undefined is forgotten. @param {string} folder */
export function openStore(folder) {
  const file = join(folder, 'store.json')
  const all = () => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {})
  return {
    get: (/** @type {string} */ key) => all()[key],
    set(/** @type {string} */ key, /** @type {unknown} */ value) {
      writeFileSync(file, JSON.stringify({ ...all(), [key]: value }), { mode: 0o600 })
    },
  }
}

/** Whether a URL is on this machine, as the mock's are: the only place for plain http. @param {string} url */
export const isHere = (url) => ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname)

/** The call that an app makes. @param {Env} env @param {Asked['call']} asked @returns {RequestInit} */
export const apiRequest = ({ requestTimeoutMs }, { method = 'GET', body = null }) => ({
  method,
  body,
  signal: AbortSignal.timeout(requestTimeoutMs),
})

/** An OAuth error code; some APIs have an object in its place. @param {unknown} error */
export const codeOf = (error) => (typeof error === 'string' ? error : undefined)

/** What an app makes of the API's answer. @param {{ ok: boolean, status: number }} response @returns {CallAnswer} */
export const answered = ({ ok, status }) => (ok ? { result: 'ok', status } : failedCall({ status }))

/** A call where there are no tokens. @type {CallAnswer} */
export const notConnected = { result: 'needs_reauth', code: 'not_connected' }

/** What an app makes of an error of its library. @param {Told} told @returns {CallAnswer} */
export function failedCall({ code, status, unreached }) {
  const detail = { ...(code !== undefined && { code }), ...(status !== undefined && { status }) }
  const later = unreached || (status !== undefined && (status >= 500 || status === 429))
  return { result: later ? 'transient' : code === 'invalid_grant' ? 'needs_reauth' : 'error', ...detail }
}

/** The same at a callback: without an answer of the provider it is the library that refused. @param {Told} told @returns {CallbackAnswer} */
export function failedCallback({ code, status, unreached }) {
  const outcome = code === 'access_denied' ? 'denied' : unreached || status !== undefined ? 'failed' : 'rejected'
  return { outcome, ...(code !== undefined && { code }) }
}

/** What a library says went wrong, in the app's log, as READMEs print it. @param {any} error */
export const logged = (error) => console.error(error.message)

/** Whether the network is to blame. @param {any} error @returns {boolean} */
export const isUnreached = (error) =>
  error !== undefined &&
  error !== null &&
  (/^(E[A-Z]{4,}|UND_ERR_)/.test(error.code) || error.name === 'TimeoutError' || isUnreached(error.cause))

/** @param {string} library */
function versionOf(library) {
  const path = createRequire(import.meta.url).resolve(library)
  const home = path.slice(0, path.lastIndexOf(library) + library.length)
  return JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')).version
}
