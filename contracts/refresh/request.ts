import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import type { Seen } from '../../src/contract/evidence.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  codeExchanges,
  isJson,
  queryOf,
  refreshes,
  since,
  stepsOf,
  succeeded,
  tokenFields,
  tokenRequests,
  under,
} from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'

async function expired(scene: Scene) {
  await scene.connect()
  await scene.call()
  scene.mark('over')
  await scene.expire()
  await scene.call()
}

const unreached = (evidence: Evidence) =>
  tokenRequests(under(evidence, 'over')).length > 0 ? undefined : 'no token request came when the token was over'

/** Where the client shows who it is, and in which form it writes. */
const shapeOf = (one: Seen): string => {
  const { client_id, client_secret } = tokenFields(one)
  const [scheme] = (one.request.headers.authorization ?? 'no').split(' ')
  const secret = client_secret === undefined ? 'no secret in the body' : 'the secret in the body'
  const id = scheme === 'no' && client_id === undefined ? ' and no id' : ''
  const form = isJson(one.request.headers['content-type']) ? 'JSON' : 'a form'
  return `${one.request.method} of ${form}, ${scheme} Authorization header, ${secret}${id}`
}

/** Scopes, divided by spaces or commas. */
const scopesIn = (text: unknown): readonly string[] => String(text).split(/[ ,]+/).filter(Boolean)

/** How a refresh is asked for. */
export const request: readonly Clause[] = [
  clause({
    id: 'rf-request-shape',
    title: 'asks for a refresh in the form and with the authentication of its code exchange',
    level: must(),
    source: 'RFC 6749 §3.2.1, §6',
    why: 'The token endpoint is one: what it reads there it reads here. Send both requests by the same code, with grant_type=refresh_token.',
    alsoFor: everywhere,
    after: 'connects',
    control: false,
    story: expired,
    missed: unreached,
    judge(evidence) {
      const [login] = codeExchanges(since(evidence))
      const [sent] = tokenRequests(under(evidence, 'over'))
      if (!login || !sent) return undefined
      const { grant_type, refresh_token } = tokenFields(sent)
      if (grant_type !== 'refresh_token')
        return saw(`asked for a refresh with grant_type ${grant_type ?? 'left out'}`, sent)
      if (!refresh_token) return saw('asked for a refresh without a refresh token', sent)
      const [as, so] = [shapeOf(login), shapeOf(sent)]
      if (as !== so) return saw(`sent its refresh as ${so}, and its code exchange as ${as}`, login, sent)
    },
    mutant: {
      bug: 'refreshes by a form everywhere',
      find: 'await post(env.tokenUrl, env.bodyFormat, asked)',
      replace: "await post(env.tokenUrl, grantType === 'refresh_token' ? 'form' : env.bodyFormat, asked)",
      at: 'mekari',
    },
  }),
  clause({
    id: 'rf-scope-repeated-equal',
    title: 'repeats at each refresh the scope of its authorization request',
    level: must('provider'),
    source: 'experience: the server compares the two texts',
    why: 'A refresh without the scope, or with another one, is refused. Keep the scope with the link, as it was asked for.',
    alsoFor: ['mekari'],
    after: 'connects',
    control: false,
    story: expired,
    missed: unreached,
    judge(evidence) {
      const [begun] = stepsOf(evidence, 'begin')
      const asked = begun?.answer && queryOf(begun.answer.url).scope
      for (const one of refreshes(since(evidence))) {
        const { scope } = tokenFields(one)
        if (scope !== asked)
          return saw(
            `refreshed with ${scope === undefined ? 'no scope' : `the scope "${scope}"`} after asking for "${asked}"`,
            one,
          )
      }
    },
    mutant: {
      bug: 'leaves the scope out of refreshes',
      find: '...(habits.scopeAtRefresh && { scope: scopes[habits.scopeAtRefresh] }),',
      replace: '',
      drags: ['rf-on-expiry', 'ap-401-refresh-once-retry', 'ap-401-any-body'],
    },
  }),
  clause({
    id: 'rf-no-wider-scope',
    title: 'asks at a refresh for no scope that was not granted',
    level: must(),
    source: 'RFC 6749 §6',
    why: 'A person may grant less than was asked for, and a refresh with the rest is refused for ever. Leave the scope out, or send what was granted.',
    alsoFor: ['mercado-pago', 'mercury', 'standard'],
    after: 'refreshes',
    async story(scene) {
      // What the refresh and the call need is granted in any case.
      const needed = scene.env.scopes.filter((scope) => ['offline_access', 'read', 'profile'].includes(scope))
      await scene.connect('browser', undefined, scene.wrong({}, { scope: needed.join(' ') }))
      await scene.call()
      scene.mark('over')
      await scene.expire()
      await scene.call()
    },
    missed: unreached,
    judge(evidence) {
      const [login] = codeExchanges(since(evidence)).filter(succeeded)
      if (!login) return undefined
      const granted = scopesIn(answerOf(login).scope ?? evidence.env.scopes.join(' '))
      for (const one of refreshes(since(evidence))) {
        const { scope } = tokenFields(one)
        const more = scope === undefined ? [] : scopesIn(scope).filter((name) => !granted.includes(name))
        if (more.length > 0) return saw(`asked at a refresh for ${more.join(' ')}, which was not granted`, login, one)
      }
    },
    mutant: {
      bug: 'repeats the scope that it had asked for at each refresh',
      find: '...(habits.scopeAtRefresh && { scope: scopes[habits.scopeAtRefresh] })',
      replace: 'scope: scopes.asked',
      at: 'standard',
    },
  }),
]
