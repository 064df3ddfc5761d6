import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, type Seen, saw } from '../../src/contract/evidence.ts'
import { isJson, queryOf, stepsOf, tokenFields, tokenRequests } from '../../src/contract/reading.ts'

/** The token request that brings a code, whatever else it says, and what the login began with. */
function exchangeIn(evidence: Evidence): { readonly sent?: Seen; readonly asked: Readonly<Record<string, string>> } {
  const sent = tokenRequests(evidence.exchanges).find((one) => tokenFields(one).code !== undefined)
  const url = stepsOf(evidence, 'begin')[0]?.answer?.url
  return { ...(sent && { sent }), asked: url === undefined ? {} : queryOf(url) }
}

const missed = (evidence: Evidence) => (exchangeIn(evidence).sent ? undefined : 'no token request with a code came')

/** Their pages list no redirect_uri for the token request, whatever the authorization request had. */
const withoutRedirectUri: ReadonlySet<string> = new Set(['mekari', 'finexer'])

/** How often a form names a parameter; members of JSON are unique. */
const countOf = ({ request }: Seen, name: string) =>
  isJson(request.headers['content-type']) ? 1 : new URLSearchParams(request.body).getAll(name).length

/** What a code exchange says. */
export const fields: readonly Clause[] = [
  clause({
    id: 'tr-redirect-uri-identical',
    title: 'names the same redirect URI in the token request as in the authorization request, or in neither',
    level: must(),
    levels: { mekari: must('provider'), finexer: must('provider') },
    source: 'RFC 6749 §4.1.3',
    why: 'The server compares the two character by character, and refuses the code where they differ. Keep the value of the authorization request and send that.',
    alsoFor: ['mekari', 'mercado-pago', 'finexer', 'mercury', 'standard'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge(evidence) {
      const { sent, asked } = exchangeIn(evidence)
      if (!sent) return undefined
      const { redirect_uri: named } = tokenFields(sent)
      if (named === asked.redirect_uri) return undefined
      if (named !== undefined) return saw('named a redirect URI that its authorization request did not have', sent)
      if (!withoutRedirectUri.has(evidence.provider))
        return saw('left out the redirect URI that its authorization request had', sent)
    },
    mutant: {
      bug: 'names a redirect URI in each code exchange',
      find: 'code,\n        ...(habits.redirectUri && { redirect_uri: env.redirectUri }),',
      replace: 'code,\n        redirect_uri: env.redirectUri,',
      at: 'finexer',
    },
  }),
  clause({
    id: 'tr-grant-type-exact',
    title: 'asks with grant_type=authorization_code, once and in this spelling',
    level: must(),
    source: 'RFC 6749 §4.1.3',
    why: 'Servers compare the value as it is, and refuse another spelling as a grant that they do not have. Send it in small letters.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge(evidence) {
      const { sent } = exchangeIn(evidence)
      if (!sent) return undefined
      const { grant_type: named = '' } = tokenFields(sent)
      if (named !== 'authorization_code') return saw(`sent a code with grant_type=${named.slice(0, 100)}`, sent)
      if (countOf(sent, 'grant_type') > 1) return saw('named grant_type more than once', sent)
    },
    mutant: {
      bug: 'writes grant_type in capitals',
      find: "tokensBy('authorization_code', {",
      replace: "tokensBy('AUTHORIZATION_CODE', {",
    },
  }),
  clause({
    id: 'tr-scope-repeated-equal',
    title: 'repeats the scope of the authorization request in the token request, as it was',
    level: must('provider'),
    source: 'experience: a server that compares the two, order included',
    why: 'The code is refused where the scope is missing or written otherwise. Keep the text of the authorization request and send that.',
    alsoFor: ['mekari'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed,
    judge(evidence) {
      const { sent, asked } = exchangeIn(evidence)
      if (!sent) return undefined
      const { scope } = tokenFields(sent)
      if (scope === undefined) return saw('left the scope out of its token request', sent)
      if (scope !== asked.scope) return saw(`sent scope "${scope}" where it had asked for "${asked.scope ?? ''}"`, sent)
    },
    mutant: {
      bug: 'turns the order of the scopes at the code exchange',
      find: '...(habits.scopeAtExchange && { scope }),',
      replace: "...(habits.scopeAtExchange && { scope: scope.split(' ').reverse().join(' ') }),",
    },
  }),
]
