import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { answerOf, codeExchanges, stepsOf, succeeded } from '../../src/contract/reading.ts'
import { begun, unbegun } from './begun.ts'
import { scopesAskedAt } from './scopes-asked.ts'

/** `scope`: what a client asks to be allowed. */
export const scope: readonly Clause[] = [
  clause({
    id: 'ar-scope-space-joined',
    title: 'joins its scopes by a space in one scope parameter',
    level: must(),
    source: 'RFC 6749 §3.3',
    why: 'To the server a list joined by anything else is one scope that it does not know. Join with spaces, or with commas where the page has that.',
    alsoFor: ['mekari', 'finexer', 'mercury', 'standard'],
    control: false,
    async story(scene) {
      await scene.begin()
    },
    missed: unbegun,
    judge(evidence) {
      const [url] = begun(evidence)
      if (!url) return undefined
      const names = [...url.searchParams.keys()].filter((name) => /^scopes?(\[\d*\])?$/.test(name))
      if (names.length !== 1 || names[0] !== 'scope')
        return saw(names.length === 0 ? 'asked for no scope' : `sent its scopes as ${names.join(', ')}`)
      const asked = scopesAskedAt(evidence.provider, url)
      if (evidence.env.scopes.some((one) => !asked.includes(one)))
        return saw(`sent scope=${url.searchParams.get('scope')} for ${evidence.env.scopes.join(' and ')}`)
    },
    mutant: {
      bug: 'joins scopes by a comma',
      find: "const scope = env.scopes.join(' ')",
      replace: "const scope = env.scopes.join(',')",
    },
  }),
  clause({
    id: 'ar-scope-within-registered',
    title: 'asks for no more scopes than it is configured with',
    level: should(),
    source: 'RFC 6749 §3.3 and §10.3',
    why: 'One scope too many and the server refuses the whole login, or people wonder what it is for. Ask for what is configured and nothing else.',
    alsoFor: ['mekari', 'finexer', 'mercury', 'standard'],
    control: false,
    async env(env, { world }) {
      const scopes = env.scopes.slice(0, 1)
      await world.clients.change(env.clientId, { provider: env.provider, scopes })
      return { ...env, scopes }
    },
    async story(scene) {
      await scene.visit(await scene.begin())
    },
    judge(evidence) {
      const asked = begun(evidence).flatMap((url) => scopesAskedAt(evidence.provider, url))
      const extra = asked.filter((one) => !evidence.env.scopes.includes(one))
      if (extra.length > 0) return saw(`asked for ${extra.join(' and ')}, which it is not configured with`)
    },
    mutant: {
      bug: 'asks for two scopes whatever is configured',
      find: "const scope = env.scopes.join(' ')",
      replace: "const scope = [...new Set([...env.scopes, 'esign', 'sso:profile'])].join(' ')",
    },
  }),
  clause({
    id: 'ar-offline-access-requested',
    title: 'asks for offline_access where refresh tokens depend on it, or says that the link will end',
    level: must('provider'),
    source: 'OpenID Connect Core §11 names the scope',
    why: 'Without it there is no refresh token, and the link ends with the first access token, unnoticed. Ask for it, or tell people at once.',
    alsoFor: ['mercado-pago', 'mercury'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: ({ exchanges }) => (codeExchanges(exchanges).some(succeeded) ? undefined : 'no code was exchanged'),
    judge(evidence) {
      const exchange = codeExchanges(evidence.exchanges).find(succeeded)
      const [step] = stepsOf(evidence, 'callback')
      const renewable = !exchange || answerOf(exchange).refresh_token !== undefined
      if (!renewable && step?.answer?.outcome === 'connected' && step.answer.code === undefined)
        return saw('connected without offline_access, and did not say that the link will end', exchange)
    },
    mutant: {
      bug: 'leaves offline_access out',
      find: "const scope = env.scopes.join(' ')",
      replace: "const scope = env.scopes.filter((one) => one !== 'offline_access').join(' ')",
      drags: [
        'ar-scope-space-joined',
        'ts-scope-absent',
        'rf-on-expiry',
        'ex-leeway-direction',
        'ap-401-refresh-once-retry',
        'ap-401-any-body',
      ],
      at: 'mercury',
    },
  }),
]
