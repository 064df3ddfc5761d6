import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { always, deadRevoked, foreignRevoked, granted, isDead, type Law, near, refused, renews, works } from './law.ts'
import { act, join, locationOf, type Party } from './party.ts'
import type { Stage } from './stage.ts'

/** What nobody issued, or issued elsewhere, or to reach less. */
export const strangers: readonly Law[] = [
  {
    says: 'no token reaches further than the scopes of its client',
    concerns: ({ rules }) => rules.api.resources.some(({ at, scope }) => at.startsWith('GET ') && scope !== undefined),
    async hold(stage, environment) {
      const { scope, url } = guardedIn(environment)
      const own = environment.rules.clientCredentials ? (['client_credentials'] as const) : []
      const joinWith = async (scopes: readonly string[]) => {
        const grantTypes = ['authorization_code', ...own] as const
        return act(stage, environment, await stage.register({ provider: environment.key, scopes, grantTypes }))
      }
      const [entitled, other] = [await joinWith([scope, 'else']), await joinWith(['else'])]
      const open = async (access: string) => {
        const headers = { authorization: `Bearer ${access}` }
        return (await stage.send({ method: 'GET', url, headers, body: '' })).status
      }
      expect(await open((await entitled.connect()).access)).toBe(200)
      expect(await open((await other.connect()).access)).toBe(403)
      if (environment.rules.authorize.parameters.scope?.presence !== 'ignored') {
        expect(
          new URL(locationOf(await other.authorize({ scope })) ?? 'about:blank').searchParams.get('code'),
        ).toBeNull()
      }
      if (own.length === 0) return
      const itself = { grant_type: 'client_credentials', code: undefined }
      expect(await open(granted(await entitled.exchange('', { ...itself, scope })))).toBe(200)
      granted(await other.exchange('', { ...itself, scope: 'else' }))
      const { access } = await other.exchange('', { ...itself, scope })
      if (access !== undefined) expect(await open(access)).toBe(403)
    },
  },
  {
    says: 'nothing of one environment works in another',
    concerns: (environment) => environment.rules.environments !== undefined,
    async hold(stage, environment) {
      for (const foreign of stage.environments.filter(({ key }) => key !== environment.key)) {
        await standApart({ stage, environment }, { stage, environment: foreign })
      }
    },
  },
  {
    says: "a secret that is an access token opens the owner's account while the client is active",
    concerns: ({ rules }) => rules.client.secretIsAccessToken === true,
    async hold(stage, environment) {
      const [party, removed] = [await join(stage, environment), await join(stage, environment)]
      const [secret, gone] = [party.client.secret ?? '', removed.client.secret ?? '']
      await works(party, secret)
      for (const fake of asHeader(near(secret), secret)) expect(await party.call(fake), `bearer ${fake}`).not.toBe(200)
      await stage.changeClient(party.client, { status: 'suspended' })
      await isDead(party, secret, 'of a suspended client')
      await works(removed, gone)
      await stage.removeClient(removed.client)
      await isDead(removed, gone, 'of a removed client')
    },
  },
  {
    says: 'made-up values never work, nor one kind of value as another',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const code = await party.code()
      const { access, refresh } = await party.connect()
      for (const fake of [...near(code), access, refresh]) refused(await party.exchange(fake), `code ${fake}`)
      for (const fake of [...near(refresh), access, code]) refused(await party.refresh(fake), `refresh token ${fake}`)
      const { secretIsAccessToken } = environment.rules.client
      const secrets = [code, refresh, party.client.id, secretIsAccessToken ? '' : (party.client.secret ?? '')]
      for (const fake of asHeader([...near(access), ...secrets], access)) {
        const { access_token_missing: missing, access_token_unknown: unknown } = environment.rules.api.errors.rows
        expect(await party.call(fake), `bearer ${fake}`).toBe((fake.trim() === '' ? missing : unknown).status)
        if (!environment.rules.revoke || fake === refresh || fake === '') continue
        expect(await party.revoke({ access: fake, refresh: fake }), `revoking ${fake}`).toBe(deadRevoked(environment))
      }
      if (environment.rules.revoke && environment.rules.revoke.by !== 'bearer') {
        const other = await join(stage, environment)
        expect(await other.revoke({ access, refresh }), 'by another client').toBe(foreignRevoked(environment))
      }
      granted(await party.exchange(code))
      await works(party, access)
      if (refresh && renews(environment)) granted(await party.refresh(refresh))
    },
  },
  {
    says: 'every code and token is unique',
    concerns: always,
    async hold(stage, environment) {
      const values: string[] = []
      const parties = [await join(stage, environment), await join(stage, environment)]
      for (let round = 0; round < 10; round++) {
        for (const party of parties) {
          const code = await party.code()
          const { access = '', refresh } = await party.exchange(code)
          values.push(code, access)
          const renewed = refresh === undefined ? undefined : await party.refresh(refresh)
          if (refresh !== undefined) values.push(refresh)
          if (renewed?.access) values.push(renewed.access)
          if (renewed?.refresh && renewed.refresh !== refresh) values.push(renewed.refresh)
        }
      }
      expect(values.length).toBeGreaterThanOrEqual(40)
      expect(new Set(values).size).toBe(values.length)
    },
  },
]

/** A resource of the API that takes a certain scope. */
function guardedIn({ routes }: Environment): { scope: string; url: string } {
  for (const [url, methods] of routes) {
    const route = methods.get('GET')
    if (route?.endpoint === 'api' && route.resource.scope) return { scope: route.resource.scope, url }
  }
  return expect.fail('no resource takes a scope')
}

/** Over HTTP, spaces at the ends of a header belong to nobody. */
const asHeader = (values: readonly string[], own: string) =>
  values.filter((value) => /^[\x20-\x7e]*$/.test(value) && value.trim() !== own)

interface Place {
  readonly stage: Stage
  readonly environment: Environment
}

/** Nothing that was issued in one place works in the other one. */
export async function standApart({ stage, environment }: Place, foreign: Place): Promise<void> {
  const { rules, key } = foreign.environment
  const [own, there] = [await join(stage, environment), await join(foreign.stage, foreign.environment)]
  // The same credentials, were they known there: registration copies them.
  const copied = await foreign.stage.register({ ...copyOf(own), provider: key })
  const twin = act(foreign.stage, foreign.environment, copied)
  const [code, pair] = [await own.code(), await own.connect()]
  for (const stranger of [there, twin]) {
    refused(await stranger.exchange(code))
    if (pair.refresh) refused(await stranger.refresh(pair.refresh))
    const { status } = rules.api.errors.rows.access_token_unknown
    expect(await stranger.call(pair.access), `a token of ${environment.key} at ${key}`).toBe(status)
    if (rules.revoke) expect(await stranger.revoke(pair)).toBe(deadRevoked(foreign.environment))
  }
  refused(await there.exchange(await there.code(), { client_id: own.client.id, client_secret: own.client.secret }))
  await works(own, pair.access)
  granted(await own.exchange(code))
  if (pair.refresh && renews(environment)) granted(await own.refresh(pair.refresh))
}

const copyOf = ({ client: { id, secret, redirectUris, scopes } }: Party) => ({
  id,
  redirectUris,
  scopes,
  ...(secret === undefined ? { public: true } : { secret }),
})
