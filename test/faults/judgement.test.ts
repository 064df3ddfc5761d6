import { createMockOAuth, type Fault, MockOAuthError } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { serve } from '../control/serve.ts'

const mock = await createMockOAuth({ providers: ['standard', 'mercado-pago'], seed: 'a test' })

/** What is said of a fault that cannot be armed. */
function saidOf(fault: unknown): string {
  try {
    mock.faults.arm(fault as Fault)
  } catch (why) {
    if (!(why instanceof MockOAuthError)) throw why
    return `${why.code}: ${why.message}`
  }
  return 'armed'
}

const places =
  'authorize, token, revoke, pushed-request, device-authorization, introspect, discovery, keys, user-info, api, token:authorization_code, token:refresh_token, token:client_credentials, token:urn:ietf:params:oauth:grant-type:device_code, webhook'

const circle: Record<string, unknown> = {}
circle.again = circle

const drop = { on: 'token', kind: 'drop' }

/** What is refused: in words, as a fault, and how. */
const wrong: readonly (readonly [words: string, fault: unknown, says: string | RegExp])[] = [
  ['no object', 3, 'A fault is 3. Expected an object: { "on": "token", "kind": "drop", "at": "after" }.'],
  ['a list', [], /^A fault is \[\]\. Expected an object/],
  ['nothing', undefined, /^A fault is missing\. Expected an object/],
  ['no place', { kind: 'drop' }, /^on is missing\. Expected a place that is played: /],
  ['a misspelt place', { ...drop, on: 'tokn' }, /^on is "tokn"\. .* Did you mean "token"\?$/],
  ['a place that is no text', { ...drop, on: ['token'] }, /^on is \["token"\]\. Expected a place/],
  ['a page for people', { ...drop, on: 'sign-in' }, /^on is "sign-in"\. Expected a place/],
  ['a grant that nobody has', { ...drop, on: 'token:password' }, /^on is "token:password"\. Expected a place/],
  [
    'a place that the provider lacks',
    { ...drop, on: 'revoke', provider: 'mercado-pago' },
    'on is "revoke". Expected a place that mercado-pago has: authorize, token, api, token:authorization_code, token:refresh_token, webhook.',
  ],
  [
    'a provider that is not played',
    { ...drop, provider: 'mekari' },
    /^provider is "mekari"\. Expected one that is played: standard, mercado-pago\.$/,
  ],
  ['a misspelt provider', { ...drop, provider: 'standrad' }, /Did you mean "standard"\?$/],
  ['no kind', { on: 'token' }, /^kind is missing\. Expected a kind that can strike at token: error, status, /],
  ['a misspelt kind', { ...drop, kind: 'dorp' }, /Did you mean "drop"\?$/],
  ['a kind of an object’s own', { ...drop, kind: 'constructor' }, /^kind is "constructor"\. /],
  [
    'a kind that cannot strike there',
    { on: 'authorize', kind: 'malformed' },
    /^kind is "malformed"\. Expected a kind that can strike at authorize: /,
  ],
  [
    'a kind of calls at webhooks',
    { on: 'webhook', kind: 'error', refusal: 'server_error' },
    /^kind is "error"\. Expected a kind that can strike at webhook: drop, delay, /,
  ],
  ['a kind of webhooks in calls', { on: 'token', kind: 'duplicate' }, /^kind is "duplicate"\. /],
  [
    'a moment that the kind lacks',
    { on: 'token', kind: 'omit', fields: ['scope'], at: 'before' },
    'at is "before". Expected after, when omit can strike.',
  ],
  ['no moment', { ...drop, at: 'during' }, 'at is "during". Expected before or after, when drop can strike.'],
  [
    'a field that is not known',
    { ...drop, tims: 2 },
    'tims is not known of a fault of the kind drop. Expected some of on, kind, at, provider, client, nth, times, rate, cites. Did you mean "times"?',
  ],
  ['a field of another kind', { ...drop, bytes: 2 }, /^bytes is not known of a fault of the kind drop\./],
  [
    'a moment at webhooks',
    { on: 'webhook', kind: 'drop', at: 'after' },
    /^at is not known of a fault of the kind drop\./,
  ],
  [
    'nth of zero',
    { ...drop, nth: 0 },
    "nth is 0. Expected a count from 1: 3; or '2-4', '3n' for each third, '!3n' for all but these.",
  ],
  ['nth that ends before it begins', { ...drop, nth: '4-2' }, /^nth is "4-2"\./],
  ['nth that leaves none', { ...drop, nth: '!1n' }, /^nth is "!1n"\./],
  ['nth in words', { ...drop, nth: 'third' }, /^nth is "third"\./],
  ['a half nth', { ...drop, nth: 1.5 }, /^nth is 1\.5\./],
  ['no times', { ...drop, times: 0 }, 'times is 0. Expected a whole number from 1 to 1000000000.'],
  ['a rate of nothing', { ...drop, rate: 0 }, 'rate is 0. Expected a number above 0, 1 at most: 0.05.'],
  ['a rate above one', { ...drop, rate: 1.1 }, /^rate is 1\.1\./],
  ['a rate that is no number', { ...drop, rate: Number.NaN }, /^rate is null\./],
  ['no refusal', { on: 'token', kind: 'error' }, /^refusal is missing\. Expected a kind of refusal/],
  [
    'a refusal that the provider cannot give',
    { on: 'token', kind: 'error', refusal: 'device_code_expired', provider: 'mercado-pago' },
    /^refusal is "device_code_expired", which mercado-pago cannot give at token\. It can: method_not_allowed, .*rate_limited\.$/,
  ],
  [
    'a refusal that one of the providers cannot give',
    { on: 'token', kind: 'error', refusal: 'device_code_expired' },
    / Name a provider that can: standard\.$/,
  ],
  [
    'a refusal of another grant',
    { on: 'token:refresh_token', kind: 'error', refusal: 'code_used' },
    /cannot give at token:refresh_token/,
  ],
  [
    'a misspelt refusal',
    { on: 'token', kind: 'error', refusal: 'refresh_token_expird', provider: 'standard' },
    /Did you mean "refresh_token_expired"\?$/,
  ],
  [
    'a refusal that names the place of no fault',
    { on: 'keys', kind: 'error', refusal: 'server_error' },
    /^kind is "error"\. /,
  ],
  [
    'a status of errors that go by the browser',
    { on: 'authorize', kind: 'error', refusal: 'access_denied', status: 200 },
    /^status is 200\. Expected none: /,
  ],
  [
    'a status that HTTP lacks',
    { on: 'token', kind: 'status', status: 99 },
    'status is 99. Expected a status from 200 to 599.',
  ],
  [
    'a body where none can be',
    { on: 'token', kind: 'status', status: 204, body: 'x' },
    /^status is 204\. Expected one with a body/,
  ],
  [
    'a body that is no JSON',
    { on: 'token', kind: 'status', status: 500, body: { at: new Date(0) } },
    /^body is .* Expected what JSON can hold/,
  ],
  [
    'a body without an end',
    { on: 'token', kind: 'status', status: 500, body: 'x'.repeat(1_000_001) },
    /^body is "x+…\. Expected what JSON can hold, 1 MB at most/,
  ],
  [
    'a header that HTTP forbids',
    { on: 'token', kind: 'status', status: 500, headers: { 'a b': '1' } },
    /^headers is \{"a b":"1"\}\. Expected an object of headers that HTTP allows/,
  ],
  ['a header of two lines', { on: 'token', kind: 'status', status: 500, headers: { a: '1\r\nb: 2' } }, /^headers is /],
  [
    'a header of the connection',
    { on: 'token', kind: 'status', status: 500, headers: { 'Content-Length': '1' } },
    /^headers is /,
  ],
  ['a content type of two lines', { on: 'token', kind: 'contentType', value: 'text/html\nx: 1' }, /^value is /],
  [
    'a length without a unit',
    { on: 'token', kind: 'rateLimit', retryAfter: '30' },
    'retryAfter is "30". Expected a length of time: 30s, 5m, 2h, 1d, PT30S.',
  ],
  [
    'another form',
    { on: 'token', kind: 'rateLimit', retryAfter: '30s', form: 'ms' },
    'form is "ms". Expected seconds, date or none.',
  ],
  [
    'a redirect to a path',
    { on: 'token', kind: 'redirect', to: '/token' },
    /^to is "\/token"\. Expected an absolute http or https URL/,
  ],
  ['a redirect to a script', { on: 'token', kind: 'redirect', to: 'javascript:alert(1)' }, /^to is /],
  ['a redirect of two lines', { on: 'token', kind: 'redirect', to: 'https://a.example/\r\nx:1' }, /^to is /],
  [
    'a redirect without one',
    { on: 'token', kind: 'redirect', to: 'https://a.example/', status: 200 },
    'status is 200. Expected 301, 302, 303, 307 or 308.',
  ],
  ['no fields', { on: 'token', kind: 'omit', fields: [] }, /^fields is \[\]\. Expected a list of fields/],
  ['fields that are no list', { on: 'token', kind: 'omit', fields: 'scope' }, /^fields is "scope"\./],
  ['nothing to replace', { on: 'token', kind: 'replace' }, /^fields is missing\. Expected fields or lengths/],
  [
    'a length of what is not issued',
    { on: 'token', kind: 'replace', lengths: { expires_in: 20 } },
    'lengths.expires_in is nothing that is issued at token. Issued: access_token, refresh_token.',
  ],
  [
    'a length that holds no secret',
    { on: 'token', kind: 'replace', lengths: { access_token: 4 } },
    /^lengths is \{"access_token":4\}\. Expected an object of lengths from 16 to 65536/,
  ],
  ['a function among the fields', { on: 'token', kind: 'tamper', fields: { scope: () => 'x' } }, /^fields is /],
  [
    'fields in a circle',
    { on: 'token', kind: 'tamper', fields: circle },
    /^fields is an object that no JSON can hold\./,
  ],
  ['a number that JSON lacks', { ...drop, times: 2n }, /^times is 2\. /],
  ['an early end elsewhere', { on: 'revoke', kind: 'expireEarly' }, /^kind is "expireEarly"\. /],
  ['a barrier of nobody', { on: 'token', kind: 'hold', count: 0 }, /^count is 0\./],
  [
    'an order that leaves one out',
    { on: 'token', kind: 'hold', count: 3, order: [2, 1] },
    /^order is \[2,1\]\. Expected all from 1 to count, which is 3\.$/,
  ],
  ['an order with one twice', { on: 'token', kind: 'hold', count: 2, order: [1, 1] }, /^order is \[1,1\]\./],
]

describe('a fault is refused with', () => {
  it.each(wrong)('%s', (_, fault, says) => {
    const said = saidOf(fault)
    if (typeof says === 'string') expect(said).toBe(`invalid_fault: ${says}`)
    else expect(said.replace(/^invalid_fault: /, '')).toMatch(says)
    expect(said).toMatch(/^invalid_fault: /)
    expect(said.length).toBeLessThan(2_000)
    expect(mock.faults.list()).toEqual([])
  })

  it('every place that there is, where none is named', () => {
    expect(saidOf({ kind: 'drop' })).toBe(`invalid_fault: on is missing. Expected a place that is played: ${places}.`)
  })
})

describe('a fault that can strike', () => {
  it('is shown as it was said, with its moment and its counts, and shares nothing with what was written', async () => {
    const fault = { on: 'token', kind: 'replace', fields: { scope: ['a'] }, nth: '2-4', cites: 'RFC 6749 §5.1' }
    const shown = mock.faults.arm(fault as unknown as Fault)
    fault.fields.scope.push('b')
    expect([shown, ...mock.faults.list()]).toEqual(
      Array(2).fill({
        id: 'f1',
        ...fault,
        fields: { scope: ['a'] },
        at: 'after',
        text: 'token replace fields.scope=["a"] nth=2-4 cites="RFC 6749 §5.1"',
        seen: 0,
        fired: 0,
      }),
    )
    await mock.reset()
  })

  it('is armed with others, a thousand at most', async () => {
    for (let i = 0; i < 1_000; i++) mock.faults.arm({ on: 'token', kind: 'drop' })
    expect(saidOf(drop)).toBe('invalid_fault: 1000 faults are armed, which is the most. Take some away first.')
    await mock.reset()
  })
})

describe('over the control API', () => {
  it('a fault is judged the same way, and its client has to be registered', async () => {
    const { control } = await serve()
    const [client] = (await control('GET /clients')).body as { id: string }[]
    const arm = (fault: object) => control('POST /faults', fault)
    expect((await arm({ ...drop, client: client?.id })).status).toBe(201)
    expect(await arm({ ...drop, on: 'tokn' })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_fault' } },
    })
    const stranger = await arm({ ...drop, client: 'nobody' })
    expect(stranger.status).toBe(400)
    expect((stranger.body as { error: object }).error).toEqual({
      code: 'invalid_fault',
      message: expect.stringMatching(/^client is "nobody"\. Expected one that is registered: /),
    })
  })

  it('each kind is documented with its fields', async () => {
    const { control } = await serve()
    const { paths } = (await control('GET /openapi.json')).body as {
      paths: Record<
        string,
        { post: { requestBody: { content: Record<string, { schema: { anyOf: { title: string }[] } }> } } }
      >
    }
    const { anyOf } = paths['/_mock/faults']?.post.requestBody.content['application/json']?.schema ?? {}
    expect(anyOf?.find(({ title }) => title === 'rateLimit')).toMatchObject({
      properties: {
        at: { enum: ['before'] },
        kind: { const: 'rateLimit' },
        form: { enum: ['seconds', 'date', 'none'] },
      },
      required: ['on', 'kind', 'retryAfter'],
      additionalProperties: false,
    })
  })
})
