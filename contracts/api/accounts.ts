import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  apiCalls,
  bearerOf,
  codeExchanges,
  refreshes,
  tokenFields,
  under,
} from '../../src/contract/reading.ts'
import { connectTwo, type Link, links } from '../rotation/two-links.ts'

/** Several accounts at a time. */
export const accounts: readonly Clause[] = [
  clause({
    id: 'ap-account-isolation',
    title: "never calls for one account with another account's token",
    level: must(),
    source: 'RFC 6749 §10.3',
    why: 'What is read or written then is of another customer, and nobody is told. Look tokens up by the link of each call.',
    alsoFor: everywhere,
    needs: { features: ['multiLink'] },
    after: 'refreshes',
    control: false,
    async story(scene) {
      await connectTwo(scene)
      scene.mark('interleaved')
      // What is sent says whose call it is.
      const call = (link: Link) => scene.call({ link, method: 'POST', body: JSON.stringify({ for: link }) })
      await Promise.all(links.map(call))
      await scene.expire()
      for (const link of [...links, ...links]) await call(link)
    },
    missed(evidence) {
      const silent = links.find((link) => !callsFor(evidence, link).length)
      if (silent) return `no call came with the body that was given for ${silent}`
    },
    judge(evidence) {
      const owners = ownersOf(evidence)
      for (const link of links) {
        const wrong = callsFor(evidence, link).find((call) => owners.get(bearerOf(call)) !== link)
        if (wrong)
          return saw('made a call for one account with the token of another, or with none that is known', wrong)
      }
    },
    mutant: {
      bug: 'takes the first link that it finds',
      find: 'const found = await store.read(name)',
      replace: 'const [found] = await store.all()',
      drags: ['rc-accounts-independent', 'rc-lost-response-final', 'cb-state-bound-to-link'],
    },
  }),
]

const callsFor = (evidence: Evidence, link: Link) =>
  apiCalls(under(evidence, 'interleaved')).filter(({ request }) => request.body.includes(`"${link}"`))

/** Whose each token is: by the login that it came of, or by the refresh token that it was got for. */
function ownersOf(evidence: Evidence): ReadonlyMap<unknown, Link> {
  const owners = new Map<unknown, Link>()
  for (const link of links) for (const one of codeExchanges(under(evidence, link))) keep(answerOf(one), link)
  for (const one of refreshes(evidence.exchanges)) {
    const link = owners.get(tokenFields(one).refresh_token)
    if (link) keep(answerOf(one), link)
  }
  function keep({ access_token, refresh_token }: Readonly<Record<string, unknown>>, link: Link): void {
    owners.set(access_token, link)
    owners.set(refresh_token, link)
  }
  return owners
}
