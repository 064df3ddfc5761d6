import { type Clause, clause, everywhere, may, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import type { Env } from '../../src/contract/protocol/messages.ts'
import { codeExchanges, stepsOf, succeeded, tokenRequests } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'
import { begun } from './begun.ts'

/** Registers a second redirect URI, behind the client's own. */
async function withTwo(env: Env, { world }: Pick<Scene, 'world'>): Promise<Env> {
  const redirectUris = [env.redirectUri, `${env.redirectUri}-of-another`]
  await world.clients.change(env.clientId, { provider: env.provider, redirectUris })
  return env
}

/** `redirect_uri`: where the browser is sent back to. */
export const redirectUri: readonly Clause[] = [
  clause({
    id: 'ar-redirect-uri-exact',
    title: 'names its redirect URI octet for octet as it is registered',
    level: must(),
    source: 'RFC 6749 §3.1.2.3; RFC 9700 §4.1.3',
    why: 'Servers compare characters: a slash or a port too many and nobody can log in. Send the configured text, and build it from no request.',
    alsoFor: everywhere,
    control: false,
    env: withTwo,
    async story(scene) {
      await scene.visit(await scene.begin())
    },
    judge(evidence) {
      const [url] = begun(evidence)
      const sent = url?.searchParams.getAll('redirect_uri') ?? []
      const other = sent.find((one) => one !== evidence.env.redirectUri)
      if (other !== undefined) return saw(`named ${other} where ${evidence.env.redirectUri} is registered`)
      // Mekari has no such parameter, and Finexer goes to the first one registered.
      const needed = !['mekari', 'finexer'].includes(evidence.provider)
      if (url && sent.length === 0 && needed) return saw('named no redirect URI though two are registered')
    },
    mutant: {
      bug: 'adds a slash to its redirect URI',
      find: 'redirect_uri: env.redirectUri }),\n        ...(verifier !== undefined && { code_challenge',
      replace: "redirect_uri: env.redirectUri + '/' }),\n        ...(verifier !== undefined && { code_challenge",
      at: 'mercado-pago',
    },
  }),
  clause({
    id: 'ar-redirect-uri-omittable',
    title: 'finishes a login that went back to the registered redirect URI without being told to',
    level: may('provider'),
    source: 'RFC 6749 §3.1.2.3: it may be left out where one is registered',
    why: 'A client that waits for a redirect URI of its own naming turns away good logins. Know a login by its state.',
    alsoFor: ['mekari', 'finexer'],
    control: false,
    env: withTwo,
    async story(scene) {
      const url = new URL(await scene.begin())
      // Of one that was named the provider hears nothing, and chooses as if it had not been.
      url.searchParams.delete('redirect_uri')
      await scene.callback('browser', await scene.visit(url.href))
    },
    missed(evidence) {
      if (!finished(evidence)) return 'no callback came with a code'
      if (refused(evidence)) return 'the provider refused the exchange'
    },
    judge(evidence) {
      const step = finished(evidence)
      if (!step || step.answer?.outcome === 'connected' || refused(evidence)) return undefined
      const exchange = codeExchanges(evidence.exchanges).at(-1)
      const end = `came to ${step.answer?.outcome}`
      return saw(`${end} at a callback to the redirect URI that the provider has chosen`, exchange)
    },
    mutant: {
      bug: 'takes a callback only where it has named a redirect URI',
      find: "const code = parameters.get('code')",
      replace: "const code = habits.redirectUri ? parameters.get('code') : null",
    },
  }),
]

/** Whether the provider was asked for tokens, and is to blame that none came. */
const refused = ({ exchanges }: Evidence) => {
  const asked = tokenRequests(exchanges)
  return asked.length > 0 && !asked.some(succeeded)
}

/** What was answered to a callback with a code. */
const finished = (evidence: Evidence) =>
  stepsOf(evidence, 'callback').find(({ asked, answer }) => answer && new URL(asked.url).searchParams.has('code'))
