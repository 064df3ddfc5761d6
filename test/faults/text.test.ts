import fc from 'fast-check'
import { createMockOAuth, type Fault } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readFault, writeFault } from '../../src/vocabulary/fault-text.ts'
import { seed } from '../seed.ts'

async function desk() {
  const mock = await createMockOAuth({ providers: ['standard'] })
  onTestFinished(() => mock.close())
  return mock.faults
}

describe('a fault on one line', () => {
  it.each<[line: string, fault: Fault]>([
    ['token:refresh_token drop after', { on: 'token:refresh_token', kind: 'drop', at: 'after' }],
    [
      'standard/token error refusal=refresh_token_reused times=2',
      { provider: 'standard', on: 'token', kind: 'error', refusal: 'refresh_token_reused', times: 2 },
    ],
    ['token replace fields.expires_in="3600"', { on: 'token', kind: 'replace', fields: { expires_in: '3600' } }],
    ['token replace fields.expires_in=3600', { on: 'token', kind: 'replace', fields: { expires_in: 3600 } }],
    ['token replace fields.a.b=null', { on: 'token', kind: 'replace', fields: { 'a.b': null } }],
    [
      'token replace fields={"expires_in": "3600", "x": {"y": [1, 2]}}',
      { on: 'token', kind: 'replace', fields: { expires_in: '3600', x: { y: [1, 2] } } },
    ],
    ['token replace lengths.access_token=8192', { on: 'token', kind: 'replace', lengths: { access_token: 8192 } }],
    [
      'token omit fields=refresh_token,scope nth=!3n',
      { on: 'token', kind: 'omit', fields: ['refresh_token', 'scope'], nth: '!3n' },
    ],
    [
      'api status status=503 headers.retry-after=5',
      { on: 'api', kind: 'status', status: 503, headers: { 'retry-after': '5' } },
    ],
    ['api status status=200 body="two words"', { on: 'api', kind: 'status', status: 200, body: 'two words' }],
    ['api slow bytesPerSecond=50 nth=2-4', { on: 'api', kind: 'slow', bytesPerSecond: 50, nth: '2-4' }],
    ['api hang client=7434258 nth=3', { on: 'api', kind: 'hang', client: '7434258', nth: 3 }],
    [
      'token:refresh_token hold count=5 order=reverse',
      { on: 'token:refresh_token', kind: 'hold', count: 5, order: 'reverse' },
    ],
    ['token hold before count=3 order=2,1,3', { on: 'token', kind: 'hold', at: 'before', count: 3, order: [2, 1, 3] }],
    ['webhook delay by=10m', { on: 'webhook', kind: 'delay', by: '10m' }],
    [
      'token:urn:ietf:params:oauth:grant-type:device_code hang',
      { on: 'token:urn:ietf:params:oauth:grant-type:device_code', kind: 'hang' },
    ],
  ])('%s', (line, fault) => {
    expect(readFault(line)).toEqual(fault)
    expect(readFault(writeFault(fault))).toEqual(fault)
  })

  it.each([
    ['', 1, 'expected where it strikes'],
    ['token', 6, 'expected what goes wrong: error, status, delay'],
    ['token drp', 7, '"drp" is not what can go wrong; expected error, status'],
    ['token wrongSignature', 7, '"wrongSignature" is not what can go wrong; expected error'],
    ['webhook hang', 9, '"hang" is not what can go wrong; expected drop, delay, duplicate'],
    ['token drop times=2 after', 20, 'expected name=value, not "after"'],
    ['token drop tims=2', 12, '"tims" is not known here; expected client, nth, times, rate, cites'],
    [
      'token delay msec=5',
      13,
      '"msec" is not known here; expected ms, client, nth, times, rate, cites. Did you mean "ms"?',
    ],
    ['token delay ms=soon', 16, 'expected real milliseconds from 1 to 3600000, not "soon"'],
    ['token delay ms=1 ms=2', 18, '"ms" was said before'],
    ['token delay ms.x=1', 13, 'expected ms=value'],
    ['token tamper fields.a=1 fields.a=2', 25, '"fields.a" was said before'],
    ['token replace fields=3', 22, 'expected an object of values by their fields: { expires_in: null }, not "3"'],
    ['token replace fields={"a": 1', 22, 'the JSON that begins here does not end'],
    ['token replace fields={"a": 1}}', 22, 'expected an object of values'],
    ['api status status=99', 19, 'expected a status from 200 to 599, not "99"'],
    ['api status status=200 headers.content-length=5', 46, 'expected an object of headers that HTTP allows'],
    ['api status status=200 body="x', 28, 'the JSON that begins here does not end'],
    ['token hold count=2 order=backwards', 26, 'expected arrival, reverse, or a list of all from 1 to count'],
  ])('is refused where it is wrong: %s', async (line, position, message) => {
    const faults = await desk()
    const refused = expect.objectContaining({
      code: 'invalid_fault',
      message: expect.stringContaining(`"${line}", at ${position}: ${message}`),
    })
    expect(() => faults.arm(line)).toThrow(refused)
    expect(faults.list()).toEqual([])
  })

  it.each([
    ['token drpo', /tamper, expireEarly, hold\. Did you mean "drop"\?$/],
    ['token drop aftr', /\[name=value …\]\. Did you mean "after"\?$/],
    ['token delay ms=soon', /, not "soon"\.$/],
  ])('says what was perhaps meant, and no more than helps: %s', async (line, sentence) => {
    const faults = await desk()
    expect(() => faults.arm(line)).toThrow(sentence)
  })

  it('is shown as it was armed', async () => {
    const faults = await desk()
    faults.arm({ on: 'token', kind: 'replace', fields: { scope: 'a b', 'x=y': 1 } })
    faults.arm('api   drop  times=3')
    expect(faults.list().map(({ text }) => text)).toEqual([
      'token replace fields={"scope":"a b","x=y":1}',
      'api drop times=3',
    ])
  })

  const value = fc.jsonValue({ depthSize: 'small' }).filter((one) => !JSON.stringify([one]).includes('-0'))
  const name = fc.string({ minLength: 1, maxLength: 50 }).filter((one) => one !== '__proto__')
  const header = fc.stringMatching(/^[a-z][a-z0-9-]{3,9}$/).filter((one) => !/^(connection|trailer|upgrade)$/.test(one))
  const said = fc.oneof(
    fc.record({ kind: fc.constant('replace'), fields: fc.dictionary(name, value, { minKeys: 1, maxKeys: 9 }) }),
    fc.record({
      kind: fc.constant('status'),
      status: fc.integer({ min: 200, max: 599 }),
      body: value,
      headers: fc.dictionary(header, fc.stringMatching(/^[\x20-\x7e]{0,20}$/)),
    }),
    fc.record({ kind: fc.constant('omit'), fields: fc.array(name, { minLength: 1, maxLength: 9 }) }),
    fc.record({ kind: fc.constant('redirect'), to: fc.webUrl(), cites: name, client: name }),
    fc.record({
      kind: fc.constant('hold'),
      count: fc.constant(4),
      order: fc.shuffledSubarray([1, 2, 3, 4], { minLength: 4 }),
      nth: fc.constantFrom(3, '2-4', '!3n'),
    }),
  )

  it(`reads back as it was written (seed ${seed})`, () => {
    fc.assert(
      fc.property(said, fc.constantFrom({}, { at: 'before' }, { provider: 'acme:sandbox' }), (fault, more) => {
        const whole = { on: 'token', ...more, ...fault } as unknown as Fault
        expect(JSON.parse(JSON.stringify(readFault(writeFault(whole))))).toEqual(JSON.parse(JSON.stringify(whole)))
      }),
      { seed, numRuns: 2_000 },
    )
  })
})
