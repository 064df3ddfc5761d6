import { describe, expect, it } from 'vitest'
import { newVisitor, playMekari, type Seen } from './visitor.ts'

/** The facts that an error page lists, by their names. */
const factsOf = ({ body }: Seen) =>
  Object.fromEntries(
    [...body.matchAll(/<dt>(.*?)<\/dt><dd><code>(.*?)<\/code><\/dd>/g)].map(([, name, value]) => [name, value]),
  )

const redirectUris = ['http://localhost:3000/callback', 'https://app.example/oauth']

describe('the error page', () => {
  it('shows which redirect URIs are registered, and how to register the one that came', async () => {
    const { mekari, authorizationUrl } = await playMekari({ client: { redirectUris } })
    const page = await newVisitor().open(authorizationUrl({ redirect_uri: 'http://localhost:5173/cb' }))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(factsOf(page)).toEqual({
      'Error code': 'invalid_request',
      Parameter: 'redirect_uri',
      Received: 'http://localhost:5173/cb',
      Expected: 'http://localhost:3000/callback or https://app.example/oauth',
    })
    expect(page.body).toContain('RFC 9700 §4.1.3')
    expect(page.body).toContain('serve --redirect-uri &#39;http://localhost:5173/cb&#39;')
    expect(page.body).toContain(`PATCH /_mock/clients/${mekari.clientId}`)
  })

  it('writes no command from a redirect URI that would leave its quotes', async () => {
    const { authorizationUrl } = await playMekari()
    const page = await newVisitor().open(authorizationUrl({ redirect_uri: "http://x/';reboot;'" }))
    expect(page.body).toContain('serve --redirect-uri &lt;uri&gt;')
  })

  it('shows which client id came', async () => {
    const { authorizationUrl } = await playMekari()
    const page = await newVisitor().open(authorizationUrl({ client_id: 'nobody' }))
    expect([page.status, page.location]).toEqual([400, ''])
    expect(factsOf(page)).toMatchObject({
      Parameter: 'client_id',
      Received: 'nobody',
      Expected: 'a registered client id',
    })
    expect(page.body).toContain('Use the client id that serve printed or mock.provider() gives, or register one:')
  })

  it('says what is missing', async () => {
    const { authorizationUrl } = await playMekari()
    const page = await newVisitor().open(authorizationUrl({ client_id: '' }))
    expect(page.status).toBe(400)
    expect(factsOf(page)).toMatchObject({ Parameter: 'client_id' })
  })

  it('names the journal entry that tells more', async () => {
    const { mock, authorizationUrl } = await playMekari()
    const page = await newVisitor().open(authorizationUrl({ client_id: 'nobody' }))
    const id = /mock-oauth explain (r\d+)/.exec(page.body)?.[1]
    expect(mock.explain(id)).toMatchObject({ kind: 'client_unknown', came: 'nobody' })
  })

  it('is no answer where the redirect URI can be trusted: the client hears of it', async () => {
    const { authorizationUrl } = await playMekari()
    const { status, location } = await newVisitor().open(authorizationUrl({ scope: 'unknown', state: 's' }))
    expect(status).toBe(302)
    expect(location).toMatch(/^http:\/\/localhost:3000\/callback\?error=invalid_scope&error_description=.+&state=s$/)
  })
})
