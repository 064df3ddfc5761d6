import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { ends, granted, type Law, near, renews, rotates, useUp } from './law.ts'
import { join, type Party } from './party.ts'

const introspects = ({ rules }: Environment) => rules.introspect !== undefined

async function ask(party: Party, token: string, changes = {}) {
  const { urlOf, rules } = party.environment
  return party.post(rules.introspect ? urlOf(rules.introspect.at) : '', { token, ...changes })
}

async function isActive(party: Party, token: string): Promise<boolean> {
  const { status, body } = await ask(party, token)
  expect(status, body).toBe(200)
  const { active, ...told } = JSON.parse(body)
  if (active !== true) expect([active, told], 'a dead token is told nothing of').toEqual([false, {}])
  return active
}

/** What a client is told of tokens (RFC 7662). */
export const introspection: readonly Law[] = [
  {
    says: 'introspection never calls a token active that is dead, over or made up',
    concerns: introspects,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { token, refresh: renewal } = environment.rules
      const [code, pair] = [await party.code(), await party.connect()]
      expect(await isActive(party, pair.access)).toBe(true)
      for (const fake of near(pair.access)) if (fake !== '') expect(await isActive(party, fake), fake).toBe(false)
      for (const other of [code, party.client.id]) expect(await isActive(party, other)).toBe(false)
      if (pair.refresh && rotates(environment)) {
        expect(await isActive(party, pair.refresh)).toBe(true)
        granted(await party.refresh(pair.refresh))
        const dies = renewal?.token.oldAccessToken === 'dies'
        expect(await isActive(party, pair.access), 'of before the refresh').toBe(!dies)
        const used = await party.connect()
        await useUp(party, stage, used.refresh)
        expect(await isActive(party, used.refresh), 'used up').toBe(false)
      }
      const revoked = await party.connect()
      for (const { id } of await stage.grants()) await stage.revoke(id, 'user')
      for (const value of [pair.access, revoked.access, revoked.refresh]) {
        if (value) expect(await isActive(party, value), 'revoked').toBe(false)
      }
      const old = await party.connect()
      const lives = [token.accessToken.lifetime, ...(renews(environment) ? [renewal?.token.lifetime] : [])].filter(ends)
      stage.moveTo(stage.now() + Math.max(0, ...lives))
      if (ends(token.accessToken.lifetime)) expect(await isActive(party, old.access), 'over').toBe(false)
      if (old.refresh && ends(renewal?.token.lifetime)) expect(await isActive(party, old.refresh), 'over').toBe(false)
    },
  },
  {
    says: 'introspection says what the API says',
    concerns: introspects,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { access, refresh } = await party.connect()
      expect([await isActive(party, access), await party.call(access)]).toEqual([true, 200])
      if (refresh) expect(await party.call(refresh), 'a refresh token at the API').not.toBe(200)
      for (const { id } of await stage.grants()) await stage.revoke(id, 'client')
      expect([await isActive(party, access), await party.call(access)]).toEqual([false, 401])
    },
  },
  {
    says: 'nothing is introspected for one who does not authenticate',
    concerns: introspects,
    async hold(stage, environment) {
      const [party, other] = [await join(stage, environment), await join(stage, environment)]
      const { access } = await party.connect()
      const nothing = async (asked: Promise<{ status: number; body: string }>, why: string) => {
        const { status, body } = await asked
        expect([status >= 400 && status < 500, body.includes('"active"')], why).toEqual([true, false])
      }
      // Where the secret names its client, that of another one is right.
      const another = environment.rules.token.client.includes('secretInBody') ? undefined : other.client.secret
      for (const client_secret of [undefined, another, ...near(party.client.secret ?? '')]) {
        await nothing(ask(party, access, { client_secret }), `secret ${client_secret}`)
      }
      if (environment.rules.client.publicClients) {
        await nothing(ask(await join(stage, environment, true), access), 'a public client')
      }
      await stage.changeClient(other.client, { status: 'suspended' })
      await nothing(ask(other, access), 'a suspended client')
      expect(await isActive(party, access)).toBe(true)
    },
  },
]
