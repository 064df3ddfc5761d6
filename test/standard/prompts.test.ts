import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor } from '../pages/visitor.ts'
import { answered, asksToSignIn, claimsOf, playByTheBook } from './person.ts'

describe.each(['login', 'select_account', 'login consent'])('prompt=%s', (prompt) => {
  it('asks a person who is signed in to sign in again, once for each request', async () => {
    const { authorizationUrl, connect } = await playByTheBook()
    const visitor = newVisitor()
    await connect(visitor)
    const url = authorizationUrl({ prompt })
    for (const _ of ['a request', 'the next one, which is the same']) {
      const bounced = await visitor.open(url)
      expect(asksToSignIn(bounced)).toBe(true)
      const back = await visitor.click(await visitor.open(bounced.location), '@')
      expect(back.location).toBe(url)
      const consent = await visitor.open(back.location)
      expect(consent.status).toBe(200)
      expect(answered(await visitor.click(consent, 'Approve'))).toHaveProperty('code')
    }
  })

  it('asks again after an identical request was denied, and for another request', async () => {
    const { authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const url = authorizationUrl({ prompt })
    const consent = await visitor.signIn(url)
    expect(asksToSignIn(await visitor.open(`${url}&state=another`))).toBe(true)
    expect((await visitor.open(url)).status).toBe(200)
    await visitor.click(consent, 'Deny')
    expect(asksToSignIn(await visitor.open(url))).toBe(true)
  })

  it('is not got around by a clock that goes back', async () => {
    const { mock, authorizationUrl, connect } = await playByTheBook()
    const visitor = newVisitor()
    await connect(visitor)
    await mock.clock.move({ set: '2020-01-01T00:00:00Z' })
    expect(asksToSignIn(await visitor.open(authorizationUrl({ prompt })))).toBe(true)
  })
})

describe('prompt=consent', () => {
  it('asks for consent, and not to sign in again', async () => {
    const { authorizationUrl, connect } = await playByTheBook()
    const visitor = newVisitor()
    await connect(visitor)
    const consent = await visitor.open(authorizationUrl({ prompt: 'consent' }))
    expect(formsOf(consent)[0]?.buttons.map(({ value }) => value)).toEqual(['switch', 'approve', 'deny'])
  })
})

describe('prompt=none', () => {
  it('is login_required where nobody is signed in', async () => {
    const { authorizationUrl } = await playByTheBook()
    const seen = await newVisitor().open(authorizationUrl({ prompt: 'none', state: 's' }))
    expect(answered(seen)).toMatchObject({ error: 'login_required', state: 's' })
  })

  it('is consent_required where the person has connected nothing', async () => {
    const { authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    await visitor.signIn(authorizationUrl())
    const seen = await visitor.open(authorizationUrl({ prompt: 'none' }))
    expect(answered(seen)).toMatchObject({ error: 'consent_required' })
  })

  it('is a code at once where all of the scopes are connected, and says when the person signed in', async () => {
    const { mock, authorizationUrl, connect, redeem } = await playByTheBook()
    const visitor = newVisitor()
    const first = claimsOf(await connect(visitor))
    await mock.clock.advance('30m')
    const seen = await visitor.open(authorizationUrl({ prompt: 'none', scope: 'openid email' }))
    expect(claimsOf(await redeem(seen.location))).toMatchObject({ sub: first.sub, auth_time: first.auth_time })
  })

  it('is consent_required for scopes beyond those', async () => {
    const { authorizationUrl, connect } = await playByTheBook()
    const visitor = newVisitor()
    await connect(visitor, { scope: 'openid offline_access' })
    const asking = (scope: string) => visitor.open(authorizationUrl({ prompt: 'none', scope }))
    expect(answered(await asking('openid email'))).toMatchObject({ error: 'consent_required' })
    expect(answered(await asking('openid'))).toHaveProperty('code')
  })

  it('is consent_required once the connection is over, for another client and for another person', async () => {
    const { mock, authorizationUrl, connect } = await playByTheBook()
    const visitor = newVisitor()
    await connect(visitor, { scope: 'openid' })
    const asking = (client_id?: string) =>
      visitor.open(authorizationUrl({ prompt: 'none', scope: 'openid', ...(client_id && { client_id }) }))
    const other = await mock.clients.register({})
    expect(answered(await asking(other.id))).toMatchObject({ error: 'consent_required' })
    expect(answered(await asking())).toHaveProperty('code')

    const [, second] = await mock.users.list()
    const theirs = newVisitor()
    await theirs.signIn(authorizationUrl(), second?.name)
    expect(answered(await theirs.open(authorizationUrl({ prompt: 'none' })))).toMatchObject({
      error: 'consent_required',
    })

    for (const { id } of await mock.grants.list()) await mock.grants.revoke(id)
    expect(answered(await asking())).toMatchObject({ error: 'consent_required' })
  })

  it('is consent_required always where consent is assumed to be asked for each time', async () => {
    const { authorizationUrl, connect } = await playByTheBook({ assume: { 'standard.silent-consent': 'never' } })
    const visitor = newVisitor()
    await connect(visitor)
    const seen = await visitor.open(authorizationUrl({ prompt: 'none' }))
    expect(answered(seen)).toMatchObject({ error: 'consent_required' })
  })

  it('answers a pushed request once', async () => {
    const { mock, push } = await playByTheBook()
    const url = await push({ prompt: 'none' })
    expect(answered(await newVisitor().open(url))).toMatchObject({ error: 'login_required' })
    await newVisitor().open(url)
    expect(mock.explain().kind).toBe('request_uri_used')
  })
})

describe('a prompt of no sense', () => {
  it.each(['none login', 'none consent', 'create', 'login shout', 'NONE'])('is invalid_request: %s', async (prompt) => {
    const { mock, authorizationUrl } = await playByTheBook()
    const seen = await newVisitor().open(authorizationUrl({ prompt, state: 's' }))
    expect(answered(seen)).toMatchObject({ error: 'invalid_request', state: 's' })
    expect(mock.explain()).toMatchObject({ kind: 'parameter_malformed', parameter: 'prompt', came: prompt })
  })
})

describe('max_age', () => {
  const seconds = (iso: string) => Math.floor(Date.parse(iso) / 1000)

  it('0 asks to sign in again, even in the same moment', async () => {
    const { mock, authorizationUrl, connect, redeem } = await playByTheBook()
    await mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    const before = claimsOf(await connect(visitor))
    const url = authorizationUrl({ max_age: '0' })
    expect(asksToSignIn(await visitor.open(url))).toBe(true)
    await mock.clock.advance('90s')
    const consent = await visitor.signIn(url)
    await mock.clock.advance('20s')
    const after = claimsOf(await redeem((await visitor.click(consent, 'Approve')).location))
    expect(Number(after.auth_time) - Number(before.auth_time)).toBe(90)
    expect(Number(after.iat) - Number(after.auth_time)).toBe(20)
    expect(answered(await visitor.open(authorizationUrl({ max_age: '0', prompt: 'none' })))).toMatchObject({
      error: 'login_required',
    })
  })

  it('is kept by a sign-in that is no older, to the second of the mock’s clock', async () => {
    const { mock, authorizationUrl, connect, redeem } = await playByTheBook()
    await mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    const { auth_time } = claimsOf(await connect(visitor))
    expect(auth_time).toBe(seconds(mock.clock.read().now))
    await mock.clock.advance('10m')
    const consent = await visitor.open(authorizationUrl({ max_age: '600' }))
    expect(claimsOf(await redeem((await visitor.click(consent, 'Approve')).location)).auth_time).toBe(auth_time)
    const silent = await visitor.open(authorizationUrl({ max_age: '600', prompt: 'none' }))
    expect(claimsOf(await redeem(silent.location)).auth_time).toBe(auth_time)
  })

  it('asks to sign in again after that, and where nothing may be shown is login_required', async () => {
    const { mock, authorizationUrl, connect, redeem } = await playByTheBook()
    await mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    await connect(visitor)
    await mock.clock.advance('601s')
    const silent = await visitor.open(authorizationUrl({ max_age: '600', prompt: 'none' }))
    expect(answered(silent)).toMatchObject({ error: 'login_required' })
    const consent = await visitor.signIn(authorizationUrl({ max_age: '600' }))
    const { auth_time } = claimsOf(await redeem((await visitor.click(consent, 'Approve')).location))
    expect(auth_time).toBe(seconds(mock.clock.read().now))
  })

  it('counts from signing in, also for the request that led to it', async () => {
    const { mock, authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const url = authorizationUrl({ max_age: '60' })
    expect((await visitor.signIn(url)).status).toBe(200)
    await mock.clock.advance('61s')
    expect(asksToSignIn(await visitor.open(url))).toBe(true)
  })

  it('counts beside prompt=login too', async () => {
    const { mock, authorizationUrl } = await playByTheBook()
    await mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    const url = authorizationUrl({ max_age: '60', prompt: 'login' })
    expect((await visitor.signIn(url)).status).toBe(200)
    await mock.clock.advance('61s')
    expect(asksToSignIn(await visitor.open(url))).toBe(true)
  })

  it.each(['-1', '1.5', 'an hour', '99999999999'])('is invalid_request where it is no number: %s', async (max_age) => {
    const { authorizationUrl } = await playByTheBook()
    const seen = await newVisitor().open(authorizationUrl({ max_age }))
    expect(answered(seen)).toMatchObject({ error: 'invalid_request' })
  })
})

describe('login_hint', () => {
  const hint = 'dot@example.com'
  const filled = /<input id="user_email"[^>]* value="([^"]*)"/

  it('fills the field of the sign-in page, escaped', async () => {
    const { authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const page = async (login_hint: string) =>
      visitor.open((await visitor.open(authorizationUrl({ login_hint }))).location)
    expect(filled.exec((await page(hint)).body)?.[1]).toBe(hint)
    expect((await page('"><script>alert(1)</script>')).body).not.toContain('<script>')
  })

  it('does so for a request that was pushed', async () => {
    const { push } = await playByTheBook()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(await push({ login_hint: hint }))).location)
    expect(filled.exec(page.body)?.[1]).toBe(hint)
    expect(page.body).toContain('to continue to <bdi>Example app for Standard</bdi>')
  })

  it('gives way to what the person has typed', async () => {
    const { authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl({ login_hint: hint }))).location)
    const again = await visitor.click(page, 'Sign in', { email: 'typed@example.com', password: 'wrong' })
    expect(filled.exec(again.body)?.[1]).toBe('typed@example.com')
  })

  it('chooses the person where nobody is asked, the first one when it names none', async () => {
    const { mock, authorizationUrl } = await playByTheBook({ consent: 'approve' })
    const [first, second] = await mock.users.list()
    for (const login_hint of [second?.email ?? '', 'nobody@example.com']) {
      await newVisitor().open(authorizationUrl({ login_hint }))
      await mock.authorize(authorizationUrl({ login_hint }))
    }
    const { email = '' } = second ?? {}
    await mock.authorize(authorizationUrl({ login_hint: email }), { user: first?.id ?? '' })
    const [one, two] = [first?.id, second?.id]
    expect((await mock.grants.list()).map(({ userId }) => userId)).toEqual([two, two, one, one, one])
  })
})

describe('id_token_hint', () => {
  it('is for the person whose ID token it is, and asks everybody else to sign in', async () => {
    const { mock, authorizationUrl, connect } = await playByTheBook()
    const [, second] = await mock.users.list()
    const [own, foreign] = [newVisitor(), newVisitor()]
    const { id_token } = await connect(own)
    await connect(foreign, {}, second?.email)
    const silent = { prompt: 'none', id_token_hint: id_token }
    expect(answered(await own.open(authorizationUrl(silent)))).toHaveProperty('code')
    expect(answered(await foreign.open(authorizationUrl(silent)))).toMatchObject({ error: 'login_required' })
    expect(asksToSignIn(await foreign.open(authorizationUrl({ id_token_hint: id_token })))).toBe(true)
    const madeUp = `${id_token.slice(0, -8)}AAAAAAAA`
    const asked = authorizationUrl({ prompt: 'none', id_token_hint: madeUp })
    expect(answered(await own.open(asked))).toMatchObject({ error: 'login_required' })
  })
})

describe('an authorization request by POST', () => {
  it('goes on by GET, as it was sent', async () => {
    const { authorizationUrl, redeem } = await playByTheBook()
    const [at = '', query] = authorizationUrl({ state: 'a b&c' }).split('?')
    const visitor = newVisitor()
    const sent = Object.fromEntries(new URLSearchParams(query))
    const seen = await visitor.post(at, sent)
    expect(seen.status).toBe(303)
    expect(Object.fromEntries(new URL(seen.location).searchParams)).toEqual(sent)
    const consent = await visitor.signIn(seen.location)
    const back = await visitor.click(consent, 'Approve')
    expect(answered(back)).toMatchObject({ state: 'a b&c' })
    expect(await redeem(back.location)).toHaveProperty('id_token')
  })

  it('is refused with a parameter that came twice, as by GET', async () => {
    const { authorizationUrl, redirectUri } = await playByTheBook()
    const [at = '', query] = authorizationUrl().split('?')
    const body = new URLSearchParams(`${query}&redirect_uri=${encodeURIComponent(redirectUri)}`)
    const sentOn = await fetch(at, { method: 'POST', body, redirect: 'manual' })
    expect((await fetch(sentOn.headers.get('location') ?? '', { redirect: 'manual' })).status).toBe(400)
  })
})
