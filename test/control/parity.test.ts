import { createMockOAuth, type MockOAuth } from 'mock-oauth'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { redact } from '../../src/engine/redact.ts'
import { receive } from '../webhooks/receiver.ts'
import { serve } from './serve.ts'

// RSA keys may take a second each.
vi.setConfig({ testTimeout: 120_000 })

/** A call of the control API, and the method that does the same to a mock of the same seed. */
interface Pair {
  readonly route: string
  readonly body: unknown
  /** The `{id}` of the route, as the mock knows it before the call. */
  readonly id: (mock: MockOAuth) => Promise<string> | string
  readonly query: string
  readonly method: (mock: MockOAuth, id: string) => unknown
  /** What the documentation says is otherwise: of the answer over HTTP, what is compared. */
  readonly compared: (answer: unknown) => unknown
}

interface More<Body> {
  body?: Body
  id?: Pair['id']
  query?: string
  compared?: Pair['compared']
}
function pair<Body>(
  route: string,
  method: (mock: MockOAuth, given: { id: string; body: Body }) => unknown,
  { body, id = () => '', query = '', compared = (answer) => answer }: More<Body> = {},
): Pair {
  return { route, body, id, query, compared, method: (mock, one) => method(mock, { id: one, body: body as Body }) }
}

const providers = ['mercury', 'mercado-pago@2024']
const [provider = '', notifying = ''] = providers

/** Absolute URLs without what stands before the provider's own path: the one thing that a server writes in its own way. */
const withoutBase = (answer: unknown): unknown =>
  JSON.parse(JSON.stringify(answer).replace(/"http:\/\/127\.0\.0\.1:\d+\/[^/"]+|"https:\/\/[^/"]+/g, '"'))

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
  termsOfService: 'https://ledgerly.example/terms',
  privacyPolicy: 'https://ledgerly.example/privacy',
  logo: 'https://ledgerly.example/logo.svg',
  gpgPublicKey: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
}
const firstApplication = async (mock: MockOAuth) => (await mock.applications.list())[0]?.id ?? ''
const lastGrant = async (mock: MockOAuth) => (await mock.grants.list()).at(-1)?.id ?? ''
const lastFault = (mock: MockOAuth) => mock.faults.list().at(-1)?.id ?? ''
const authorizationUrl = (mock: MockOAuth) => {
  const { authorizeUrl, clientId } = mock.provider(provider)
  return `${authorizeUrl}?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'read', state: 'state-12' })}`
}

/** Every route of the document, in an order that makes sense; what follows builds on what was done before. */
const pairs = (receiver: string): readonly Pair[] => [
  pair('POST /clock', ({ clock }, { body }) => clock.move(body), {
    body: { set: '2026-01-31T12:00:00Z', advance: '61m', freeze: true },
  }),
  pair('GET /clock', ({ clock }) => clock.read()),
  pair('GET /providers', (mock) => withoutBase(mock.providers()), {
    // A mock in the same process has its client once more, on its own.
    compared: (answer) => {
      const whole = Object.entries(withoutBase(answer) as Record<string, Record<string, unknown>>).map(([key, one]) => {
        const { clientId, clientSecret, redirectUris, scopes } = one
        return [key, { ...one, client: { clientId, clientSecret, redirectUris, scopes } }]
      })
      return Object.fromEntries(whole)
    },
  }),
  pair('GET /providers/{id}', (mock, { id }) => mock.evidence(id), {
    id: () => provider,
    compared: (answer) => {
      const { name, docs, evidence } = answer as Record<string, unknown>
      return { name, docs, evidence }
    },
  }),
  pair('PATCH /providers/{id}', (mock, { id, body }) => mock.rotations.set(body.rotation, id), {
    id: () => provider,
    body: { rotation: 'grace:30' as const },
    compared: () => undefined,
  }),
  pair('POST /clients', ({ clients }, { body }) => clients.register(body), {
    body: { provider: notifying, id: 'shop', webhooks: { url: receiver, secret: 'signed by this' } },
  }),
  pair('GET /clients', ({ clients }) => clients.list(notifying), { query: `?provider=${notifying}` }),
  pair('GET /clients/{id}', ({ clients }, { id }) => clients.find(id, notifying), {
    id: () => 'shop',
    query: `?provider=${notifying}`,
  }),
  pair('PATCH /clients/{id}', ({ clients }, { id, body }) => clients.change(id, body), {
    id: () => 'shop',
    body: { name: 'The shop' },
  }),
  pair('POST /users', ({ users }, { body }) => users.add(body), { body: { email: 'ada@example.com' } }),
  pair('GET /users', ({ users }) => users.list()),
  pair('GET /users/{id}', ({ users }, { id }) => users.find(id), { id: () => 'ada@example.com' }),
  pair('PATCH /users/{id}', ({ users }, { id, body }) => users.change(id, body), {
    id: () => 'ada@example.com',
    body: { name: 'Ada' },
  }),
  pair('POST /applications', ({ applications }, { body }) => applications.submit(body), {
    body: { provider, answers: application },
  }),
  pair('GET /applications', ({ applications }) => applications.list()),
  pair('GET /applications/{id}', ({ applications }, { id }) => applications.find(id), { id: firstApplication }),
  pair('POST /applications/{id}/review', ({ applications }, { id, body }) => applications.review(id, body), {
    id: firstApplication,
    body: { decision: 'ask' as const, note: 'What does it do?' },
  }),
  pair('POST /applications/{id}', ({ applications }, { id, body }) => applications.complete(id, body.answers), {
    id: firstApplication,
    body: { answers: application },
  }),
  pair('POST /applications/{id}/review', ({ applications }, { id, body }) => applications.review(id, body), {
    id: firstApplication,
    body: { decision: 'approve' as const },
  }),
  pair('POST /applications/{id}/setup', ({ applications }, { id, body }) => applications.setUp(id, body.answers), {
    id: firstApplication,
    body: { answers: setup },
  }),
  pair('POST /tokens', (mock, { body }) => mock.mint(body), {
    body: { provider: notifying, client: 'shop', user: 'ada@example.com', accessTokenLifetime: '5m' },
  }),
  pair('GET /grants', ({ grants }) => grants.list()),
  pair('GET /grants/{id}', ({ grants }, { id }) => grants.find(id), { id: lastGrant }),
  pair('POST /grants/{id}/revoke', ({ grants }, { id, body }) => grants.revoke(id, body.by), {
    id: lastGrant,
    body: { by: 'user' as const },
  }),
  pair('POST /webhooks/test', ({ webhooks }, { body }) => webhooks.test(body), {
    body: { provider: notifying, client: 'shop' },
  }),
  pair('POST /webhooks/{id}/redeliver', ({ webhooks }, { id }) => webhooks.redeliver(id), { id: () => 'w1' }),
  pair('GET /webhooks/{id}/explain', ({ webhooks }, { id }) => webhooks.explain(id), { id: () => 'w1' }),
  pair('GET /webhooks', ({ webhooks }) => webhooks.list({ client: 'shop' }), { query: '?client=shop' }),
  pair('POST /keys/rotate', ({ keys }, { body }) => keys.rotate(body), { body: { provider } }),
  pair('GET /keys', ({ keys }) => keys.list(provider), { query: `?provider=${provider}` }),
  pair('POST /faults', ({ faults }, { body }) => faults.arm(body.fault), { body: { fault: 'api hold count=2' } }),
  pair('POST /faults/{id}/release', ({ faults }, { id }) => faults.release(id), { id: lastFault }),
  pair('GET /faults', ({ faults }) => faults.list()),
  pair('DELETE /faults/{id}', ({ faults }, { id }) => faults.remove(id), { id: lastFault }),
  pair('POST /authorize', (mock) => mock.authorize(authorizationUrl(mock), { decision: 'deny' }), {
    body: (mock: MockOAuth) => ({ url: authorizationUrl(mock), decision: 'deny' }),
  }),
  // Raw within the process, where a test compares octets; shown without secrets.
  pair('GET /requests', (mock) => mock.requests({ provider }).map(redact), { query: `?provider=${provider}` }),
  pair('GET /requests/{id}/explain', (mock) => mock.explain(), { id: () => 'last' }),
  pair('GET /worlds', ({ worlds }) => worlds.list().map(({ name }) => name), {
    // Real time, and how many calls each has had.
    compared: (answer) => (answer as { name: string }[]).map(({ name }) => name),
  }),
  pair('GET /snapshot', (mock) => mock.snapshot()),
  pair('PUT /snapshot', async (mock) => mock.restore(await mock.snapshot()), {
    body: (mock: MockOAuth) => mock.snapshot(),
  }),
  pair('DELETE /clients/{id}', ({ clients }, { id }) => clients.remove(id), { id: () => 'shop' }),
  pair('DELETE /users/{id}', ({ users }, { id }) => users.remove(id), { id: () => 'ada@example.com' }),
  pair('DELETE /worlds/{id}', ({ worlds }, { id }) => worlds.remove(id), {
    id: async (mock) => (await mock.world('beside')).name,
  }),
  pair('POST /reset', (mock, { body }) => mock.reset(body.seed), { body: { seed: 'another' } }),
]

/** Those that have no answer to compare. */
const apart: Readonly<Record<string, (mock: MockOAuth) => unknown>> = {
  // There is a mock once createMockOAuth() has brought it.
  'GET /health': () => createMockOAuth,
  // Two listeners: exchanges, raw, and webhooks.
  'GET /events': ({ onExchange, webhooks }) => [onExchange, webhooks.onChange],
}

describe('the control API and the methods of a mock', () => {
  it('do the same for every route of the document, and answer the same', async () => {
    const { url: receiver } = await receive()
    const options = { providers, seed: 'parity' }
    const embedded = await createMockOAuth(options)
    onTestFinished(() => embedded.close())
    const { mock: served, control } = await serve(options)
    const document = (await control('GET /openapi.json')).body as { paths: Record<string, object> }
    const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path.slice('/_mock'.length)}`),
    )
    const all = pairs(receiver)
    expect([...new Set([...all.map(({ route }) => route), ...Object.keys(apart)])].sort()).toEqual(routes.sort())

    for (const { route, body, id, query, method, compared } of all) {
      const [one, other] = [await id(embedded), await id(served)]
      expect([route, other]).toEqual([route, one])
      const sent = typeof body === 'function' ? await body(served) : body
      const answer = await control(route.replace('{id}', encodeURIComponent(one)) + query, sent)
      expect([route, answer]).toEqual([route, { ...answer, status: expect.toBeOneOf([200, 201, 204]) }])
      const done = await method(embedded, one)
      const [overHttp, within] = [
        compared(answer.body),
        done === undefined ? undefined : JSON.parse(JSON.stringify(done)),
      ]
      expect([route, overHttp]).toEqual([route, within])
    }
  })

  it.each(Object.entries(apart))('have %s, too', async (_, way) => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    expect([way(mock)].flat()).toSatisfy((ways: unknown[]) => ways.every((one) => typeof one === 'function'))
  })
})
