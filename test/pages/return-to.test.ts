import { describe, expect, it } from 'vitest'
import { newVisitor, playMekari } from './visitor.ts'

const base64url = (text: string) => Buffer.from(text).toString('base64url')

/** Ways to make a sign-in page lead elsewhere; each is what `return_to` decodes to. */
const elsewhere: readonly string[] = [
  'https://evil.example/auth?client_id=x',
  'http://evil.example',
  '//evil.example/auth?client_id=x',
  '///evil.example/auth',
  '/\\evil.example/auth',
  '\\\\evil.example/auth',
  '@evil.example/auth?client_id=x',
  ':80@evil.example/auth',
  '.evil.example/auth?client_id=x',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  '/auth\r\nLocation: https://evil.example/',
  '/auth\r\n?client_id=x',
  '/%0d%0aLocation:%20https://evil.example/auth',
  '\t/auth',
  ' /auth',
  '/auth/../../evil',
  '/auth/..//evil.example/',
  '/./auth',
  '/AUTH',
  '/auth2',
  '/auth/oauth2/token',
  '/users/sign_in?return_to=L2F1dGg',
  '/v1/me',
  '/',
  '?client_id=x',
  '#/auth',
  'auth',
  '',
]

describe('the way back from the sign-in page', () => {
  it.each(elsewhere)('never leads to %j', async (target) => {
    const { mock, mekari } = await playMekari()
    const visitor = newVisitor()
    const url = `${mekari.baseUrl}/users/sign_in?client_id=${mekari.clientId}&return_to=${base64url(target)}`
    const page = await visitor.open(url)
    const [person] = await mock.users.list()
    const token = /mock_oauth_sign_in=([a-z0-9]+)/.exec(page.cookies.join())?.[1] ?? 'none'
    const sent = await visitor.post(url, {
      authenticity_token: token,
      'user[email]': person?.email ?? '',
      'user[password]': 'password',
    })
    for (const answer of [page, sent]) {
      expect([answer.status, answer.location, answer.cookies]).toEqual([400, '', []])
      expect(answer.body).toContain('Start at the authorization endpoint.')
    }
    expect(mock.explain().kind).toBe('return_to_foreign')
  })

  it.each(['', '%', '%FF%FE', '====', 'not base64!', 'L2F1dGg\u0000'])(
    'is refused where return_to is %j',
    async (text) => {
      const { mekari } = await playMekari()
      const page = await newVisitor().open(`${mekari.baseUrl}/users/sign_in?return_to=${encodeURIComponent(text)}`)
      expect([page.status, page.location]).toEqual([400, ''])
    },
  )

  it('is refused where there is no return_to', async () => {
    const { mekari } = await playMekari()
    expect((await newVisitor().open(`${mekari.baseUrl}/users/sign_in`)).status).toBe(400)
  })

  it.each(['/auth?a=b', '/auth/?a=b', '/auth'])('leads to %s, in base64 with and without padding', async (target) => {
    const { mekari } = await playMekari()
    for (const text of [
      base64url(target),
      Buffer.from(target).toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
    ]) {
      const url = `${mekari.baseUrl}/users/sign_in?client_id=x&return_to=${encodeURIComponent(text)}`
      const visitor = newVisitor()
      const back = await visitor.click(await visitor.open(url), '@')
      expect(back.location).toBe(`${mekari.baseUrl}${target}`)
    }
  })

  it('keeps line breaks and other authorities out of the Location header', async () => {
    const { mekari } = await playMekari()
    const target = '/auth?state=a\r\nSet-Cookie: x=y#//evil.example'
    const url = `${mekari.baseUrl}/users/sign_in?return_to=${base64url(target)}`
    const visitor = newVisitor()
    const back = await visitor.click(await visitor.open(url), '@')
    expect(new URL(back.location).origin).toBe(new URL(mekari.baseUrl).origin)
    expect(back.location).toMatch(/^[\x21-\x7e]+$/)
    expect(back.cookies.join()).not.toContain('x=y')
  })
})
