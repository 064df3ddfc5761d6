import type { MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { formsOf, newVisitor, play, type Seen, type Visitor } from './visitor.ts'

interface Device {
  device_code: string
  user_code: string
  verification_uri: string
  verification_uri_complete: string
}

/** The standard provider on a port, with a device that waits. */
async function plug(options: Partial<MockOAuthOptions> = {}) {
  const { mock, played } = await play('standard', options)
  const { deviceAuthorizationUrl = '', tokenUrl, clientId: client_id, clientSecret: client_secret = '' } = played
  const post = (url: string, fields: Readonly<Record<string, string>>) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ client_id, client_secret, ...fields }) })
  const ask = async (fields: Readonly<Record<string, string>> = {}) =>
    (await (await post(deviceAuthorizationUrl, fields)).json()) as Device
  const poll = async ({ device_code }: Device) => {
    const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'
    const answer = (await (await post(tokenUrl, { grant_type, device_code })).json()) as Record<string, string>
    return answer.error ?? answer.scope
  }
  const device = await ask({ scope: 'openid email' })
  return { mock, played, ask, poll, device }
}

const alertOf = ({ body }: Seen) => /<p role="alert" id="failure">(.*?)<\/p>/.exec(body)?.[1]
const headingOf = ({ body }: Seen) => /<h1>(.*?)<\/h1>/.exec(body)?.[1]
/** What a browser does with the form where the code is entered. */
const enter = (visitor: Visitor, { body }: Seen, user_code: string) => {
  const [, action = ''] = /<form method="get" action="([^"]*)">/.exec(body) ?? []
  return visitor.open(`${action}?${new URLSearchParams({ user_code })}`)
}

const unknown = 'No device waits with this code. Compare it with the device, or let the device show a new one.'
const used = 'This code has been answered already. Let the device show a new one.'

describe('the page for a device', () => {
  it('lets a person sign in, enter the code, compare it, and approve; the rest happens at the device', async () => {
    const { mock, poll, device } = await plug({ client: { name: 'Living Room' } })
    const visitor = newVisitor()
    const entry = await visitor.signIn(device.verification_uri)
    expect([entry.status, headingOf(entry), alertOf(entry)]).toEqual([200, 'Connect a device', undefined])
    const consent = await enter(visitor, entry, device.user_code)
    expect(headingOf(consent)).toBe('<bdi>Living Room</bdi> asks for access to your Standard account')
    const [person] = await mock.users.list()
    for (const text of [person?.name, person?.email]) expect(consent.body).toContain(`>${text}</span>`)
    expect(consent.body).toContain(`<p class="user-code"><code>${device.user_code}</code></p>`)
    expect([...consent.body.matchAll(/<li>(.*?)<\/li>/g)].map(([, item]) => item)).toEqual([
      '<span lang="en">Know who you are</span> <code>openid</code>',
      '<span lang="en">See your e-mail address</span> <code>email</code>',
    ])
    expect(await poll(device)).toBe('authorization_pending')
    const done = await visitor.click(consent, 'Approve')
    expect([done.status, headingOf(done)]).toEqual([200, 'The device is connected'])
    expect(done.body).toContain('You can close this page and go back to your device.')
    expect(await poll(device)).toBe('openid email')
  })

  it.each([
    ['in small letters without the dash', (code: string) => code.toLowerCase().replace('-', '')],
    ['with spaces', (code: string) => ` ${code.replace('-', ' ').split('').join(' ')} `],
    ['with another dash', (code: string) => code.replace('-', '–')],
  ])('takes the code %s', async (_, typed) => {
    const { device } = await plug()
    const visitor = newVisitor()
    const consent = await enter(visitor, await visitor.signIn(device.verification_uri), typed(device.user_code))
    expect(headingOf(await visitor.click(consent, 'Approve'))).toBe('The device is connected')
  })

  it('keeps the code of the URL while the person signs in, and shows it to be compared', async () => {
    const { device, poll } = await plug()
    const visitor = newVisitor()
    const consent = await visitor.signIn(device.verification_uri_complete)
    expect(consent.body).toContain(`<code>${device.user_code}</code>`)
    expect(consent.body).toContain('If somebody else sent you the code or the link, deny.')
    expect(headingOf(await visitor.click(consent, 'Deny'))).toBe('The device was not connected')
    expect(await poll(device)).toBe('access_denied')
  })

  it('says of a wrong code, one that ran out and one that is answered what it is, and keeps what was typed', async () => {
    const { mock, ask, device } = await plug()
    const visitor = newVisitor()
    const entry = await visitor.signIn(device.verification_uri)
    const wrong = await enter(visitor, entry, 'WRNG-CODE')
    expect([wrong.status, alertOf(wrong)]).toEqual([200, unknown])
    expect(wrong.body).toContain('value="WRNG-CODE"')
    expect(mock.explain()).toMatchObject({ kind: 'user_code_unknown', parameter: 'user_code', came: 'WRNG-CODE' })
    await mock.authorize(device.verification_uri_complete)
    expect(alertOf(await enter(visitor, entry, device.user_code))).toBe(used)
    expect(mock.explain()).toMatchObject({ kind: 'user_code_used', came: device.user_code })
    const late = await ask()
    const open = await enter(visitor, entry, late.user_code)
    await mock.clock.advance('30m')
    expect(alertOf(await enter(visitor, entry, late.user_code))).toBe(unknown)
    expect(await visitor.click(open, 'Approve')).toMatchObject({ status: 400 })
    expect((await mock.grants.list()).length).toBe(1)
  })

  it('shows a code of the URL as text', async () => {
    const { device } = await plug()
    for (const hostile of ['"><script>alert(1)</script>', "'><svg/onload=alert(1)>", '"onfocus="alert(1)']) {
      const url = `${device.verification_uri}?${new URLSearchParams({ user_code: hostile })}`
      const shown = await newVisitor().signIn(url)
      expect(alertOf(shown)).toBe(unknown)
      const escaped = hostile.replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
      expect(shown.body).toContain(`value="${escaped.replaceAll("'", '&#39;')}"`)
    }
  })

  it('counts one answer of two browsers', async () => {
    const { mock, device, poll } = await plug()
    const [one, other] = [newVisitor(), newVisitor()]
    const pages = [
      await one.signIn(device.verification_uri_complete),
      await other.signIn(device.verification_uri_complete),
    ]
    const answers = await Promise.all([one.click(pages[0] as Seen, 'Approve'), other.click(pages[1] as Seen, 'Deny')])
    expect(answers.map(alertOf).filter((alert) => alert === used)).toHaveLength(1)
    const isApproved = answers.some((page) => headingOf(page) === 'The device is connected')
    expect(await poll(device)).toBe(isApproved ? 'openid email' : 'access_denied')
    expect(await mock.grants.list()).toHaveLength(isApproved ? 1 : 0)
  })

  it('counts an answer once, in the browser that it was shown to, for its own code', async () => {
    const { mock, ask, device, poll } = await plug()
    const [victim, attacker] = [newVisitor(), newVisitor()]
    const own = await attacker.signIn(device.verification_uri_complete)
    await victim.signIn(device.verification_uri)
    const [form] = formsOf(own)
    const approve = { ...form?.fields, decision: 'approve' }
    const url = form?.action ?? ''
    for (const fields of [approve, { decision: 'approve' }, { consent: 'x', decision: 'approve' }]) {
      expect((await victim.post(url, fields)).status).toBeGreaterThanOrEqual(400)
    }
    expect((await newVisitor().post(url, approve)).status).toBe(400)
    const other = await ask()
    const again = formsOf(await attacker.open(device.verification_uri_complete))[0]?.fields
    expect((await attacker.post(other.verification_uri_complete, { ...again, decision: 'approve' })).status).toBe(400)
    expect([await poll(device), await poll(other)]).toEqual(['authorization_pending', 'authorization_pending'])
    const page = await attacker.open(device.verification_uri_complete)
    expect((await attacker.click(page, 'Approve')).status).toBe(200)
    expect((await attacker.click(page, 'Approve')).status).toBe(400)
    expect(mock.explain().kind).toBe('consent_expired')
  })

  it('lets the person use another account, and comes back with the code', async () => {
    const { mock, device } = await plug()
    const [, second] = await mock.users.list()
    const visitor = newVisitor()
    const bounced = await visitor.click(await visitor.signIn(device.verification_uri_complete), 'Use another account')
    const back = await visitor.click(await visitor.open(bounced.location), second?.email ?? '')
    expect(back.location).toBe(device.verification_uri_complete)
    await visitor.click(await visitor.open(back.location), 'Approve')
    expect(await mock.grants.list()).toMatchObject([{ userId: second?.id }])
  })

  it('has nothing to approve for a client that is suspended or gone', async () => {
    const { mock, played, device } = await plug()
    const visitor = newVisitor()
    const open = await visitor.signIn(device.verification_uri_complete)
    await mock.clients.change(played.clientId, { status: 'suspended' })
    expect((await visitor.click(open, 'Approve')).status).toBe(400)
    expect(mock.explain().kind).toBe('client_inactive')
    await mock.clients.remove(played.clientId)
    expect(alertOf(await visitor.open(device.verification_uri_complete))).toBe(unknown)
  })

  it('is safe as the other pages are', async () => {
    const { device } = await plug()
    const visitor = newVisitor()
    const entry = await visitor.signIn(device.verification_uri)
    const consent = await enter(visitor, entry, device.user_code)
    for (const page of [entry, await enter(visitor, entry, 'x'), consent, await visitor.click(consent, 'Deny')]) {
      expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'; style-src 'nonce-\w{22}'; img/)
      expect(page.headers.get('cache-control')).toBe('no-store')
      expect(page.body.match(/<h1[ >]/g)).toHaveLength(1)
      const shown = [...page.body.matchAll(/<input id="([^"]+)"/g)].map(([, id]) => id)
      expect([...page.body.matchAll(/<label for="([^"]+)"/g)].map(([, id]) => id)).toEqual(shown)
    }
  })
})
