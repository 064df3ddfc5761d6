import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor, type Seen } from '../pages/visitor.ts'
import { playByTheBook } from './person.ts'

const markup = `"><script>alert('state')</script>&amp;`

/** What a page's one form posts, and where. */
const postedBy = (page: Seen) => {
  const forms = formsOf(page).map(({ action, fields }) => ({ action, fields }))
  expect(forms).toHaveLength(1)
  return forms[0]
}

describe('response_mode=form_post', () => {
  it('answers a page whose form posts code, state and iss to the client', async () => {
    const { played, redirectUri, authorizationUrl, redeem } = await playByTheBook()
    const visitor = newVisitor()
    const consent = await visitor.signIn(authorizationUrl({ response_mode: 'form_post', state: 's' }))
    const page = await visitor.click(consent, 'Approve')
    expect([page.status, page.location]).toEqual([200, ''])
    const posted = postedBy(page)
    expect(posted).toEqual({
      action: redirectUri,
      fields: { code: expect.any(String), state: 's', iss: played.issuer },
    })
    const query = new URLSearchParams(posted?.fields)
    expect(await redeem(`${redirectUri}?${query}`)).toHaveProperty('access_token')
  })

  it('escapes what came with the request', async () => {
    const { authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const consent = await visitor.signIn(authorizationUrl({ response_mode: 'form_post', state: markup }))
    const page = await visitor.click(consent, 'Approve')
    expect(postedBy(page)?.fields.state).toBe(markup)
    expect(page.body).not.toContain('<script>')
    expect(page.body.match(/<script/g)).toHaveLength(1)
  })

  it('lets that page run its own script and nothing else', async () => {
    const { authorizationUrl } = await playByTheBook({ consent: 'approve' })
    const pages = [await newVisitor().open(authorizationUrl({ response_mode: 'form_post' }))]
    pages.push(await newVisitor().open(authorizationUrl({ response_mode: 'form_post' })))
    const nonces = pages.map(({ body, headers }) => {
      const [, nonce = ''] =
        /<script nonce="([A-Za-z0-9]{22})">document\.forms\[0\]\.submit\(\)<\/script>/.exec(body) ?? []
      expect(headers.get('content-security-policy')).toBe(
        `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; img-src data:; base-uri 'none'; frame-ancestors 'none'`,
      )
      expect(headers.get('cache-control')).toBe('no-store')
      return nonce
    })
    expect(new Set(nonces).size).toBe(2)
  })

  it.each([
    ['access_denied', {}],
    ['login_required', { prompt: 'none' }],
    ['invalid_request', { prompt: 'none login' }],
    ['invalid_scope', { scope: 'openid moon' }],
  ])('answers errors in the same way: %s', async (error, more) => {
    const { played, redirectUri, authorizationUrl } = await playByTheBook()
    const visitor = newVisitor()
    const url = authorizationUrl({ response_mode: 'form_post', state: 's', ...more })
    const page =
      error === 'access_denied' ? await visitor.click(await visitor.signIn(url), 'Deny') : await visitor.open(url)
    expect(postedBy(page)).toMatchObject({ action: redirectUri, fields: { error, state: 's', iss: played.issuer } })
  })

  it('says what cannot go to a client on the error page, as ever', async () => {
    const { authorizationUrl } = await playByTheBook()
    const url = authorizationUrl({ response_mode: 'form_post', redirect_uri: 'https://evil.example/' })
    const page = await newVisitor().open(url)
    expect([page.status, formsOf(page)]).toEqual([400, []])
  })

  it('works for a request that was pushed', async () => {
    const { redirectUri, push } = await playByTheBook({ consent: 'approve' })
    expect(postedBy(await newVisitor().open(await push({ response_mode: 'form_post' })))?.action).toBe(redirectUri)
  })
})

describe('a response mode', () => {
  it.each(['fragment', 'web_message', 'FORM_POST'])('that is not offered is invalid_request: %s', async (mode) => {
    const { mock, authorizationUrl } = await playByTheBook()
    const { location } = await newVisitor().open(authorizationUrl({ response_mode: mode, state: 's' }))
    const answer = Object.fromEntries(new URL(location).searchParams)
    expect(answer).toMatchObject({ error: 'invalid_request', state: 's' })
    expect(mock.explain()).toMatchObject({ parameter: 'response_mode', expected: 'query or form_post', came: mode })
  })

  it('of query is what comes without one', async () => {
    const { redirectUri, authorizationUrl } = await playByTheBook({ consent: 'approve' })
    for (const more of [{}, { response_mode: 'query' }]) {
      const { status, location } = await newVisitor().open(authorizationUrl(more))
      expect([status, location.startsWith(`${redirectUri}?code=`)]).toEqual([303, true])
    }
  })
})

describe('a browser that is played', () => {
  const asking = { response_mode: 'form_post', state: markup }

  it('tells what would be posted to the client, and where', async () => {
    const { mock, server, redirectUri, authorizationUrl, redeem } = await playByTheBook()
    const play = async (body: object) => {
      const headers = { 'content-type': 'application/json' }
      return (
        await fetch(`${server.url}/_mock/authorize`, { method: 'POST', headers, body: JSON.stringify(body) })
      ).json()
    }
    const url = authorizationUrl(asking)
    const { formPost, ...rest } = await play({ url })
    expect([formPost.url, formPost.fields.state, rest]).toEqual([redirectUri, markup, {}])
    expect(await redeem(`${redirectUri}?code=${formPost.fields.code}`)).toHaveProperty('id_token')
    expect(await play({ url, decision: 'deny' })).toMatchObject({
      formPost: { url: redirectUri, fields: { error: 'access_denied', state: markup } },
    })
    const embedded = await mock.authorize(url)
    expect(embedded.formPost?.fields).toHaveProperty('code')
    expect(embedded.redirectTo ?? embedded.errorPage).toBeUndefined()
  })

  it('grants no scope beyond those of a request that was pushed', async () => {
    const { mock, push } = await playByTheBook()
    const url = await push({ scope: 'openid' })
    await expect(mock.authorize(url, { scope: 'email' })).rejects.toMatchObject({ code: 'invalid_scope' })
    expect(await mock.authorize(url, { scope: 'openid' })).toHaveProperty('redirectTo')
  })

  it('leaves the code in the journal, where it is shown without', async () => {
    const { mock, server, authorizationUrl } = await playByTheBook()
    const { formPost } = await mock.authorize(authorizationUrl({ ...asking, state: 'plain' }))
    const { code = '' } = formPost?.fields ?? {}
    expect(mock.requests().at(-1)?.posted?.fields.code).toBe(code)
    const shown = await (await fetch(`${server.url}/_mock/requests`)).json()
    expect(shown.at(-1).posted.fields).toMatchObject({
      code: expect.stringMatching(`^${code.slice(0, 4)}…`),
      state: 'plain',
    })
    expect(JSON.stringify(shown)).not.toContain(code)
  })
})
