import { describe, expect, it } from 'vitest'
import { linkIn, newVisitor, play, playMekari, type Seen } from './visitor.ts'

const nonceOf = ({ headers }: Seen) =>
  /'nonce-([A-Za-z0-9]{22})'/.exec(headers.get('content-security-policy') ?? '')?.[1]

async function everyPage(): Promise<[name: string, page: Seen][]> {
  const { mekari, authorizationUrl } = await playMekari()
  const visitor = newVisitor()
  const signIn = await visitor.open((await visitor.open(authorizationUrl())).location)
  const failed = await visitor.click(signIn, 'Sign in', { 'user[email]': 'a@b', 'user[password]': 'c' })
  const consent = await visitor.open((await visitor.click(signIn, '@')).location)
  await visitor.click(consent, 'Deny')
  return [
    ['sign-in', signIn],
    ['failed sign-in', failed],
    ['consent', consent],
    ['late consent', await visitor.click(consent, 'Deny')],
    ['error', await visitor.open(authorizationUrl({ client_id: 'nobody' }))],
    ['foreign return_to', await visitor.open(`${mekari.baseUrl}/users/sign_in`)],
    ...(await pagesBesides()),
  ]
}

/** Those that not every provider has. */
async function pagesBesides(): Promise<[name: string, page: Seen][]> {
  const { mock, played, authorizationUrl } = await play('finexer', { seed: 'pages besides' })
  const { connectedAppsUrl = '', connectedAccountsUrl = '', clientId, clientSecret = '' } = played
  await mock.mint()
  const visitor = newVisitor()
  const signIn = await visitor.open((await visitor.open(authorizationUrl())).location)
  const signUp = await visitor.open(linkIn(signIn))
  const failed = await visitor.click(signUp, 'Create the account', { name: 'x', company: 'y', email: 'z' })
  await visitor.click(signIn, '@')
  const apps = await visitor.open(connectedAppsUrl)
  const identify = await visitor.open(connectedAccountsUrl)
  const unproved = await visitor.click(identify, 'Show what is connected', { client_id: 'x', client_secret: 'y' })
  await visitor.click(unproved, 'Show what is connected', { client_id: clientId, client_secret: clientSecret })
  const accounts = await visitor.open(connectedAccountsUrl)
  await visitor.click(apps, 'Disconnect')
  return [
    ['sign-in with a link', signIn],
    ['sign-up', signUp],
    ['failed sign-up', failed],
    ['connected apps', apps],
    ['late click', await visitor.click(apps, 'Disconnect')],
    ['nothing connected', await visitor.open(connectedAppsUrl)],
    ['identify', identify],
    ['failed to identify', unproved],
    ['connected accounts', accounts],
    ['foreign sign-up', await visitor.open(`${played.baseUrl}/signup`)],
  ]
}

describe('every page', () => {
  it('forbids scripts, frames, sniffing, storing and telling where one came from', async () => {
    for (const [name, page] of await everyPage()) {
      const { headers } = page
      expect(headers.get('content-security-policy'), name).toBe(
        `default-src 'none'; style-src 'nonce-${nonceOf(page)}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
      )
      expect(headers.get('x-frame-options'), name).toBe('DENY')
      expect(headers.get('x-content-type-options'), name).toBe('nosniff')
      expect(headers.get('referrer-policy'), name).toBe('no-referrer')
      expect(headers.get('cache-control'), name).toBe('no-store')
      expect(headers.get('content-type'), name).toBe('text/html; charset=utf-8')
    }
  })

  it('cannot be read by scripts of other origins, where answers can', async () => {
    const { played, authorizationUrl } = await play('mekari', { assume: { 'mekari.cross-origin': 'allowed' } })
    const open = (url: string) => fetch(url, { headers: { origin: 'https://evil.example' } })
    // The first of them leads to the sign-in page.
    for (const url of [authorizationUrl(), authorizationUrl({ client_id: 'nobody' })]) {
      const { headers } = await open(url)
      expect([headers.get('content-type'), headers.get('access-control-allow-origin')]).toEqual([
        'text/html; charset=utf-8',
        null,
      ])
    }
    expect((await open(played.apiUrl)).headers.get('access-control-allow-origin')).toBe('*')
  })

  it('admits its own style sheet and no other, by a nonce used once', async () => {
    const pages = await everyPage()
    for (const [name, page] of pages) {
      expect(
        [...page.body.matchAll(/<style nonce="([^"]+)">/g)].map(([, nonce]) => nonce),
        name,
      ).toEqual([nonceOf(page)])
      expect(page.body, name).not.toMatch(/<script| style="/)
    }
    expect(new Set(pages.map(([, page]) => nonceOf(page))).size).toBe(pages.length)
  })

  it('asks the server for nothing else, not even an icon', async () => {
    for (const [name, { body }] of await everyPage()) {
      expect(body, name).toMatch(/<link rel="icon" href="data:/)
      expect(body, name).not.toMatch(/\ssrc=|@import|url\(/)
    }
  })

  it('has a language, a title, one heading, landmarks and a label for each field', async () => {
    for (const [name, { body }] of await everyPage()) {
      expect(body, name).toMatch(/^<!doctype html>\n<html lang="en">/)
      expect(body, name).toMatch(/<title>.+ · Mock<\/title>/)
      expect(body.match(/<h1[ >]/g), name).toHaveLength(1)
      expect(body.match(/<header>|<main>/g), name).toHaveLength(2)
      const shown = [...body.matchAll(/<input id="([^"]+)"/g)].map(([, id]) => id)
      expect(
        [...body.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id),
        name,
      ).toEqual(shown)
    }
  })
})
