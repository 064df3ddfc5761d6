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
    ['api slow bytesPerSecond=0.5 nth=2-4', { on: 'api', kind: 'slow', bytesPerSecond: 0.5, nth: '2-4' }],
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
    ['token delay ms=soon', 16, 'expected a number, not "soon"'],
    ['token delay ms=1 ms=2', 18, '"ms" was said before'],
    ['token delay ms.x=1', 13, 'expected ms=value'],
    ['token tamper fields.a=1 fields.a=2', 25, '"fields.a" was said before'],
    ['token replace fields=3', 22, 'expected an object, not "3"'],
    ['token replace fields={"a": 1', 22, 'the JSON that begins here does not end'],
    ['token replace fields={"a": 1}}', 22, 'expected an object'],
    ['api status status=200 body="x', 28, 'the JSON that begins here does not end'],
    ['token hold count=2 order=backwards', 26, 'expected arrival, reverse, or places such as 2,1,3'],
  ])('is refused where it is wrong: %s', async (line, position, message) => {
    const faults = await desk()
    const refused = expect.objectContaining({
      code: 'invalid_fault',
      message: expect.stringContaining(`"${line}", at ${position}: ${message}`),
    })
    expect(() => faults.arm(line)).toThrow(refused)
    expect(faults.list()).toEqual([])
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

  const value = fc
    .jsonValue({ depthSize: 'small' })
    .filter((one) => !Object.is(one, -0) && !JSON.stringify(one).includes('-0'))
  const name = fc.string({ minLength: 1 }).filter((one) => one !== '__proto__')
  const said = fc.oneof(
    fc.record({ kind: fc.constant('replace'), fields: fc.dictionary(name, value, { minKeys: 1 }) }),
    fc.record({
      kind: fc.constant('status'),
      status: fc.integer(),
      body: value,
      headers: fc.dictionary(name, fc.string()),
    }),
    fc.record({ kind: fc.constant('omit'), fields: fc.array(fc.string()) }),
    fc.record({ kind: fc.constant('redirect'), to: fc.string(), cites: fc.string() }),
    fc.record({ kind: fc.constant('hold'), count: fc.nat(), order: fc.array(fc.nat(), { minLength: 1 }) }),
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
