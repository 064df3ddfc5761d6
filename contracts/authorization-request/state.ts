import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { answerOf, codeExchanges, tokenFields } from '../../src/contract/reading.ts'
import { begun, unbegun } from './begun.ts'
import { layersOf } from './layers.ts'

const logins = 50

/** RFC 6749 §10.10 asks for 128; a random UUID, which has 122, is taken as well. */
const fewestBits = 120

/** Recognized wherever it turns up. */
const session = 'session-of-alice-5f1c0d3e'
const link = 'link-of-alice-b2c98a41'

/** What a token answer says of the account, where it is long enough not to turn up by chance. */
const accountsIn = ({ exchanges }: Evidence): readonly string[] =>
  codeExchanges(exchanges)
    .map(answerOf)
    .flatMap(({ user_id, account_id }) => [user_id, account_id])
    .flatMap((one) => (one === undefined || String(one).length < 6 ? [] : String(one)))

/** `state`: what ties the browser that comes back to the one that left. */
export const state: readonly Clause[] = [
  clause({
    id: 'ar-state-present',
    title: 'sends a state with each authorization request',
    level: must(),
    // Mekari's page has no such parameter; where PKCE has to be used, state protects no more than that does.
    levels: { mekari: should(), standard: should() },
    source: 'RFC 6749 §10.12; RFC 9700 §2.1',
    why: 'Without one anybody can finish a login of theirs in the browser of another. Send a random value and compare it at the callback.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.begin()
    },
    missed: unbegun,
    judge(evidence) {
      const [url] = begun(evidence)
      if (url && !url.searchParams.get('state')) return saw('sent an authorization request without state')
    },
    mutant: {
      bug: 'sends no state',
      find: '        state,\n        ...(habits',
      replace: '        ...(habits',
      drags: ['ar-redirect-uri-omittable'],
    },
  }),
  clause({
    id: 'ar-state-unpredictable',
    title: 'sends a state that nobody can guess, another one with each authorization request',
    level: must(),
    source: 'RFC 6749 §10.10 and §10.12',
    why: 'A state that can be guessed protects as little as none. Take at least 128 bits from a cryptographic source for each login.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      for (let login = 1; login <= logins; login++) await scene.begin(`browser ${login}`)
    },
    missed(evidence) {
      if (statesOf(evidence).length < logins) return `${statesOf(evidence).length} of ${logins} logins have a state`
    },
    judge(evidence) {
      const states = statesOf(evidence)
      if (new Set(states).size < states.length) return saw('sent the same state more than once')
      if (states.length < 2) return undefined
      const bits = bitsIn(states)
      if (bits < fewestBits)
        return saw(`sent states that differ by ${Math.floor(bits)} bits at most; 128 are asked for`)
    },
    mutant: {
      bug: 'takes six octets for a state',
      find: "const state = randomBytes(32).toString('base64url')",
      replace: "const state = randomBytes(6).toString('base64url')",
    },
  }),
  clause({
    id: 'ar-state-no-sensitive-data',
    title: 'puts nothing into the state that says who somebody is or what opens something',
    level: should(),
    levels: { 'mercado-pago': must('provider') },
    source: 'RFC 6749 §10.8',
    why: 'The state stands in URLs, histories and logs that others read. Keep such data at the client, and send a random key to it.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      const named = scene.claims('multiLink') ? link : undefined
      await scene.connect(session, named)
      // By now it knows the account.
      await scene.begin(session, named)
    },
    missed: (evidence) => (statesOf(evidence).length > 0 ? undefined : 'no state was sent'),
    judge(evidence) {
      const told = statesOf(evidence).flatMap((one) => layersOf(one))
      const [exchange] = codeExchanges(evidence.exchanges)
      const secrets = {
        'the session of the browser': session,
        'the link that is connected': link,
        'the client secret': evidence.env.clientSecret,
        'the code verifier': exchange && tokenFields(exchange).code_verifier,
      }
      for (const [what, secret] of Object.entries(secrets))
        if (secret && told.some((one) => one.includes(secret))) return saw(`put ${what} into the state`)
      if (accountsIn(evidence).some((id) => told.some((one) => one.includes(id))))
        return saw('put the id of the account into the state')
      if (told.some((one) => /[\w.+-]+@[\w-]+\.[a-z]{2,}/i.test(one)))
        return saw('put an e-mail address into the state')
    },
    mutant: {
      bug: 'keeps the session in the state',
      find: "const state = randomBytes(32).toString('base64url')",
      replace:
        "const state = [randomBytes(32), Buffer.from(session)].map((one) => one.toString('base64url')).join('.')",
    },
  }),
]

const statesOf = (evidence: Parameters<typeof begun>[0]): readonly string[] =>
  begun(evidence).flatMap((url) => url.searchParams.get('state') || [])

/** By how many bits values can differ, at the places where they do and with the characters that they use. */
function bitsIn(values: readonly string[]): number {
  const shortest = Math.min(...values.map(({ length }) => length))
  const places = Array.from({ length: shortest }, (_, at) => new Set(values.map((one) => one[at])).size > 1)
  return places.filter(Boolean).length * Math.log2(alphabetOf(values.join('')))
}

const alphabets: readonly (readonly [RegExp, number])[] = [
  [/^[\d.:_-]*$/, 10],
  [/^[\da-f.:_-]*$/i, 16],
  [/^[\da-z.:_-]*$/, 36],
  [/^[\dA-Z.:_-]*$/, 36],
]

const alphabetOf = (text: string) => alphabets.find(([pattern]) => pattern.test(text))?.[1] ?? 64
