import { createMockOAuth, type MockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mistake, says, serve } from './serve.ts'

const application = {
  companyName: 'Ledgerly',
  companyWebsite: 'https://ledgerly.example',
  companyAddress: '1 Main Street, Springfield',
  companyDescription: 'Bookkeeping for small companies',
  product: 'A ledger that fills itself',
  intendedUse: 'Reads accounts and transactions once an hour',
}
const setup = {
  redirectUri: 'https://ledgerly.example/callback',
  testRedirectUris: ['http://localhost:8080/callback', 'https://test.ledgerly.example/callback'],
  termsOfService: 'https://ledgerly.example/terms',
  privacyPolicy: 'https://ledgerly.example/privacy',
  logo: 'https://ledgerly.example/logo.svg',
  gpgPublicKey: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nmDMEZ…\n-----END PGP PUBLIC KEY BLOCK-----',
}
const next = {
  redirectUri: 'redirect URI of the production client',
  testRedirectUris: 'redirect URIs for development or testing, if any',
  termsOfService: 'terms of service',
  privacyPolicy: 'privacy policy',
  logo: 'logo',
  gpgPublicKey: 'GPG public key, for sending the credentials',
}

async function openMercury(): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: ['mercury'], consent: 'approve' })
  onTestFinished(() => mock.close())
  return mock
}

const approved = async ({ applications }: MockOAuth) => {
  const { id } = await applications.submit({ answers: application })
  await applications.review(id, { decision: 'approve' })
  return id
}

const without = <T extends object>(whole: T, name: keyof T) =>
  Object.fromEntries(Object.entries(whole).filter(([one]) => one !== name))

/** Whether an authorization request of the client is taken. */
async function mayAuthorize(mock: MockOAuth, client_id: string, environment: string): Promise<boolean> {
  const { authorizeUrl } = mock.provider(environment)
  const query = new URLSearchParams({ client_id, response_type: 'code', scope: 'read', state: 'state-12' })
  return (await mock.authorize(`${authorizeUrl}?${query}`)).redirectTo?.includes('?code=') ?? false
}

describe('an application for access', () => {
  it('is submitted, approved, set up, and brings credentials for production and the sandbox', async () => {
    const mock = await openMercury()
    const submitted = await mock.applications.submit({ answers: application })
    expect(submitted).toEqual({
      id: expect.stringMatching(/^application_[\da-f]{16}$/),
      environment: 'mercury',
      status: 'submitted',
      answers: application,
      asks: {},
    })
    const { id } = submitted
    expect(await mock.applications.review(id, { decision: 'approve' })).toMatchObject({
      status: 'approved',
      asks: next,
    })
    const done = await mock.applications.setUp(id, setup)
    expect(done).toMatchObject({ status: 'set_up', setup, encrypted: false, asks: {} })
    expect(Object.keys(done.credentials)).toEqual(['mercury', 'mercury:sandbox'])
    const [live, test] = [done.credentials.mercury, done.credentials['mercury:sandbox']]
    expect(await mock.clients.find(live?.clientId ?? '')).toMatchObject({
      environment: 'mercury',
      secret: live?.clientSecret,
      name: 'Ledgerly',
      redirectUris: [setup.redirectUri],
      status: 'active',
    })
    expect(await mock.clients.find(test?.clientId ?? '')).toMatchObject({
      environment: 'mercury:sandbox',
      secret: test?.clientSecret,
      redirectUris: setup.testRedirectUris,
    })
    expect(await mayAuthorize(mock, live?.clientId ?? '', 'mercury')).toBe(true)
    expect(await mayAuthorize(mock, live?.clientId ?? '', 'mercury:sandbox')).toBe(false)
    expect(await mayAuthorize(mock, test?.clientId ?? '', 'mercury')).toBe(false)
  })

  it.each(Object.keys(application))('says when %s is missing', async (name) => {
    const { applications } = await openMercury()
    const answers = without(application, name as keyof typeof application)
    await expect(applications.submit({ answers })).rejects.toMatchObject({
      code: 'invalid_application',
      message: expect.stringMatching(new RegExp(`missing: ${name} \\([^,]+\\)\\.$`)),
    })
    expect(await applications.list()).toEqual([])
  })

  it.each(Object.keys(setup).filter((name) => name !== 'testRedirectUris'))(
    'says in the set-up when %s is missing',
    async (name) => {
      const mock = await openMercury()
      const id = await approved(mock)
      const answers = without(setup, name as keyof typeof setup)
      await expect(mock.applications.setUp(id, answers)).rejects.toThrow(`missing: ${name} (`)
      expect(await mock.applications.find(id)).toMatchObject({ status: 'approved' })
    },
  )

  it('needs no redirect URIs for tests: the test client then has that of production', async () => {
    const mock = await openMercury()
    const { credentials } = await mock.applications.setUp(await approved(mock), without(setup, 'testRedirectUris'))
    const { redirectUris } = await mock.clients.find(credentials['mercury:sandbox']?.clientId ?? '')
    expect(redirectUris).toEqual([setup.redirectUri])
  })

  it.each([
    [{ companyWebsite: 'ledgerly' }, 'companyWebsite should be a link, https://…'],
    [{ companyName: ' ' }, 'companyName should be a name'],
    [{ product: ['a', 'b'] }, 'product should be some text'],
    [{ budget: '1' }, 'not asked for: budget'],
  ])('is not taken with %j', async (wrong, because) => {
    const { applications } = await openMercury()
    await expect(applications.submit({ answers: { ...application, ...wrong } })).rejects.toThrow(because)
  })

  it.each([
    [{ gpgPublicKey: 'my key' }, 'gpgPublicKey should be an armored key'],
    [{ redirectUri: '/callback' }, 'redirectUri should be an absolute URI'],
    [{ testRedirectUris: 'http://localhost/' }, 'testRedirectUris should be a list of absolute URIs'],
    [{ logo: 'file:///logo.png' }, 'logo should be a link'],
  ])('is not set up with %j', async (wrong, because) => {
    const mock = await openMercury()
    await expect(mock.applications.setUp(await approved(mock), { ...setup, ...wrong })).rejects.toThrow(because)
  })

  it('makes no client at all where one of its redirect URIs cannot be registered', async () => {
    const mock = await openMercury()
    const id = await approved(mock)
    const wrong = { ...setup, testRedirectUris: ['javascript:alert(1)'] }
    const before = await mock.clients.list()
    await expect(mock.applications.setUp(id, wrong)).rejects.toMatchObject({ code: 'invalid_client' })
    expect(await mock.clients.list()).toEqual(before)
    expect((await mock.applications.setUp(id, setup)).status).toBe('set_up')
  })

  it('may have to tell more, and is then reviewed again', async () => {
    const { applications } = await openMercury()
    const { id } = await applications.submit({ answers: application })
    const asked = await applications.review(id, { decision: 'ask', note: 'Who is your auditor?' })
    expect(asked).toMatchObject({ status: 'information_requested', note: 'Who is your auditor?' })
    expect(Object.keys(asked.asks)).toEqual(Object.keys(application))
    const more = { intendedUse: 'Reads accounts; audited by Check & Co.' }
    expect(await applications.complete(id, more)).toMatchObject({
      status: 'submitted',
      answers: { ...application, ...more },
    })
    expect((await applications.review(id, { decision: 'reject', note: 'No.' })).status).toBe('rejected')
  })

  it('says what comes next when something else is tried', async () => {
    const mock = await openMercury()
    const { applications } = mock
    const { id } = await applications.submit({ answers: application })
    const tooEarly = {
      code: 'application_not_ready',
      message: expect.stringContaining(`/_mock/applications/${id}/review`),
    }
    await expect(applications.setUp(id, setup)).rejects.toMatchObject(tooEarly)
    await expect(applications.complete(id, {})).rejects.toMatchObject(tooEarly)
    await applications.review(id, { decision: 'approve' })
    await expect(applications.review(id, { decision: 'reject' })).rejects.toThrow(`/_mock/applications/${id}/setup`)
    await applications.setUp(id, setup)
    await expect(applications.setUp(id, setup)).rejects.toThrow('is set_up. Its clients are made')
    const rejected = await applications.submit({ answers: application })
    await applications.review(rejected.id, { decision: 'reject' })
    await expect(applications.review(rejected.id, { decision: 'approve' })).rejects.toThrow('Submit another one')
    await expect(applications.find('x')).rejects.toMatchObject({ code: 'unknown_application' })
  })

  it('is set up once, however many set it up at once', async () => {
    const mock = await openMercury()
    const id = await approved(mock)
    const before = (await mock.clients.list()).length
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => mock.applications.setUp(id, setup)))
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((await mock.clients.list()).length).toBe(before + 2)
  })

  it('is forgotten by a reset', async () => {
    const mock = await openMercury()
    await mock.applications.submit({ answers: application })
    await mock.reset()
    expect(await mock.applications.list()).toEqual([])
  })

  it('is for providers that have a form; others say how they give credentials', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    await expect(mock.applications.submit({ answers: {} })).rejects.toThrow('Ask the customer support')
  })

  it('goes its way over HTTP too, and says there what is missing', async () => {
    const { control } = await serve({ providers: ['mercury'] })
    expect(await control('POST /applications', { answers: { companyName: 'Ledgerly' } })).toEqual(
      mistake(400, 'invalid_application', says('companyAddress', 'intendedUse')),
    )
    const { status, body } = await control('POST /applications', { answers: application })
    expect([status, body]).toEqual([201, expect.objectContaining({ status: 'submitted' })])
    const path = `/applications/${(body as { id: string }).id}`
    expect((await control(`POST ${path}/setup`, { answers: setup })).status).toBe(409)
    await control(`POST ${path}/review`, { decision: 'ask' })
    expect((await control(`POST ${path}`, { answers: {} })).body).toMatchObject({ status: 'submitted' })
    expect((await control(`POST ${path}/review`, { decision: 'maybe' })).status).toBe(400)
    expect((await control(`POST ${path}/review`, { decision: 'approve' })).body).toMatchObject({ asks: next })
    const done = await control(`POST ${path}/setup`, { answers: setup })
    expect(done).toMatchObject({ status: 200, body: { encrypted: false, credentials: { mercury: {} } } })
    expect((await control(`GET ${path}`)).body).not.toHaveProperty('credentials')
    expect((await control('GET /applications')).body).toHaveLength(1)
    expect(await control('GET /applications/x')).toEqual(mistake(404, 'unknown_application'))
  })
})

describe('a client that is registered in one step', () => {
  it('gets nothing while it is pending, as if it did not exist', async () => {
    const mock = await openMercury()
    const { id } = await mock.clients.register({ provider: 'mercury', status: 'pending' })
    expect(await mayAuthorize(mock, id, 'mercury')).toBe(false)
    expect(mock.explain().kind).toBe('client_inactive')
    await mock.clients.change(id, { status: 'active' })
    expect(await mayAuthorize(mock, id, 'mercury')).toBe(true)
  })
})
