import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor, type Visitor } from '../pages/visitor.ts'
import { asksToSignIn, type ByTheBook, playByTheBook } from './person.ts'

const home = 'http://localhost:3000/'

/** A person who has signed in and connected a client, and the way to sign out. */
async function signedIn(more: Parameters<typeof playByTheBook>[0] = {}) {
  const playing = await playByTheBook(more)
  const visitor = newVisitor()
  const tokens = await playing.connect(visitor)
  const [person, other] = await playing.mock.users.list()
  return { ...playing, ...logoutOf(playing), visitor, tokens, person, other, hint: tokens.id_token }
}

const logoutOf = ({ played, authorizationUrl }: ByTheBook) => ({
  logoutUrl: (asked: Readonly<Record<string, string>> = {}) => {
    const query = new URLSearchParams(asked)
    return query.size === 0 ? (played.endSessionUrl ?? '') : `${played.endSessionUrl}?${query}`
  },
  isSignedIn: async (visitor: Visitor) => !asksToSignIn(await visitor.open(authorizationUrl())),
})

const asksFirst = 'Sign out of Standard?'
const done = 'You are signed out'

describe('logout with an ID token of the person who is signed in', () => {
  it('signs out and sends the browser to the registered URI, with state', async () => {
    const { visitor, hint, logoutUrl, isSignedIn, played } = await signedIn()
    expect(played.postLogoutRedirectUris).toEqual([home])
    const url = logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: home, state: 'a b&c=é' })
    const { status, location, cookies } = await visitor.open(url)
    expect(status).toBe(303)
    expect(new URL(location).origin + new URL(location).pathname).toBe(home)
    expect([...new URL(location).searchParams]).toEqual([['state', 'a b&c=é']])
    expect(cookies).toEqual(['mock_oauth_session=; Max-Age=0; Path=/standard/; HttpOnly; SameSite=Lax'])
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it('sends no state where none came, and leaves out what only hints', async () => {
    const { visitor, hint, logoutUrl, played } = await signedIn()
    const asked = { id_token_hint: hint, client_id: played.clientId, post_logout_redirect_uri: home }
    const { location } = await visitor.open(logoutUrl({ ...asked, logout_hint: 'x', ui_locales: 'id' }))
    expect(location).toBe(home)
  })

  it('shows a page where the client names no place to go', async () => {
    const { visitor, hint, logoutUrl, isSignedIn } = await signedIn()
    const page = await visitor.open(logoutUrl({ id_token_hint: hint, state: 's' }))
    expect([page.status, page.body.includes(done)]).toEqual([200, true])
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it('kills the session itself, not only the cookie', async () => {
    const { authorizationUrl, hint, logoutUrl } = await signedIn()
    const visitor = newVisitor()
    const page = await visitor.open((await visitor.open(authorizationUrl())).location)
    const [cookie = ''] = (await visitor.click(page, '@')).cookies.map((one) => one.split(';')[0] ?? '')
    const open = async () => (await fetch(authorizationUrl(), { headers: { cookie }, redirect: 'manual' })).status
    expect(await open()).toBe(200)
    await visitor.open(logoutUrl({ id_token_hint: hint }))
    expect(await open()).toBe(302)
  })

  it('takes one that has expired', async () => {
    const { mock, connect, logoutUrl, isSignedIn } = await signedIn()
    const visitor = newVisitor()
    await mock.clock.move({ set: '2020-01-01T00:00:00Z' })
    const { id_token: hint } = await connect(visitor)
    await mock.clock.advance('23h')
    expect(await isSignedIn(visitor)).toBe(true)
    expect((await visitor.open(logoutUrl({ id_token_hint: hint }))).body).toContain(done)
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it('takes the request by POST, which leads to the same', async () => {
    const { visitor, hint, played, isSignedIn } = await signedIn()
    const asked = { id_token_hint: hint, post_logout_redirect_uri: home, state: 's' }
    const sentOn = await visitor.post(played.endSessionUrl ?? '', asked)
    expect(sentOn.status).toBe(303)
    expect((await visitor.open(sentOn.location)).location).toBe(`${home}?state=s`)
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it('ends no grant: the refresh token lives on', async () => {
    const { mock, visitor, tokens, hint, logoutUrl, post, played } = await signedIn()
    await visitor.open(logoutUrl({ id_token_hint: hint }))
    const { refresh_token = '' } = tokens
    const renewed = await post(played.tokenUrl, { grant_type: 'refresh_token', refresh_token })
    expect(renewed.status).toBe(200)
    expect((await mock.grants.list()).map(({ ended }) => ended)).toEqual([undefined])
  })

  it('sends a browser on in which nobody is signed in', async () => {
    const { hint, logoutUrl } = await signedIn()
    const url = logoutUrl({ id_token_hint: hint, post_logout_redirect_uri: home })
    expect((await newVisitor().open(url)).location).toBe(home)
  })

  it('signs out one browser, and leaves the person’s others alone', async () => {
    const { visitor, hint, logoutUrl, isSignedIn, authorizationUrl } = await signedIn()
    const elsewhere = newVisitor()
    await elsewhere.signIn(authorizationUrl())
    await visitor.open(logoutUrl({ id_token_hint: hint }))
    expect(await isSignedIn(elsewhere)).toBe(true)
  })
})

describe('logout that no ID token of the person vouches for', () => {
  it.each(['no hint', 'a hint of another person'])('asks the person first: %s', async (which) => {
    const { visitor, other, connect, logoutUrl, isSignedIn, played, person } = await signedIn()
    const theirs = await connect(newVisitor(), {}, other?.name)
    const hint = which === 'no hint' ? {} : { id_token_hint: theirs.id_token }
    const asked = { ...hint, client_id: played.clientId, post_logout_redirect_uri: home, state: 's' }
    const page = await visitor.open(logoutUrl(asked))
    expect([page.status, page.body.includes(asksFirst)]).toEqual([200, true])
    expect(page.body).toContain('<bdi>Example app for Standard</bdi> asks to sign you out.')
    expect(page.body).toContain(person?.email)
    expect(await isSignedIn(visitor)).toBe(true)

    const sentOn = await visitor.click(page, 'Sign out')
    expect([sentOn.status, sentOn.location]).toEqual([303, `${home}?state=s`])
    expect(await isSignedIn(visitor)).toBe(false)
  })

  it('shows the page where there is no place to go, and asks nobody who is not signed in', async () => {
    const { visitor, logoutUrl } = await signedIn()
    const page = await visitor.open(logoutUrl())
    expect(page.body).toContain(asksFirst)
    expect(page.body).not.toContain('asks to sign you out')
    expect((await visitor.click(page, 'Sign out')).body).toContain(done)
    expect((await visitor.open(logoutUrl())).body).toContain(done)
  })

  it('counts a click once, in the browser that saw the page, for its own request, within half an hour', async () => {
    const { mock, visitor, logoutUrl, authorizationUrl, isSignedIn } = await signedIn()
    const page = await visitor.open(logoutUrl({ state: 's' }))
    const [form] = formsOf(page)
    const token = { page_token: form?.fields.page_token ?? '' }
    const stranger = newVisitor()
    await stranger.signIn(authorizationUrl())
    const tries: [Visitor, string, Record<string, string>][] = [
      [visitor, logoutUrl({ state: 's' }), { page_token: 'a'.repeat(32) }],
      [stranger, logoutUrl({ state: 's' }), token],
    ]
    for (const [who, url, fields] of tries) {
      expect((await who.post(url, fields)).body).toContain('role="alert"')
      expect(mock.explain().kind).toBe('sign_in_stale')
      expect(await isSignedIn(who)).toBe(true)
    }
    const another = formsOf(await visitor.open(logoutUrl({ state: 's' })))[0]?.fields ?? {}
    expect((await visitor.post(logoutUrl({ state: 'another' }), another)).body).toContain('role="alert"')
    const late = await visitor.open(logoutUrl())
    await mock.clock.advance('31m')
    expect((await visitor.click(late, 'Sign out')).body).toContain('role="alert"')
    expect(await isSignedIn(visitor)).toBe(true)
    const again = await visitor.open(logoutUrl())
    await visitor.click(again, 'Sign out')
    await visitor.signIn(authorizationUrl())
    expect((await visitor.click(again, 'Sign out')).body).toContain('role="alert"')
  })

  it('cannot be clicked by another site, whose POST has no page and is asked about', async () => {
    const { visitor, played, isSignedIn } = await signedIn()
    const sentOn = await visitor.post(played.endSessionUrl ?? '', {})
    expect((await visitor.open(sentOn.location)).body).toContain(asksFirst)
    expect(await isSignedIn(visitor)).toBe(true)
  })

  it('refuses a POST that is no form', async () => {
    const { mock, played } = await signedIn()
    const headers = { 'content-type': 'application/json' }
    const { status } = await fetch(played.endSessionUrl ?? '', { method: 'POST', headers, body: '{}' })
    expect([status, mock.explain().kind]).toEqual([400, 'media_type_unsupported'])
  })
})

describe('logout, wherever the client wants to go', () => {
  it.each([
    ['another site', { post_logout_redirect_uri: 'https://evil.example/' }],
    ['more than is registered', { post_logout_redirect_uri: `${home}more` }],
    ['the same in other letters', { post_logout_redirect_uri: 'http://LOCALHOST:3000/' }],
    ['the redirect URI', { post_logout_redirect_uri: 'http://localhost:3000/callback' }],
  ])('stays here unless that is registered: %s', async (_, asked) => {
    const { mock, visitor, hint, played, logoutUrl, isSignedIn } = await signedIn()
    for (const known of [{ id_token_hint: hint }, { client_id: played.clientId }]) {
      const page = await visitor.open(logoutUrl({ ...known, ...asked }))
      expect([page.status, page.location]).toEqual([400, ''])
      expect(mock.explain()).toMatchObject({
        kind: 'logout_uri_unregistered',
        expected: home,
        came: asked.post_logout_redirect_uri,
      })
    }
    expect(await isSignedIn(visitor)).toBe(true)
  })

  it('stays here without a client that is known, and for a client without such a URI', async () => {
    const { mock, visitor, logoutUrl, isSignedIn } = await signedIn()
    const { id } = await mock.clients.register({})
    for (const client of [{}, { client_id: 'nobody' }, { client_id: id }]) {
      const page = await visitor.open(logoutUrl({ ...client, post_logout_redirect_uri: home }))
      expect([page.status, page.location, mock.explain().kind]).toEqual([400, '', 'logout_uri_unregistered'])
    }
    expect(await isSignedIn(visitor)).toBe(true)
  })

  it('goes where another client has registered, for that client only', async () => {
    const { mock, visitor, played, logoutUrl } = await signedIn()
    const away = 'https://app.example/bye?from=here'
    const { id } = await mock.clients.register({ postLogoutRedirectUris: [away] })
    const asked = { post_logout_redirect_uri: away, state: 's' }
    expect((await visitor.open(logoutUrl({ ...asked, client_id: played.clientId }))).status).toBe(400)
    const page = await visitor.open(logoutUrl({ ...asked, client_id: id }))
    expect((await visitor.click(page, 'Sign out')).location).toBe(`${away}&state=s`)
  })
})

describe('an id_token_hint', () => {
  const tampered = (jwt: string, claims: object) => {
    const [header, payload = '', signature] = jwt.split('.')
    const said = JSON.parse(Buffer.from(payload, 'base64url').toString())
    return [header, Buffer.from(JSON.stringify({ ...said, ...claims })).toString('base64url'), signature].join('.')
  }
  const unsigned = (jwt: string) =>
    [Buffer.from('{"alg":"none"}').toString('base64url'), jwt.split('.')[1], ''].join('.')

  it.each([
    ['is no JWT', () => 'x'],
    ['was changed', (hint: string) => tampered(hint, { sub: 'somebody' })],
    ['is not signed', unsigned],
  ])('is refused when it %s, and nobody is signed out', async (_, change) => {
    const { mock, visitor, hint, logoutUrl, isSignedIn } = await signedIn()
    const page = await visitor.open(logoutUrl({ id_token_hint: change(hint), post_logout_redirect_uri: home }))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(mock.explain()).toMatchObject({ kind: 'logout_hint_wrong', parameter: 'id_token_hint' })
    expect(await isSignedIn(visitor)).toBe(true)
  })

  it('is refused when another server has issued it, or another address of this one', async () => {
    const { mock, visitor, logoutUrl } = await signedIn()
    const elsewhere = await signedIn({ seed: 'elsewhere' })
    // Minted in the process, for the provider's own address.
    const { id_token } = (await mock.mint()).answer as { id_token: string }
    for (const id_token_hint of [elsewhere.hint, id_token]) {
      expect((await visitor.open(logoutUrl({ id_token_hint }))).status).toBe(400)
    }
  })

  it('is refused beside another client_id, and once its client is gone', async () => {
    const { mock, visitor, hint, played, logoutUrl } = await signedIn()
    const { id } = await mock.clients.register({})
    expect((await visitor.open(logoutUrl({ id_token_hint: hint, client_id: id }))).status).toBe(400)
    expect(mock.explain()).toMatchObject({ kind: 'logout_hint_wrong', parameter: 'client_id', came: id })
    await mock.clients.remove(played.clientId)
    expect((await visitor.open(logoutUrl({ id_token_hint: hint }))).status).toBe(400)
  })

  it('stands in no journal that is shown', async () => {
    const { visitor, hint, server, logoutUrl, played } = await signedIn()
    await visitor.open(logoutUrl({ id_token_hint: hint }))
    await visitor.open(logoutUrl({ id_token_hint: `${hint}x` }))
    await visitor.post(played.endSessionUrl ?? '', { id_token_hint: hint })
    expect(await (await fetch(`${server.url}/_mock/requests`)).text()).not.toContain(hint)
    expect(await (await fetch(`${server.url}/_mock/requests/last/explain`)).text()).not.toContain(hint)
  })
})

describe('the client that is there at the start', () => {
  it('may send signed-out browsers to the home of its first redirect URI on the web', async () => {
    const playing = (client: object) => playByTheBook({ client })
    const redirectUris = ['com.example.app:/callback', 'https://app.example:8443/oauth/callback']
    expect((await playing({ redirectUris })).played.postLogoutRedirectUris).toEqual(['https://app.example:8443/'])
    const own = { redirectUris, postLogoutRedirectUris: ['https://app.example/bye'] }
    expect((await playing(own)).played.postLogoutRedirectUris).toEqual(own.postLogoutRedirectUris)
    expect((await playing({ redirectUris: redirectUris.slice(0, 1) })).played.postLogoutRedirectUris).toEqual([])
  })
})
