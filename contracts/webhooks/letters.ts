import { setTimeout as pause } from 'node:timers/promises'
import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import { stepsOf } from '../../src/contract/reading.ts'
import type { Letter, Scene } from '../../src/contract/scene.ts'

/** Webhooks for stories. What ends an access is told by Mercado Pago and by Finexer, each in its way. */

/** So long a client may take to act upon what it has acknowledged, in real milliseconds. */
const actsWithin = 2_000

/** The header of a signature, where the provider signs. */
export const signatureHeader = 'fx-signature'

/**
 * Takes back the access that a person gave, everybody's where none is named, a minute from now: some times are told to the
 * second. Returns what the provider tells of the last.
 */
export async function takeBack({ world, letters, advance }: Scene, userId?: string): Promise<Letter> {
  await advance('1m')
  const standing = (await world.grants.list()).filter((one) => !one.ended && (userId ?? one.userId) === one.userId)
  for (const { id } of standing) await world.grants.revoke(id, 'user')
  return lastOf(await letters())
}

/** What the provider would tell if a person had taken access back, though nobody has. The first person where none is named. */
export async function untrueEnding(scene: Scene, userId?: string): Promise<Letter> {
  const { world, provider, letters } = scene
  const people = await world.users.list()
  const user = userId ?? people[0]?.id ?? ''
  if (provider === 'finexer') {
    await world.webhooks.test({ provider, user })
    return lastOf(await letters())
  }
  // A beginning, said to be an end, a minute later: nothing here is signed.
  const { body, query, ...rest } = lastOf(await letters())
  const told = JSON.parse(body) as { date_created: string }
  const date_created = new Date(Date.parse(told.date_created) + 60_000).toISOString()
  const ending = { ...told, action: 'application.deauthorized', date_created, id: 1, data: { id: user } }
  return { ...rest, query: query.replace(/(data\.id=)[^&]*/, `$1${user}`), body: JSON.stringify(ending) }
}

function lastOf(letters: readonly Letter[]): Letter {
  const last = letters.at(-1)
  if (!last) throw new Error('The provider has told nothing.')
  return last
}

/** Somebody else than the person who usually connects. */
export async function somebodyElse({ world }: Scene): Promise<string> {
  const [, second] = await world.users.list()
  return second?.id ?? ''
}

/** Asks for the state of a link until it is not connected any more; no longer than a client may take. */
export async function untilEnded({ status }: Scene, link?: string): Promise<void> {
  const last = performance.now() + actsWithin
  while ((await status(link)).state === 'connected' && performance.now() < last) await pause(20)
}

/** The state that the client last told of, under a mark. */
export const stateUnder = (evidence: Evidence, mark: string) => stepsOf(evidence, 'status', mark).at(-1)?.answer?.state

/** Why a webhook of an end shows nothing, where no link has ended by it. */
export const endedNothing = (evidence: Evidence, mark: string): string | undefined =>
  stateUnder(evidence, mark) === 'connected' ? 'the webhook ended no link' : undefined

/** The statuses that the sender got, under a mark. */
export const acknowledged = (evidence: Evidence, mark: string): readonly number[] =>
  stepsOf(evidence, 'webhook', mark).flatMap(({ answer }) => answer?.status ?? [])

export const isReceived = (status: number): boolean => status >= 200 && status < 300

export const unanswered = (evidence: Evidence, mark: string): string | undefined =>
  acknowledged(evidence, mark).length > 0 ? undefined : 'no webhook was answered'

/** Where a sender got something else than it takes for received. */
export function notReceived(evidence: Evidence, mark: string): Finding | undefined {
  const other = acknowledged(evidence, mark).find((status) => !isReceived(status))
  if (other !== undefined) return saw(`answered a webhook by ${other}`)
}
