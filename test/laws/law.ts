import type { ConsentMode } from 'mock-oauth'
import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { rotationOf } from '../../src/vocabulary/rotation.ts'
import type { Pair, Party, Tokens } from './party.ts'
import type { Stage } from './stage.ts'

/** What holds whatever a definition says. */
export interface Law {
  readonly says: string
  /** Whether there is anything to hold in an environment. */
  readonly concerns: (environment: Environment) => boolean
  /** What happens without a person where it holds. Default: approve. */
  readonly consent?: ConsentMode
  readonly hold: (stage: Stage, environment: Environment) => Promise<void>
}

export const always = () => true
export const renews = ({ rules }: Environment) => rules.refresh !== undefined && rules.refresh.offered !== false
/** What becomes of a refresh token that is used. */
export const rotationIn = ({ rules }: Environment) => rotationOf(rules.refresh?.token.rotation ?? 'none')
export const rotates = (environment: Environment) => renews(environment) && rotationIn(environment).renewsAt !== 'noUse'

/** Uses a refresh token until its policy has ended it; answers the newest pair. */
export async function useUp(party: Party, stage: Stage, token: string): Promise<Pair> {
  const { again, renewsAt } = rotationIn(party.environment)
  const use = async (): Promise<Pair> => {
    const came = await party.refresh(token)
    return { access: granted(came), refresh: came.refresh ?? '' }
  }
  let newest = await use()
  if (renewsAt === 'thirdUse') {
    await use()
    newest = await use()
  }
  if (!again) return newest
  if (again.times === Number.POSITIVE_INFINITY) stage.moveTo(stage.now() + again.within)
  else for (let further = 0; further < again.times; further++) newest = await use()
  return newest
}
/** Whether a length of time ends. */
export const ends = (life: number | undefined): life is number => life !== undefined && Number.isFinite(life)
/** What revoking something that is not alive gets. */
export const deadRevoked = ({ rules: { revoke } }: Environment): number =>
  revoke?.by === 'bearer' ? 401 : revoke?.deadToken === 'answered' ? revoke.answer.status : 400

/** What revoking a token of another client gets. */
export const foreignRevoked = (environment: Environment): number => {
  const { revoke } = environment.rules
  if (revoke?.by === 'bearer' || revoke?.foreignToken === undefined) return deadRevoked(environment)
  return revoke.foreignToken === 'answered' ? revoke.answer.status : 400
}

// What holds nearly always is looked at before Vitest is asked to say what does not: its `expect` costs more than a request.

export function granted({ access, answer }: Tokens): string {
  if (answer.status !== 200) expect(answer.status, answer.body).toBe(200)
  return access ?? expect.fail(`no access token: ${answer.body}`)
}

export function refused({ access, refresh, answer }: Tokens, why = ''): void {
  if (access !== undefined || refresh !== undefined) expect([access, refresh], why).toEqual([undefined, undefined])
  if (answer.status < 400 || answer.status >= 500) expect.fail(`${answer.status} is no refusal: ${why}`)
}

export async function works(party: Party, access: string): Promise<void> {
  const status = await party.call(access)
  if (status !== 200) expect(status, 'a live token').toBe(200)
}

export async function isDead(party: Party, access: string, why = ''): Promise<void> {
  const status = await party.call(access)
  if (status !== 401) expect(status, `a dead token ${why}`).toBe(401)
}

/** What somebody may try who never saw the value, or saw it in part. */
export const near = (value: string) => [
  '',
  ' ',
  'x',
  'null',
  'undefined',
  '__proto__',
  'constructor',
  '*',
  '%',
  value.slice(0, -1),
  value.slice(1),
  `${value}x`,
  ` ${value}`,
  `${value}\u0000`,
  `${value},${value}`,
  `${value} ${value}`,
  [...value].reverse().join(''),
  value.replace(/[a-z]/i, (letter) => (letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase())),
]
