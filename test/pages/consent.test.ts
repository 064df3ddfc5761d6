import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor, playMekari, type Seen, type Visitor } from './visitor.ts'

const fieldsOf = (page: Seen) => formsOf(page)[0]?.fields ?? {}

describe('the consent page', () => {
  it('names the application, the account and each scope in words and as it is', async () => {
    const { mock, authorizationUrl } = await playMekari({ client: { name: 'Payroll Sync' } })
    const page = await newVisitor().signIn(authorizationUrl({ scope: 'esign  sso:profile esign' }))
    expect(page.status).toBe(200)
    expect(page.body).toContain('<h1><bdi>Payroll Sync</bdi> asks for access to your Mekari account</h1>')
    const [person] = await mock.users.list()
    for (const text of [person?.name, person?.email, person?.company]) expect(page.body).toContain(`>${text}</span>`)
    const scopes = [...page.body.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item)
    expect(scopes).toEqual([
      '<span lang="en">Documents and signatures in Mekari Sign</span> <code>esign</code>',
      '<span lang="en">Your name, e-mail address and company</span> <code>sso:profile</code>',
    ])
    expect(formsOf(page).map((form) => form.buttons)).toEqual([
      [
        { name: 'decision', value: 'switch', text: 'Use another account' },
        { name: 'decision', value: 'approve', text: 'Approve' },
        { name: 'decision', value: 'deny', text: 'Deny' },
      ],
    ])
  })

  it('sends an approval to the registered redirect URI with a code that works', async () => {
    const { mock, mekari, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const { status, location } = await visitor.click(
      await visitor.signIn(authorizationUrl({ state: 's t&=' })),
      'Approve',
    )
    expect(status).toBe(302)
    expect(location).toMatch(/^http:\/\/localhost:3000\/callback\?code=[A-Za-z0-9]{32}&state=s\+t%26%3D$/)
    const body = new URLSearchParams({
      client_id: mekari.clientId,
      client_secret: mekari.clientSecret ?? '',
      grant_type: 'authorization_code',
      code: new URL(location).searchParams.get('code') ?? '',
      scope: mekari.scopes.join(' '),
    })
    const tokens = await (await fetch(mekari.tokenUrl, { method: 'POST', body })).json()
    const me = await fetch(mekari.apiUrl, { headers: { authorization: `Bearer ${tokens.access_token}` } })
    const [person] = await mock.users.list()
    expect(await me.json()).toMatchObject({ email: person?.email })
  })

  it('sends a denial there, and grants nothing', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const { status, location } = await visitor.click(await visitor.signIn(authorizationUrl({ state: 'x' })), 'Deny')
    expect([status, location]).toEqual([
      302,
      'http://localhost:3000/callback?error=access_denied&error_description=The+resource+owner+denied+the+request&state=x',
    ])
    expect(await mock.grants.list()).toEqual([])
  })

  it('takes anything but an approval as a denial', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    await visitor.signIn(authorizationUrl())
    for (const decision of ['', 'APPROVE', 'approve ', 'yes']) {
      const page = await visitor.open(authorizationUrl())
      const { location } = await visitor.post(authorizationUrl(), { ...fieldsOf(page), decision })
      expect(location).toContain('error=access_denied')
    }
    expect(await mock.grants.list()).toEqual([])
  })

  it('lets the person use another account', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const [, second] = await mock.users.list()
    const visitor = newVisitor()
    const bounced = await visitor.click(
      await visitor.signIn(authorizationUrl({ state: 'kept' })),
      'Use another account',
    )
    expect(bounced.location).toContain('/mekari/users/sign_in?')
    const back = await visitor.click(await visitor.open(bounced.location), second?.email ?? '')
    expect(back.location).toBe(authorizationUrl({ state: 'kept' }))
    const page = await visitor.open(back.location)
    expect(page.body).toContain(second?.email)
    await visitor.click(page, 'Approve')
    expect(await mock.grants.list()).toMatchObject([{ userId: second?.id }])
  })

  it('says no without a person where the world does', async () => {
    const { authorizationUrl } = await playMekari({ consent: 'deny' })
    expect((await newVisitor().open(authorizationUrl())).location).toContain('error=access_denied')
  })

  it('is skipped by the provider’s own applications, after signing in', async () => {
    const { mock, mekari, authorizationUrl } = await playMekari()
    await mock.clients.change(mekari.clientId, { firstParty: true })
    const visitor = newVisitor()
    expect((await visitor.open(authorizationUrl())).location).toContain('/users/sign_in')
    expect((await visitor.signIn(authorizationUrl())).location).toMatch(/callback\?code=/)
  })
})

describe('an answer to the consent page', () => {
  const expectRefused = (answer: Seen) => {
    expect([answer.status, answer.location]).toEqual([400, ''])
    expect(answer.body).toContain('<h1>This page can no longer be answered</h1>')
  }
  const approve = (visitor: Visitor, url: string, page: Seen) =>
    visitor.post(url, { ...fieldsOf(page), decision: 'approve' })

  it('counts once', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.signIn(authorizationUrl())
    expect((await visitor.click(page, 'Approve')).status).toBe(302)
    expectRefused(await visitor.click(page, 'Approve'))
    expectRefused(await visitor.click(page, 'Deny'))
    expect(mock.explain().kind).toBe('consent_expired')
    expect(await mock.grants.list()).toHaveLength(1)
  })

  it('counts once among many sent at the same moment', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.signIn(authorizationUrl())
    const answers = await Promise.all(Array.from({ length: 20 }, () => visitor.click(page, 'Approve')))
    expect(answers.filter(({ status }) => status === 302)).toHaveLength(1)
    expect(await mock.grants.list()).toHaveLength(1)
  })

  it('counts in its own browser only, signed in there or not', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const [mine, theirs] = [newVisitor(), newVisitor()]
    const page = await mine.signIn(authorizationUrl())
    expectRefused(await approve(theirs, authorizationUrl(), page))
    await theirs.signIn(authorizationUrl())
    expectRefused(await approve(theirs, authorizationUrl(), await mine.open(authorizationUrl())))
    expect(await mock.grants.list()).toEqual([])
  })

  it.each([
    { scope: 'esign' },
    { state: 'other' },
    { redirect_uri: 'http://localhost:3000/second' },
    { code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM', code_challenge_method: 'S256' },
    { harmless: 'extra' },
  ])('counts for its own request only, not with %j', async (other) => {
    const redirectUris = ['http://localhost:3000/callback', 'http://localhost:3000/second']
    const { mock, authorizationUrl } = await playMekari({ client: { redirectUris } })
    const visitor = newVisitor()
    const page = await visitor.signIn(authorizationUrl())
    expectRefused(await approve(visitor, authorizationUrl(other), page))
    expect(await mock.grants.list()).toEqual([])
  })

  it('counts for half an hour of the world’s clock', async () => {
    const { mock, authorizationUrl } = await playMekari()
    mock.clock.move({ freeze: true })
    const visitor = newVisitor()
    const [early, late] = [await visitor.signIn(authorizationUrl()), await visitor.open(authorizationUrl())]
    mock.clock.advance('1799s')
    expect((await visitor.click(early, 'Approve')).status).toBe(302)
    mock.clock.advance('1s')
    expectRefused(await visitor.click(late, 'Approve'))
  })

  it('does not count after the account was switched', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const [first, second] = [await visitor.signIn(authorizationUrl()), await visitor.open(authorizationUrl())]
    await visitor.click(first, 'Use another account')
    expectRefused(await visitor.click(second, 'Approve'))
  })

  it('does not count when the client was suspended meanwhile', async () => {
    const { mock, mekari, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.signIn(authorizationUrl())
    await mock.clients.change(mekari.clientId, { status: 'suspended' })
    expect((await visitor.click(page, 'Approve')).location).not.toContain('code=')
    expect(await mock.grants.list()).toEqual([])
  })

  it('that came too late offers to start again', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    const page = await visitor.signIn(authorizationUrl({ state: 'a&b' }))
    await visitor.click(page, 'Approve')
    const late = await visitor.click(page, 'Approve')
    const again = /<a class="button primary" href="([^"]*)">Start again<\/a>/.exec(late.body)?.[1]
    expect(again?.replaceAll('&amp;', '&')).toBe(authorizationUrl({ state: 'a&b' }))
    expect((await visitor.open(authorizationUrl({ state: 'a&b' }))).body).toContain('asks for access')
  })
})
