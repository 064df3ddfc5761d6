import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor, playMekari } from './visitor.ts'

describe('the sign-in page', () => {
  it('carries the whole authorization request in return_to, as URL-safe base64', async () => {
    const { mekari, authorizationUrl } = await playMekari()
    const url = authorizationUrl({ state: '~~~???>>>', lang: 'id' })
    const { status, location } = await newVisitor().open(url)
    expect(status).toBe(302)
    const page = new URL(location)
    expect(page.origin + page.pathname).toBe(`${mekari.baseUrl}/users/sign_in`)
    expect([...page.searchParams.keys()]).toEqual(['client_id', 'return_to'])
    expect(page.searchParams.get('client_id')).toBe(mekari.clientId)
    const carried = page.searchParams.get('return_to') ?? ''
    const plain = Buffer.from(`/auth?${url.split('?')[1]}`).toString('base64')
    expect(plain).toMatch(/=$/)
    expect(carried).toBe(plain.replaceAll('+', '-').replaceAll('/', '_'))
  })

  it('says that it is a mock and who wants to connect, and offers each person and a form', async () => {
    const { mock, authorizationUrl } = await playMekari({ client: { name: 'Payroll Sync' } })
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    expect(page.status).toBe(200)
    expect(page.body).toContain('mock-oauth is playing Mekari. This is not the real Mekari: never type a real password')
    expect(page.body).toContain('to continue to <bdi>Payroll Sync</bdi>')
    const people = await mock.users.list()
    const buttons = formsOf(page).map((form) => form.buttons[0]?.text)
    expect(buttons).toEqual([...people.map((one) => `${one.name} ${one.email} ${one.company}`), 'Sign in'])
    for (const id of ['user_email', 'user_password', 'new-signin-button']) expect(page.body).toContain(`id="${id}"`)
    expect(page.body).toContain('name="user[email]"')
    expect(page.body).toContain('name="user[password]"')
  })

  it('leads back to the very same request after a click on a person', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const url = authorizationUrl({ state: 'a b+c%20&=é' })
    const page = await visitor.open((await visitor.open(url)).location)
    const back = await visitor.click(page, '@')
    expect([back.status, back.location]).toEqual([302, url])
  })

  it('takes a typed address and password', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const { email } = await mock.users.add({ name: 'Typed Person', email: 'typed@example.com', password: 'p&q="<r>' })
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    const back = await visitor.click(page, 'Sign in', { 'user[email]': email, 'user[password]': 'p&q="<r>' })
    expect(back.location).toBe(authorizationUrl())
    expect((await visitor.open(back.location)).body).toContain('<span>Typed Person</span>')
  })

  it.each([
    ['a wrong password', { 'user[password]': 'wrong' }],
    ['an unknown address', { 'user[email]': 'nobody@example.com', 'user[password]': 'password' }],
    ['no password', {}],
  ])('says so on %s, signs nobody in and keeps the address', async (_, typed) => {
    const { mock, authorizationUrl } = await playMekari()
    const [person] = await mock.users.list()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    const fields = { 'user[email]': person?.email ?? '', ...typed }
    const again = await visitor.click(page, 'Sign in', fields)
    expect(again.status).toBe(200)
    expect(again.body).toContain('<p role="alert" id="failure" lang="en">Invalid email or password</p>')
    expect(again.body).toContain(`value="${fields['user[email]']}" autocomplete="username"`)
    expect(again.cookies.join()).not.toContain('mock_oauth_session')
    expect(mock.explain().kind).toBe('sign_in_wrong')
    expect((await visitor.open(authorizationUrl())).location).toContain('/users/sign_in')
  })

  it('names everyone’s password only while there is one', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const { location } = await visitor.open(authorizationUrl())
    expect((await visitor.open(location)).body).toContain('Everyone’s password is <code>password</code>')
    await mock.users.add({ name: 'Another', password: 'secret' })
    expect((await visitor.open(location)).body).not.toContain('Everyone’s password')
  })

  it('takes only a form that this browser was shown', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const [mine, theirs] = [newVisitor(), newVisitor()]
    const { location } = await mine.open(authorizationUrl())
    const page = await mine.open(location)
    const [form] = formsOf(page)
    const fields = form?.fields ?? {}
    expect(fields.authenticity_token).toMatch(/^[a-z0-9]{32}$/)

    const { authenticity_token: _, ...withoutToken } = fields
    for (const [who, sent] of [
      [theirs, withoutToken],
      [theirs, fields],
      [mine, withoutToken],
      [mine, { ...fields, authenticity_token: '' }],
      [mine, { ...fields, authenticity_token: 'a'.repeat(32) }],
    ] as const) {
      const refused = await who.post(location, sent)
      expect(refused.status).toBe(200)
      expect(refused.body).toContain('role="alert"')
      expect(refused.cookies.join()).not.toContain('mock_oauth_session')
      expect(mock.explain().kind).toBe('sign_in_stale')
    }
    expect((await mine.post(location, fields)).location).toBe(authorizationUrl())
  })

  it('does not take a token that a page of an older sign-in carried', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const { location } = await visitor.open(authorizationUrl())
    const page = await visitor.open(location)
    await visitor.click(page, '@')
    expect((await visitor.click(page, '@')).body).toContain('role="alert"')
  })

  it('works in two tabs of one browser', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const { location } = await visitor.open(authorizationUrl())
    const [first] = [await visitor.open(location), await visitor.open(location)]
    expect((await visitor.click(first, '@')).location).toBe(authorizationUrl())
  })

  it('shows no token of somebody else’s making', async () => {
    const { authorizationUrl } = await playMekari()
    const { location } = await newVisitor().open(authorizationUrl())
    const planted = await fetch(location, { headers: { cookie: 'mock_oauth_sign_in="><script>alert(1)</script>' } })
    expect(await planted.text()).not.toContain('alert(1)')
  })

  it('sets cookies for this environment’s pages, out of the reach of scripts', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    expect(page.cookies).toEqual([
      expect.stringMatching(/^mock_oauth_sign_in=[a-z0-9]{32}; Path=\/mekari\/; HttpOnly; SameSite=Lax$/),
    ])
    const signedIn = await visitor.click(page, '@')
    expect(signedIn.cookies).toEqual([
      expect.stringMatching(/^mock_oauth_session=[a-z0-9]{32}; Path=\/mekari\/; HttpOnly; SameSite=Lax$/),
      'mock_oauth_sign_in=; Max-Age=0; Path=/mekari/; HttpOnly; SameSite=Lax',
    ])
  })

  it('gives a session to its own environment only', async () => {
    const { server, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    const cookie = (await visitor.click(page, '@')).cookies[0]?.split(';')[0] ?? ''
    const sandbox = await server.provider('mekari:sandbox')
    const query = new URLSearchParams({ client_id: sandbox.clientId, response_type: 'code', scope: 'esign' })
    const there = await fetch(`${sandbox.authorizeUrl}?${query}`, { headers: { cookie }, redirect: 'manual' })
    expect(there.headers.get('location')).toContain('/mekari:sandbox/users/sign_in')
    const here = await fetch(authorizationUrl(), { headers: { cookie }, redirect: 'manual' })
    expect(here.status).toBe(200)
  })

  it('remembers a browser for a day of the world’s clock', async () => {
    const { mock, authorizationUrl } = await playMekari()
    mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    expect((await visitor.signIn(authorizationUrl())).status).toBe(200)
    mock.clock.advance('86399s')
    expect((await visitor.open(authorizationUrl())).status).toBe(200)
    mock.clock.advance('1s')
    expect((await visitor.open(authorizationUrl())).location).toContain('/users/sign_in')
  })

  it('forgets a person whose account is taken away', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    await visitor.signIn(authorizationUrl())
    const [person] = await mock.users.list()
    await mock.users.remove(person?.id ?? '')
    expect((await visitor.open(authorizationUrl())).location).toContain('/users/sign_in')
  })
})
