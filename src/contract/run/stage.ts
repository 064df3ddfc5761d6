import { setupOf } from '../../control/setup.ts'
import { createMock } from '../../embedded/create-mock.ts'
import type { Listening, MockOAuth } from '../../embedded/mock-oauth.ts'
import { providers } from '../../providers.ts'
import { listen } from '../../server/listen.ts'
import type { ProviderDefinition } from '../../vocabulary/definition.ts'
import { environmentsOf } from '../../vocabulary/environment.ts'
import type { Given, ProviderId } from '../clause.ts'
import { givenBy } from './given.ts'
import { openMailbox } from './mailbox.ts'

/** Where a user is sent back to. Nobody listens there: the story brings the URL to the client itself. */
export const redirectUri = 'http://localhost:8080/oauth/callback'

/** A mock of the providers, and one address for every world of it. */
export interface Stage {
  readonly mock: MockOAuth
  readonly listening: Listening
  /** The behaviour that is presumed in place of the usual one: `mekari.errors=kong`. */
  readonly assumed: string | undefined
  /** What a provider gives, with what is presumed. */
  given(provider: ProviderId): ReadonlySet<Given>
  close(): Promise<void>
}

/** How many worlds may be open at once; each is removed after its story. */
const worlds = { limit: 1_000 }

/**
 * Plays providers for stories.
 * @param assumed `mekari.errors=kong`
 */
export async function createStage(ids: readonly ProviderId[], seed: string, assumed?: string): Promise<Stage> {
  const [, name, choice] = /^[^.]+\.([^=]+)=(.+)$/.exec(assumed ?? '') ?? []
  const choices = name === undefined || choice === undefined ? {} : { [name]: choice }
  const environments = ids.flatMap((id) => environmentsOf(takingPosts(providers[id] as ProviderDefinition), choices))
  const mailbox = await openMailbox()
  const telling = environments.some(({ rules }) => rules.webhooks) && { webhooks: { url: mailbox.url } }
  const mock = await createMock(
    { providers: ids, seed, worlds, client: { redirectUris: [redirectUri], ...telling } },
    { openState: () => Promise.reject(new Error('nothing is kept')), listen },
    (options) => ({ ...setupOf(options), environments }),
  )
  const listening = await mock.listen({ port: 0 })
  const close = async () => {
    await mock.close()
    await mailbox.close()
  }
  const given = (provider: ProviderId) =>
    new Set(environments.filter(({ key }) => key === provider).flatMap(({ rules }) => [...givenBy(rules)]))
  return { mock, listening, assumed, given, close }
}

/** A definition whose first resource takes POSTs, too: how a client repeats one is part of what is judged. */
function takingPosts(definition: ProviderDefinition): ProviderDefinition {
  const { api } = definition
  const [first, ...others] = api.resources
  if (!first) return definition
  const { at } = first
  const posted = (text: string) => text.replace(/^GET /, 'POST ')
  const taken = { ...first, at: typeof at === 'string' ? posted(at) : { ...at, value: posted(at.value) } }
  return { ...definition, api: { ...api, resources: [first, taken as typeof first, ...others] } }
}
