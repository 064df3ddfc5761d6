import { stepsOf } from '../engine/authorize.ts'
import { gatherAuthorizeAttempt } from '../engine/authorize-attempt.ts'
import { promptingOf } from '../engine/checks/prompt.ts'
import { wordsFor } from '../engine/language.ts'
import { locate } from '../engine/locate.ts'
import { judge } from '../engine/refusal.ts'
import { scopesAsked } from '../engine/scope-asked.ts'
import { itself } from '../engine/visit.ts'
import type { Words } from '../pages/words.ts'
import type { User } from '../store/store.ts'
import type { World } from '../world/world.ts'

/** What a consent page has to show. */
export interface ConsentAsked {
  /** The provider's name. */
  readonly provider: string
  /** The client's name. */
  readonly application: string
  readonly scopes: readonly { readonly name: string; readonly words: string | undefined }[]
  /** Who may answer; the one that the client expects (`login_hint`) comes first. */
  readonly people: readonly User[]
  readonly words: Words
}

/** What a person is asked at an authorization URL; nothing where it is answered without asking anybody. */
export async function consentAsked(world: World, asked: string): Promise<ConsentAsked | undefined> {
  const { url, query, environment, routes } = locate(asked, world)
  const route = routes?.get('GET')
  if (!environment || route?.endpoint !== 'authorize' || world.consent !== 'page') return undefined
  const request = { method: 'GET', url: asked, headers: {}, body: '' }
  const now = world.clock.now()
  const visit = {
    ...{ request, url, query, route, environment, world, now },
    ...{ address: itself, exchange: '', decision: undefined },
  }
  const attempt = await gatherAuthorizeAttempt(visit)
  const { client, rules } = attempt
  const { silent, loginHint } = promptingOf(attempt)
  if (!client || silent || judge(attempt, stepsOf(rules.authorize.errors).before)) return undefined
  const people = await world.people()
  return {
    provider: environment.name,
    application: client.name,
    scopes: scopesAsked(attempt, client).map((name) => ({
      name,
      words: Object.hasOwn(rules.scopes, name) ? rules.scopes[name] : undefined,
    })),
    people: people.toSorted((a, b) => Number(b.email === loginHint) - Number(a.email === loginHint)),
    words: wordsFor(visit),
  }
}
