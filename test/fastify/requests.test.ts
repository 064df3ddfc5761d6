import { request as httpRequest } from 'node:http'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { newVisitor } from '../pages/visitor.ts'
import { mounted, refreshOf, tokenPath } from './mounted.ts'

describe('a person at a mock under a prefix', () => {
  it.each(['', '/~checkout'])('signs in, approves and comes to the callback, in the world "%s"', async (world) => {
    const { mock, listen } = await mounted({ consent: 'page' })
    const base = `${await listen()}/oauth${world}/mekari`
    const { clientId, clientSecret, redirectUris, scopes } = mock.provider()
    const scope = scopes.join(' ')
    const asked = `${base}/auth?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope })}`
    const visitor = newVisitor()
    const bounced = await visitor.open(asked)
    expect(bounced.location.startsWith(`${base}/users/sign_in?`)).toBe(true)
    const page = await visitor.open(bounced.location)
    expect(page.cookies.join()).toContain(`; Path=/oauth${world}/mekari/;`)
    expect(page.body).toContain(`action="${base}/users/sign_in`)
    const consent = await visitor.open((await visitor.click(page, '@')).location)
    const { location } = await visitor.click(consent, 'Approve')
    expect(location.startsWith(redirectUris[0] ?? 'nowhere')).toBe(true)
    const code = new URL(location).searchParams.get('code')
    const fields = { client_id: clientId, client_secret: clientSecret, grant_type: 'authorization_code', code, scope }
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${base}/auth/oauth2/token`, { method: 'POST', headers, body: JSON.stringify(fields) })
    const { access_token } = (await answer.json()) as { access_token: string }
    const me = await fetch(`${base}/v1/me`, { headers: { authorization: `Bearer ${access_token}` } })
    expect(me.status).toBe(200)
    // Who has signed in is not asked who it is again.
    expect((await visitor.open(asked)).body).toContain('asks for access')
  })
})

describe('a request to a mock under a prefix', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'])('may be %s', async (method) => {
    const { app, mock, listen } = await mounted()
    const provider = new URL(mock.provider().tokenUrl)
    const own = await mock.handle({ method, url: provider.href, headers: {}, body: '' })
    const allow = own.headers.find(([name]) => name === 'allow')?.[1]
    const init = { method: method as 'GET', url: `/oauth${tokenPath}` }
    const injected = await app.inject(init)
    expect([injected.statusCode, injected.headers.allow, injected.body]).toEqual([own.status, allow, own.body])
    const answer = await fetch(`${await listen()}/oauth${tokenPath}`, { method })
    expect([answer.status, answer.headers.get('allow') ?? undefined, await answer.text()]).toEqual([
      own.status,
      allow,
      own.body,
    ])
  })

  it.each(['/oauth', '/oauth/', '/oauth?x=1', '/oauth/?x=1'])('may be for %s itself', async (url) => {
    const { app } = await mounted()
    expect((await app.inject(url)).statusCode).toBe(404)
    expect((await app.inject(url)).body).toContain('MAG-006')
  })

  it("may name a provider's real host, as a proxy before the app does", async () => {
    const { app, mock } = await mounted({ consent: 'page' })
    const query = `client_id=${mock.provider().clientId}&response_type=code&scope=esign`
    const answer = await app.inject({ url: `/oauth/auth?${query}`, headers: { host: 'account.mekari.com' } })
    expect(answer.headers.location).toMatch(/^https:\/\/account\.mekari\.com\/users\/sign_in\?/)
  })

  it('has a body of at most 1,000,000 bytes, whatever the app allows', async () => {
    const { listen } = await mounted({}, { server: { bodyLimit: 10 } })
    const url = `${await listen()}/oauth${tokenPath}`
    const json = { 'content-type': 'application/json' }
    expect((await fetch(url, { method: 'POST', headers: json, body: `{"x":"${'x'.repeat(999_000)}"}` })).status).toBe(
      400,
    )
    expect((await fetch(url, { method: 'POST', headers: json, body: `{"x":"${'x'.repeat(1_000_000)}"}` })).status).toBe(
      413,
    )
  })
})

describe('an injected request', () => {
  it('is one like any other', async () => {
    const { app, mock } = await mounted()
    const answer = await app.inject({ url: `/oauth${tokenPath}`, ...(await refreshOf(mock)) })
    expect([answer.statusCode, Object.keys(answer.json())[0]]).toEqual([200, 'access_token'])
    expect(mock.requests().at(-1)?.request.url).toBe(mock.provider().tokenUrl)
  })

  it.each(['drop', 'drop after', 'truncate'])('fails where "%s" is armed', async (fault) => {
    const { app, mock } = await mounted()
    mock.faults.arm(`token ${fault}`)
    const init = { url: `/oauth${tokenPath}`, ...(await refreshOf(mock)) }
    await expect(app.inject(init)).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await app.inject({ url: init.url, ...(await refreshOf(mock)) })).statusCode).toBe(200)
  })

  it.each(['delay ms=20', 'slow bytesPerSecond=20000', 'close'])('is answered where "%s" is armed', async (fault) => {
    const { app, mock } = await mounted()
    mock.faults.arm(`token ${fault}`)
    const answer = await app.inject({ url: `/oauth${tokenPath}`, ...(await refreshOf(mock)) })
    expect([answer.statusCode, Object.keys(answer.json())[0]]).toEqual([200, 'access_token'])
  })

  it('that hangs is let go when the world begins anew', async () => {
    const { app, mock } = await mounted()
    mock.faults.arm('token hang')
    const hanging = expect(app.inject({ url: `/oauth${tokenPath}`, ...(await refreshOf(mock)) })).rejects
    const failure = hanging.toMatchObject({ code: 'ECONNRESET' })
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    await mock.reset()
    await failure
  })
})

describe('a fault at a mock under a prefix', () => {
  it('resets the connection', async () => {
    const { mock, listen } = await mounted()
    const url = `${await listen()}/oauth${tokenPath}`
    mock.faults.arm('token drop after')
    const { body, ...init } = await refreshOf(mock)
    const failure = await new Promise<NodeJS.ErrnoException>((resolve, reject) => {
      httpRequest(url, init, async (answer) => reject(new Error(await text(answer))))
        .on('error', resolve)
        .end(body)
    })
    expect(failure.code).toBe('ECONNRESET')
  })
})
