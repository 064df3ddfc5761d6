import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { type Law, near } from './law.ts'
import { join, locationOf, type Party } from './party.ts'

const pushes = ({ rules }: Environment) => rules.pushedRequests !== undefined

/** Sends an authorization request ahead. */
async function push(party: Party, changes = {}): Promise<{ status: number; uri: string | undefined }> {
  const { urlOf, rules } = party.environment
  const { status, body } = await party.post(rules.pushedRequests ? urlOf(rules.pushedRequests.at) : '', {
    ...party.wish,
    ...changes,
  })
  const { request_uri: uri } = JSON.parse(body)
  return { status, uri }
}

const pushed = async (party: Party): Promise<string> => (await push(party)).uri ?? expect.fail('nothing was pushed')

/** The code that a pushed request brings, with nothing beside it but these. */
async function codeOf(party: Party, request_uri: string, changes = {}): Promise<string | null> {
  const nothing = Object.fromEntries(Object.keys(party.wish).map((name) => [name, undefined]))
  const only = { ...nothing, client_id: party.client.id, request_uri, ...changes }
  return new URL(locationOf(await party.authorize(only)) ?? 'about:blank').searchParams.get('code')
}

/** Requests that a client has sent ahead (RFC 9126). */
export const pushedRequests: readonly Law[] = [
  {
    says: 'a pushed request works once',
    concerns: pushes,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const uri = await pushed(party)
      expect(await codeOf(party, uri)).not.toBeNull()
      expect(await codeOf(party, uri), 'a second time').toBeNull()
      const raced = await pushed(party)
      const codes = await Promise.all([1, 2, 3, 4].map(() => codeOf(party, raced)))
      expect(codes.filter((code) => code !== null)).toHaveLength(1)
    },
  },
  {
    says: 'a pushed request works within its life only, also when the clock is turned back',
    concerns: pushes,
    async hold(stage, environment) {
      const lifetime = environment.rules.pushedRequests?.lifetime ?? 0
      const party = await join(stage, environment)
      const at = stage.now()
      const [early, late] = [await pushed(party), await pushed(party)]
      stage.moveTo(at + lifetime - 1)
      expect(await codeOf(party, early)).not.toBeNull()
      stage.moveTo(at + lifetime)
      expect(await codeOf(party, late), 'too late').toBeNull()
      stage.moveTo(at)
      expect(await codeOf(party, late), 'turned back').toBeNull()
    },
  },
  {
    says: 'a pushed request works for its client only, and no made-up one works',
    concerns: pushes,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const uri = await pushed(own)
      for (const beside of [{}, other.wish]) {
        expect(await codeOf(other, uri, beside), 'of another client').toBeNull()
      }
      // An empty one counts as not sent: then what stands beside it is the request.
      for (const fake of near(uri)) if (fake !== '') expect(await codeOf(own, fake, own.wish), fake).toBeNull()
      expect(await codeOf(own, uri)).not.toBeNull()
    },
  },
  {
    says: 'nothing is pushed by one who does not authenticate, nor what the authorization endpoint would refuse',
    concerns: pushes,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const refused = async (changes: object) => {
        const { status, uri } = await push(own, changes)
        expect([status >= 400 && status < 500, uri], JSON.stringify(changes)).toEqual([true, undefined])
      }
      for (const client_secret of [undefined, other.client.secret, ...near(own.client.secret ?? '')]) {
        await refused({ client_secret })
      }
      await refused({ redirect_uri: 'https://evil.example/callback' })
      await refused({ response_type: 'token' })
      await refused({ request_uri: await pushed(own) })
      expect((await push(own)).status).toBe(201)
    },
  },
  {
    says: 'what stands beside a pushed request changes nothing of it',
    concerns: pushes,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const beside = { redirect_uri: 'https://evil.example/callback', response_type: 'token', state: 'another' }
      const answer = await party.authorize({ ...beside, request_uri: await pushed(party) })
      const location = new URL(locationOf(answer) ?? 'about:blank')
      expect(location.origin).toBe(new URL(party.client.redirectUris[0] ?? '').origin)
      expect(location.searchParams.get('code')).not.toBeNull()
      if (environment.rules.authorize.callback.state) {
        expect(location.searchParams.get('state')).toBe(party.wish.state)
      }
    },
  },
]
