import { createHmac, timingSafeEqual } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Asked, Env, WebhookAnswer } from 'mock-oauth/contract'
import type { Call } from './calls.ts'
import { readObject } from './json.ts'
import { habitsOf } from './providers.ts'
import { ended } from './refresh.ts'
import type { Link, Store } from './store.ts'

/** What the provider tells: here, that an account holder took access back. */

type Letter = Asked['webhook']

interface Ending {
  readonly id: string
  /** As in the token answer. */
  readonly account: string
  /** By the provider's clock, in milliseconds; NaN where it is not told. */
  readonly at: number
}

interface Parts {
  readonly env: Env
  readonly store: Store
  readonly call: Call
  readonly log: (line: string) => void
}

const longestLetter = 1_048_576

/** Senders give up soon. */
const longestCheckMs = 1_000

export function createReceiver({ env, store, call, log }: Parts): (letter: Letter) => Promise<WebhookAnswer> {
  const { accountId, signature } = habitsOf(env.provider)
  const secret = env.webhookSecret

  const concerns = ({ id, account, at }: Ending, link: Link) =>
    link.state === 'connected' &&
    accountId !== undefined &&
    String(link.account[accountId]) === account &&
    // It may have been under way for long: what ended before this login has ended already.
    !(at < link.connectedAt) &&
    !link.events?.includes(id)

  /** What is proven is believed. */
  async function end(ending: Ending, { name }: Link): Promise<void> {
    await store.update(name, (now) =>
      now && concerns(ending, now)
        ? { ...ended(now, 'needs_reauth', 'revoked'), events: [...(now.events ?? []), ending.id].slice(-20) }
        : undefined,
    )
  }

  /** What is not proven is a reason to ask the provider: a call finds out. */
  async function check(account: string): Promise<void> {
    const links = (await store.all()).filter((link) => concerns({ id: '', account, at: Number.NaN }, link))
    await Promise.all(links.map(({ name }) => call({ link: name }, new AbortController().signal)))
  }

  return async (letter) => {
    if (letter.method !== 'POST') return { status: 405 }
    if (signature === undefined) return { status: 404 }
    if (letter.body.length > longestLetter) return { status: 413 }
    if (secret !== undefined && !isSigned[signature](letter, secret)) return { status: 401 }
    const body = readObject(letter.body)
    if (!body) return { status: 400 }
    const ending = readEnding[signature](body, letter)
    log(`client ${env.clientId}: webhook: ${ending ? 'access was taken back' : 'nothing to do'}`)
    if (!ending) return { status: 200 }
    if (secret !== undefined && signature === 'body') {
      for (const link of await store.all()) if (concerns(ending, link)) await end(ending, link)
    } else {
      await Promise.race([check(ending.account), sleep(longestCheckMs, undefined, { ref: false })])
    }
    return { status: 200 }
  }
}

const headerOf = ({ headers }: Letter, name: string): string =>
  Object.entries(headers).find(([one]) => one.toLowerCase() === name)?.[1] ?? ''

const isMac = (text: string, secret: string, mac: string): boolean => {
  const expected = createHmac('sha256', secret).update(text).digest()
  const came = Buffer.from(mac, 'hex')
  return came.length === expected.length && timingSafeEqual(came, expected)
}

const isSigned: Readonly<Record<'body' | 'manifest', (letter: Letter, secret: string) => boolean>> = {
  /** `fx-signature: t=<time>;s=<mac>` over time and body */
  body(letter, secret) {
    const [, time = '', mac = ''] = /^t=([^;]*);s=([0-9a-f]{64})$/.exec(headerOf(letter, 'fx-signature')) ?? []
    return isMac(`${time}.${letter.body}`, secret, mac)
  },
  /** `x-signature: ts=<time>,v1=<mac>` over ids and time: what happened is not signed */
  manifest(letter, secret) {
    const [, time = '', mac = ''] = /^ts=([^,]*),v1=([0-9a-f]{64})$/.exec(headerOf(letter, 'x-signature')) ?? []
    const parts = { id: signedAccount(letter), 'request-id': headerOf(letter, 'x-request-id'), ts: time }
    const text = Object.entries(parts).map(([name, value]) => (value === '' ? '' : `${name}:${value};`))
    return isMac(text.join(''), secret, mac)
  },
}

const signedAccount = ({ query }: Letter) => new URLSearchParams(query).get('data.id') ?? ''

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? { ...value } : {})

const readEnding: Readonly<Record<'body' | 'manifest', (body: Members, letter: Letter) => Ending | undefined>> = {
  body({ id, type, data }) {
    if (type !== 'oauth.authorization.revoked') return undefined
    const about = { ...membersOf(data), ...membersOf(membersOf(data).object) }
    return { id: String(id), account: String(about.account_id), at: Date.parse(String(about.revoked_at)) }
  },
  manifest({ id, action, data, date_created }, letter) {
    if (action !== 'application.deauthorized') return undefined
    const account = signedAccount(letter) || String(membersOf(data).id)
    return { id: String(id), account, at: Date.parse(String(date_created)) }
  },
}
