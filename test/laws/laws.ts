import { expect } from 'vitest'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { act, join, locationOf, type Party, type Tokens, verifier, withChallenge } from './party.ts'
import type { Stage } from './stage.ts'

/** What holds whatever a definition says. */
export interface Law {
  readonly says: string
  /** Whether there is anything to hold in an environment. */
  readonly concerns: (environment: Environment) => boolean
  readonly hold: (stage: Stage, environment: Environment) => Promise<void>
}

const always = () => true
const renews = ({ rules }: Environment) => rules.refresh !== undefined && rules.refresh.offered !== false
const rotates = (environment: Environment) =>
  renews(environment) && environment.rules.refresh?.token.rotation !== 'none'

/** Whether a length of time ends. */
const ends = (life: number | undefined): life is number => life !== undefined && Number.isFinite(life)
const inACentury = 36_525 * 86_400_000

/** What revoking something that is not alive gets. */
const deadRevoked = ({ rules: { revoke } }: Environment): number =>
  revoke?.by === 'bearer' ? 401 : revoke?.deadToken === 'answered' ? revoke.answer.status : 400

function granted({ access, answer }: Tokens): string {
  expect(answer.status, answer.body).toBe(200)
  return access ?? expect.fail(`no access token: ${answer.body}`)
}

function refused({ access, refresh, answer }: Tokens, why = ''): void {
  expect([access, refresh], why).toEqual([undefined, undefined])
  expect(answer.status, why).toBeGreaterThanOrEqual(400)
  expect(answer.status, why).toBeLessThan(500)
}

const works = async (party: Party, access: string) => expect(await party.call(access), 'a live token').toBe(200)
const isDead = async (party: Party, access: string, why = '') =>
  expect(await party.call(access), `a dead token ${why}`).toBe(401)

/** A resource of the API that takes a certain scope. */
function guardedIn({ routes }: Environment): { scope: string; url: string } {
  for (const [url, methods] of routes) {
    const route = methods.get('GET')
    if (route?.endpoint === 'api' && route.resource.scope) return { scope: route.resource.scope, url }
  }
  return expect.fail('no resource takes a scope')
}

/** What somebody may try who never saw the value, or saw it in part. */
const near = (value: string) => [
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
/** Over HTTP, spaces at the ends of a header belong to nobody. */
const asHeader = (values: readonly string[], own: string) =>
  values.filter((value) => /^[\x20-\x7e]*$/.test(value) && value.trim() !== own)

/** The laws of the engine, each with its control: first the thing works, then it does not. */
export const laws: readonly Law[] = [
  {
    says: 'a code works once',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const code = await party.code()
      granted(await party.exchange(code))
      refused(await party.exchange(code))
      refused(await party.exchange(code), 'a third time')
    },
  },
  {
    says: 'of many uses of a code at once exactly one wins',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const code = await party.code()
      const answers = await Promise.all([1, 2, 3, 4].map(() => party.exchange(code)))
      const [winner, ...more] = answers.filter(({ access }) => access !== undefined)
      expect(more).toEqual([])
      expect(winner).toBeDefined()
      for (const answer of answers) if (answer !== winner) refused(answer)
    },
  },
  {
    says: 'a code works within its life only',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { lifetime } = environment.rules.authorize.code
      const issued = stage.now()
      const [early, late, later] = [await party.code(), await party.code(), await party.code()]
      stage.moveTo(issued + lifetime - 1)
      granted(await party.exchange(early))
      stage.moveTo(issued + lifetime)
      refused(await party.exchange(late))
      stage.moveTo(issued + 10 * lifetime)
      refused(await party.exchange(later))
    },
  },
  {
    says: 'a code works for its client only',
    concerns: always,
    async hold(stage, environment) {
      const [own, other, open] = [
        await join(stage, environment),
        await join(stage, environment),
        environment.rules.client.publicClients ? await join(stage, environment, true) : undefined,
      ]
      const code = await own.code()
      refused(await other.exchange(code), 'another client')
      if (open) refused(await open.exchange(code), 'a public client')
      if (open) refused(await open.exchange(code, { code_verifier: undefined }), 'a public client, no verifier')
      granted(await own.exchange(code))
    },
  },
  {
    says: "nothing is granted without the client's secret",
    concerns: always,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const { access, refresh } = await own.connect()
      await works(own, access)
      for (const secret of [undefined, other.client.secret, ...near(own.client.secret ?? '')]) {
        refused(await own.exchange(await own.code(), { client_secret: secret }), `secret ${secret}`)
        if (refresh) refused(await own.refresh(refresh, { client_secret: secret }), `secret ${secret}`)
      }
      refused(await own.exchange(await own.code(), { client_id: undefined, client_secret: undefined }))
      if (refresh && renews(environment)) granted(await own.refresh(refresh))
    },
  },
  {
    says: 'a code with a challenge works with its verifier only',
    concerns: ({ rules: { authorize } }) => authorize.challengeMethods.length > 0 && authorize.pkce !== 'ignored',
    async hold(stage, environment) {
      const party = await join(stage, environment)
      for (const wrong of [undefined, ...near(verifier), withChallenge.code_challenge]) {
        refused(await party.exchange(await party.code(withChallenge), { code_verifier: wrong }), `verifier ${wrong}`)
      }
      granted(await party.exchange(await party.code(withChallenge), { code_verifier: verifier }))
      const tried = await party.code(withChallenge)
      refused(await party.exchange(tried, { code_verifier: `${verifier}x` }))
      const again = await party.exchange(tried, { code_verifier: verifier })
      if (environment.rules.authorize.code.failedVerifier !== 'challengeLost') return void granted(again)
      refused(again, 'the challenge is spent')
      refused(await party.exchange(tried, { code_verifier: undefined }), 'nor does it work without')
    },
  },
  {
    says: 'a public client gets no code without a challenge, and no tokens without the verifier',
    concerns: ({ rules }) => rules.client.publicClients && rules.authorize.challengeMethods.length > 0,
    async hold(stage, environment) {
      const party = await join(stage, environment, true)
      await expect(party.code({ code_challenge: undefined, code_challenge_method: undefined })).rejects.toThrow(
        'no code',
      )
      if (!environment.rules.authorize.challengeMethods.includes('plain')) {
        await expect(party.code({ code_challenge_method: 'plain' })).rejects.toThrow('no code')
      }
      refused(await party.exchange(await party.code(), { code_verifier: undefined }))
      granted(await party.exchange(await party.code()))
    },
  },
  {
    says: 'a plain challenge is answered by its verifier only',
    concerns: ({ rules: { authorize } }) =>
      authorize.challengeMethods.includes('plain') && authorize.pkce !== 'ignored',
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const plain = { code_challenge: verifier, code_challenge_method: 'plain' }
      for (const wrong of [undefined, ...near(verifier), withChallenge.code_challenge]) {
        refused(await party.exchange(await party.code(plain), { code_verifier: wrong }), `verifier ${wrong}`)
      }
      granted(await party.exchange(await party.code(plain), { code_verifier: verifier }))
    },
  },
  {
    says: 'where a client has switched PKCE on, no code of it works without a challenge and its verifier',
    concerns: ({ rules }) => rules.client.pkceSwitch === true && rules.authorize.challengeMethods.includes('S256'),
    async hold(stage, environment) {
      const strict = act(stage, environment, await stage.register({ provider: environment.key, requiresPkce: true }))
      for (const code_verifier of [undefined, verifier]) {
        refused(
          await strict.exchange(await strict.code(), { code_verifier }),
          `no challenge, verifier ${code_verifier}`,
        )
      }
      refused(await strict.exchange(await strict.code(withChallenge), { code_verifier: undefined }))
      granted(await strict.exchange(await strict.code(withChallenge)))
    },
  },
  {
    says: 'a client gets tokens for itself by its secret only',
    concerns: ({ rules }) => rules.clientCredentials !== undefined,
    async hold(stage, environment) {
      const grantTypes = ['client_credentials'] as const
      const given = { provider: environment.key, grantTypes }
      const flagged = act(stage, environment, await stage.register(given))
      const scope = flagged.client.scopes.join(' ')
      const alone = { grant_type: 'client_credentials', code: undefined, scope, code_verifier: undefined }
      granted(await flagged.exchange('', alone))
      refused(await flagged.exchange('', { ...alone, client_secret: undefined }))
      const other = await stage.register({ provider: environment.key, grantTypes: ['authorization_code'] })
      refused(await act(stage, environment, other).exchange('', alone), 'a client that is not flagged')
      if (!environment.rules.client.publicClients) return
      const open = act(stage, environment, await stage.register({ ...given, public: true }))
      refused(await open.exchange('', alone), 'a public client')
    },
  },
  {
    says: 'a refresh token works for its client only',
    concerns: renews,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const { refresh } = await own.connect()
      refused(await other.refresh(refresh))
      if (environment.rules.client.publicClients) {
        refused(await (await join(stage, environment, true)).refresh(refresh), 'a public client')
      }
      granted(await own.refresh(refresh))
    },
  },
  {
    says: 'a refresh token that was rotated never works again',
    concerns: rotates,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const first = await party.connect()
      const second = await party.refresh(first.refresh)
      granted(second)
      refused(await party.refresh(first.refresh))
      stage.moveTo(stage.now() + 1_000)
      refused(await party.refresh(first.refresh), 'a second later')
    },
  },
  {
    says: 'of many uses of a rotating refresh token at once exactly one wins',
    concerns: rotates,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { refresh } = await party.connect()
      const answers = await Promise.all([1, 2, 3, 4].map(() => party.refresh(refresh)))
      const [winner, ...more] = answers.filter(({ access }) => access !== undefined)
      expect(more).toEqual([])
      expect(winner).toBeDefined()
      for (const answer of answers) if (answer !== winner) refused(answer)
    },
  },
  {
    says: 'what the reuse of a code or refresh token ends is really dead',
    concerns: rotates,
    async hold(stage, environment) {
      const { authorize, refresh } = environment.rules
      const party = await join(stage, environment)
      const code = await party.code()
      const { access = '', refresh: token = '' } = await party.exchange(code)
      await works(party, access)
      refused(await party.exchange(code))
      if (authorize.code.replay === 'familyRevoked') {
        await isDead(party, access)
        refused(await party.refresh(token))
      } else {
        await works(party, access)
        granted(await party.refresh(token))
      }
      const old = await party.connect()
      const renewed = await party.refresh(old.refresh)
      await works(party, granted(renewed))
      refused(await party.refresh(old.refresh))
      if (refresh?.token.rotation === 'singleUse+familyRevoked') {
        await isDead(party, old.access)
        await isDead(party, renewed.access ?? '')
        refused(await party.refresh(renewed.refresh ?? ''))
      } else {
        await works(party, renewed.access ?? '')
        granted(await party.refresh(renewed.refresh ?? ''))
      }
    },
  },
  {
    says: 'an access token that its rotation replaced never works',
    concerns: renews,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const first = await party.connect()
      await works(party, first.access)
      const second = await party.refresh(first.refresh)
      await works(party, granted(second))
      if (!rotates(environment)) expect(second.refresh, 'the token that lives on is said again').toBe(first.refresh)
      const dies = environment.rules.refresh?.token.oldAccessToken === 'dies'
      await (dies ? isDead(party, first.access) : works(party, first.access))
      granted(await party.refresh(second.refresh ?? first.refresh))
      await (dies ? isDead(party, second.access ?? '') : works(party, second.access ?? ''))
    },
  },
  {
    says: 'a refresh token works within its life only',
    concerns: ({ rules }) => ends(rules.refresh?.token.lifetime),
    async hold(stage, environment) {
      const { lifetime = 0, renewedLifetime, rotation } = environment.rules.refresh?.token ?? {}
      const party = await join(stage, environment)
      const issued = stage.now()
      const [early, late] = [await party.connect(), await party.connect()]
      stage.moveTo(issued + lifetime - 1)
      const renewed = await party.refresh(early.refresh)
      granted(renewed)
      stage.moveTo(issued + lifetime)
      refused(await party.refresh(late.refresh))
      const again = await party.refresh(renewed.refresh ?? '')
      if (renewedLifetime === 'remaining' || rotation === 'none') refused(again, 'no longer than the first')
      else granted(again)
    },
  },
  {
    says: 'an access token works within its life only',
    concerns: ({ rules }) => ends(rules.token.accessToken.lifetime),
    async hold(stage, environment) {
      const { lifetime } = environment.rules.token.accessToken
      const party = await join(stage, environment)
      const issued = stage.now()
      const { access } = await party.connect()
      stage.moveTo(issued + lifetime - 1)
      await works(party, access)
      stage.moveTo(issued + lifetime)
      await isDead(party, access)
      stage.moveTo(issued + 10 * lifetime)
      await isDead(party, access)
    },
  },
  {
    says: 'what has no end works in a hundred years, until it is revoked',
    concerns: ({ rules }) => !ends(rules.token.accessToken.lifetime),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const { access } = await party.connect()
      stage.moveTo(stage.now() + inACentury)
      await works(party, access)
      for (const { id } of await stage.grants()) await stage.revoke(id, 'user')
      await isDead(party, access)
    },
  },
  {
    says: 'what is over stays over when the clock is turned back',
    concerns: always,
    async hold(stage, environment) {
      const { authorize, token, refresh } = environment.rules
      const party = await join(stage, environment)
      const issued = stage.now()
      const [code, pair] = [await party.code(), await party.connect()]
      const lives = [authorize.code.lifetime, token.accessToken.lifetime, refresh?.token.lifetime].filter(ends)
      const longest = Math.max(...lives)
      stage.moveTo(issued + longest)
      stage.moveTo(issued)
      refused(await party.exchange(code))
      if (ends(token.accessToken.lifetime)) await isDead(party, pair.access)
      if (pair.refresh && ends(refresh?.token.lifetime)) refused(await party.refresh(pair.refresh))
      await works(party, (await party.connect()).access)
    },
  },
  {
    says: 'nothing of a revoked authorization works, whoever revoked it',
    concerns: always,
    async hold(stage, environment) {
      for (const by of ['user', 'client', 'provider'] as const) {
        const party = await join(stage, environment)
        const [code, pair] = [await party.code(), await party.connect()]
        await works(party, pair.access)
        for (const { id, clientId } of await stage.grants()) {
          if (clientId === party.client.id) await stage.revoke(id, by)
        }
        refused(await party.exchange(code))
        await isDead(party, pair.access, `revoked by the ${by}`)
        if (pair.refresh) refused(await party.refresh(pair.refresh))
      }
    },
  },
  {
    says: 'a token revoked at the provider never works',
    concerns: ({ rules: { revoke, refresh } }) =>
      revoke !== undefined && (revoke.by === 'bearer' || revoke.by.parameter === 'token' || refresh !== undefined),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const stands = environment.rules.authorize.again !== 'together'
      const [gone, kept] = [await party.connect(), await party.connect()]
      expect(await party.revoke(gone)).toBeLessThan(300)
      await isDead(party, gone.access)
      await (stands ? works(party, kept.access) : isDead(party, kept.access, 'with the other'))
      expect(await party.revoke(gone), 'twice').toBe(deadRevoked(environment))
      if (!gone.refresh || !renews(environment)) return
      const renewed = await party.refresh(gone.refresh)
      const { revoke } = environment.rules
      // A refresh token that is presented takes its family along.
      if (revoke?.ends === 'family' || revoke?.by !== 'bearer') refused(renewed)
      else granted(renewed)
      if (stands) granted(await party.refresh(kept.refresh))
      else refused(await party.refresh(kept.refresh))
    },
  },
  {
    says: 'nothing works for a client or user that was removed, or a client that was suspended',
    concerns: always,
    async hold(stage, environment) {
      const [removed, suspended, orphan] = [
        await join(stage, environment),
        await join(stage, environment),
        await join(stage, environment),
      ]
      const owned = [
        [removed, await removed.code(), await removed.connect()],
        [orphan, await orphan.code(), await orphan.connect()],
      ] as const
      const [code, pair] = [await suspended.code(), await suspended.connect()]
      await stage.changeClient(suspended.client, { status: 'suspended' })
      refused(await suspended.exchange(code))
      if (pair.refresh) refused(await suspended.refresh(pair.refresh))
      await expect(suspended.code()).rejects.toThrow('no code')

      await stage.removeClient(removed.client)
      const user = (await stage.grants()).find(({ clientId }) => clientId === orphan.client.id)?.userId
      await stage.removeUser(user ?? '')
      for (const [party, ownCode, { access, refresh }] of owned) {
        refused(await party.exchange(ownCode))
        await isDead(party, access)
        if (refresh) refused(await party.refresh(refresh))
      }
    },
  },
  {
    says: 'the browser is never sent to a URI that is not registered',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const registered = party.client.redirectUris
      const leadsTo = (location: string, uri: string) => location.startsWith(`${uri}${uri.includes('?') ? '&' : '?'}`)
      const isOwn = (location: string) => stage.isOwn(location, noRequest)
      const isHome = (location: string) => registered.some((uri) => leadsTo(location, uri)) || isOwn(location)
      for (const uri of registered) {
        expect(locationOf(await party.authorize({ redirect_uri: uri }))).toMatch(uri)
      }
      const mistakes = [{}, { response_type: 'token' }, { scope: 'never-registered' }, { scope: undefined }]
      for (const uri of hostileUris(registered[0] ?? '')) {
        for (const mistake of mistakes) {
          const answer = await party.authorize({ redirect_uri: uri, ...mistake })
          const location = locationOf(answer)
          if (location !== undefined) expect(isHome(location), `${uri} led to ${location}`).toBe(true)
          expect(new URL(location ?? 'https://nowhere.example').searchParams.get('code'), uri).toBeNull()
        }
        const unknown = await party.authorize({ client_id: 'nobody', redirect_uri: uri })
        const page = locationOf(unknown)
        if (page !== undefined) expect(isOwn(page), page).toBe(true)
      }
    },
  },
  {
    says: 'a registered loopback URI stands for its own port, or where the provider says so for every port, and for nothing else',
    concerns: always,
    async hold(stage, environment) {
      const own = 'http://127.0.0.1:7777/callback'
      const redirectUris = [own]
      const party = act(stage, environment, await stage.register({ provider: environment.key, redirectUris }))
      const codeAt = (uri: string) => party.code({ redirect_uri: uri })
      expect(await codeAt(own)).toBeTruthy()
      const { loopbackPorts } = environment.rules.authorize
      for (const uri of ['http://127.0.0.1:9999/callback', 'http://127.0.0.1/callback']) {
        if (loopbackPorts !== 'any') await expect(codeAt(uri), uri).rejects.toThrow('no code')
        else expect(locationOf(await party.authorize({ redirect_uri: uri }))).toMatch(uri)
      }
      for (const uri of hostileLoopbacks) await expect(codeAt(uri), uri).rejects.toThrow('no code')
    },
  },
  {
    says: 'a refresh narrows the scope and never widens it',
    concerns: ({ rules }) => rules.refresh?.parameters.scope?.withinGranted === true,
    async hold(stage, environment) {
      const { onlyWithScope } = environment.rules.refresh?.token ?? {}
      const base = onlyWithScope === undefined ? [] : [onlyWithScope]
      const scopes = [...base, 'one', 'two', 'three']
      // Where no scope is asked for, all of the client's are granted.
      const isAsked = environment.rules.authorize.parameters.scope?.presence !== 'ignored'
      const party = act(stage, environment, await stage.register({ provider: environment.key, scopes }))
      const scope = [...base, 'one', 'two'].join(' ')
      const repeated = environment.rules.token.exchange.parameters.scope?.presence === 'required' ? { scope } : {}
      const first = await party.exchange(await party.code({ scope }), repeated)
      granted(first)
      refused(
        await party.refresh(first.refresh ?? '', { scope: [...base, 'one', isAsked ? 'three' : 'four'].join(' ') }),
        'never granted',
      )
      const narrow = await party.refresh(first.refresh ?? '', { scope: 'one' })
      granted(narrow)
      granted(await party.refresh(narrow.refresh ?? first.refresh ?? '', { scope: 'two' }))
    },
  },
  {
    says: 'no refresh token without the scope that it takes',
    concerns: ({ rules }) => rules.refresh?.token.onlyWithScope !== undefined,
    async hold(stage, environment) {
      const party = act(stage, environment, await stage.register({ provider: environment.key, scopes: ['one'] }))
      const tokens = await party.exchange(await party.code())
      granted(tokens)
      expect(tokens.refresh).toBeUndefined()
    },
  },
  {
    says: 'the redirect URI of the token request, where it is read, is the one of the code',
    concerns: ({ rules }) => !['ignored', undefined].includes(rules.token.exchange.parameters.redirect_uri?.presence),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const [first, second] = party.client.redirectUris
      refused(await party.exchange(await party.code({ redirect_uri: first }), { redirect_uri: second }))
      for (const uri of hostileUris(first ?? '')) {
        if (uri !== '') refused(await party.exchange(await party.code(), { redirect_uri: uri }), uri)
      }
      granted(await party.exchange(await party.code({ redirect_uri: second }), { redirect_uri: second }))
    },
  },
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
        expect(await other.revoke({ access, refresh }), 'by another client').toBe(deadRevoked(environment))
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

const noRequest = { method: 'GET', url: '', headers: {}, body: '' }

/** What a loopback URI on every port must not open. */
const hostileLoopbacks = [
  'https://127.0.0.1:7777/callback',
  'http://127.0.0.1:7777/other',
  'http://127.0.0.1:7777/callback/',
  'http://127.0.0.1:7777/callback?more=1',
  'http://127.0.0.1:7777/callback#fragment',
  'http://127.0.0.1:7777@evil.example/callback',
  'http://127.0.0.1.evil.example/callback',
  'http://127.0.0.1:/callback',
  'http://127.0.0.1:99999/callback',
  'http://127.0.0.1:999999/callback',
  'http://127.0.0.2:7777/callback',
  'http://[::1]:7777/callback',
  'http://localhost:7777/callback',
  'http://evil.example:7777/callback',
]

/** What an attacker would register if only the comparison were lax. */
const hostileUris = (uri: string): readonly string[] => {
  const { host, origin, pathname } = new URL(uri)
  return [
    'https://evil.example/callback',
    `${uri}/`,
    `${uri}x`,
    `${uri}?`,
    `${uri}#fragment`,
    `${uri}/../evil`,
    `${uri}%2f`,
    `${uri}\r\nLocation: https://evil.example`,
    `${uri} https://evil.example`,
    uri.toUpperCase(),
    uri.replace('https:', 'http:'),
    uri.replace('https:', ''),
    uri.replace(host, `${host}:8443`),
    uri.replace(host, `${host}.evil.example`),
    uri.replace(host, `evil.example@${host}`),
    uri.replace(host, `${host}@evil.example`),
    uri.replace(host, `evil.example\\@${host}`),
    uri.replace(host, `sub.${host}`),
    `${origin}${pathname}?next=https://evil.example`,
    origin,
    pathname,
    '//evil.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
  ]
}
