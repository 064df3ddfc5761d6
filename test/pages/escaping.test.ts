import { describe, expect, it } from 'vitest'
import { linkIn, newVisitor, play, playMekari, type Seen } from './visitor.ts'

const hostile = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "'><svg/onload=alert(1)>",
  'javascript:alert(1)',
  '</title></style><script>alert(1)</script>',
  '<!-- ',
  '&lt;script&gt;',
  '\u202Eevil',
  '$& $1 $$',
]

const tags =
  '!doctype html head meta title link style body header main h1 h2 p strong ul li form input button span label div dl dt dd a code bdi'
const attributes =
  'html lang charset name content rel href nonce class id role method action type value for required autocomplete autofocus aria-describedby'

/** Every tag and attribute is one that the pages are made of, and nothing outside of a tag opens or closes one. */
function expectOnlyOurMarkup({ body }: Seen): void {
  const tag = /<\/?([^\s<>"]+)((?:[^<>"]|"[^"]*")*)>/g
  const page = body.replace(/(<style[^>]*>).*?(<\/style>)/s, '$1$2')
  const found = [...page.matchAll(tag)]
  const names = found.map(([, name = '']) => name)
  const attributeNames = found.flatMap(([, , rest = '']) => rest.replaceAll(/="[^"]*"/g, '').split(/\s+/))
  expect(names.filter((name) => !tags.split(' ').includes(name))).toEqual([])
  expect(attributeNames.filter((name) => name !== '' && !attributes.split(' ').includes(name))).toEqual([])
  expect(page.replaceAll(tag, '')).not.toMatch(/[<>"]/)
  expect(page).not.toMatch(/ (?:href|action)="(?!http:\/\/127\.0\.0\.1|data:image\/svg\+xml)/)
}

describe('a page', () => {
  it.each(hostile)('shows the application name %j as text', async (name) => {
    const { authorizationUrl } = await playMekari({ client: { name } })
    const visitor = newVisitor()
    const signIn = await visitor.open((await visitor.open(authorizationUrl())).location)
    expectOnlyOurMarkup(signIn)
    const consent = await visitor.open((await visitor.click(signIn, '@')).location)
    expectOnlyOurMarkup(consent)
    const text = name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
    expect(consent.body).toContain(`<bdi>${text.replaceAll('"', '&quot;').replaceAll("'", '&#39;')}</bdi>`)
  })

  it.each(hostile)('shows a person called %j as text, and lets them sign in', async (name) => {
    const { mock, authorizationUrl } = await playMekari()
    for (const { id } of await mock.users.list()) await mock.users.remove(id)
    await mock.users.add({ name, company: name, password: name, email: `${name.replaceAll(/[\s@]/g, '')}@example.com` })
    const visitor = newVisitor()
    const signIn = await visitor.open((await visitor.open(authorizationUrl())).location)
    expectOnlyOurMarkup(signIn)
    const consent = await visitor.open((await visitor.click(signIn, '@')).location)
    expect(consent.body).toContain('<div class="account">')
    expectOnlyOurMarkup(consent)
  })

  it.each([
    '<script>alert(1)</script>',
    "'><svg/onload=alert(1)>",
    'javascript:alert(1)',
    '__proto__',
    'constructor',
    'toString',
  ])('shows the scope %j as it is written', async (scope) => {
    const { authorizationUrl } = await playMekari({ client: { scopes: [scope] } })
    const page = await newVisitor().signIn(authorizationUrl({ scope }))
    expectOnlyOurMarkup(page)
    const text = scope.replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#39;')
    expect(page.body).toContain(`<li><code>${text}</code></li>`)
  })

  it.each(hostile)('shows the parameter %j as text, whichever carries it', async (value) => {
    const { mekari, authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    for (const name of ['client_id', 'redirect_uri']) {
      const page = await visitor.open(authorizationUrl({ [name]: value }))
      expect([page.status, page.location]).toEqual([400, ''])
      expectOnlyOurMarkup(page)
    }
    const odd = authorizationUrl({ state: value, lang: value, [value]: value })
    expectOnlyOurMarkup(await visitor.signIn(odd))
    expectOnlyOurMarkup(await visitor.post(odd, { consent: value, decision: value }))
    expectOnlyOurMarkup(await visitor.post(odd, { [value]: value }))
    const signIn = `${mekari.baseUrl}/users/sign_in?return_to=L2F1dGg&x=${encodeURIComponent(value)}`
    const typed = { 'user[email]': value, 'user[password]': value }
    const again = await visitor.click(await visitor.open(signIn), 'Sign in', typed)
    expect(again.body).toContain('role="alert"')
    expectOnlyOurMarkup(again)
    expectOnlyOurMarkup(await visitor.open(`${mekari.baseUrl}/users/sign_in?return_to=${encodeURIComponent(value)}`))
  })

  it.each(hostile)('shows %j as text on the pages besides the flow, whoever it names', async (name) => {
    const { mock, played, authorizationUrl } = await play('finexer', { client: { name } })
    const { connectedAppsUrl = '', connectedAccountsUrl = '', clientId, clientSecret = '' } = played
    const visitor = newVisitor()
    const signIn = await visitor.open((await visitor.open(authorizationUrl({ state: name }))).location)
    expectOnlyOurMarkup(signIn)
    const signUp = await visitor.open(linkIn(signIn))
    const again = await visitor.click(signUp, 'Create the account', {
      name,
      company: name,
      email: name,
      password: name,
    })
    for (const page of [signUp, again]) expectOnlyOurMarkup(page)
    const email = 'hostile@example.com'
    const made = await visitor.click(again, 'Create the account', { name, company: name, email, password: name })
    expect((await visitor.open(made.location)).body).toContain(email)
    await mock.mint({ user: email })
    expectOnlyOurMarkup(await visitor.open(connectedAppsUrl))
    const typed = { client_id: name, client_secret: name }
    const unproved = await visitor.click(await visitor.open(connectedAccountsUrl), 'Show what is connected', typed)
    expectOnlyOurMarkup(unproved)
    await visitor.click(unproved, 'Show what is connected', { client_id: clientId, client_secret: clientSecret })
    const accounts = await visitor.open(connectedAccountsUrl)
    expect(accounts.body).toContain(email)
    expectOnlyOurMarkup(accounts)
    expect((await visitor.click(accounts, 'Disconnect')).status).toBe(303)
    expect((await mock.grants.list()).map(({ ended }) => ended?.by)).toEqual(['client'])
  })

  it('never has a raw quote or angle bracket of a URL in it', async () => {
    const { authorizationUrl } = await playMekari()
    const visitor = newVisitor()
    expectOnlyOurMarkup(await visitor.signIn(`${authorizationUrl()}&x='onmouseover=alert(1)'`))
  })
})
