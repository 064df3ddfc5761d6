import type { Fault, FaultShown, HttpRequest, MockOAuth, MockOAuthOptions } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { environmentOf } from '../../src/control/environments.ts'
import type { GrantType } from '../../src/store/store.ts'
import { type Environment, environmentsOf } from '../../src/vocabulary/environment.ts'
import { grantOf, placesOf } from '../../src/vocabulary/fault-places.ts'
import { type Answer, served } from '../doors.ts'
import { act, type Party, scopesWithoutSigning } from '../laws/party.ts'
import type { Stage } from '../laws/stage.ts'
import { openAtNoon } from '../suites/open.ts'

/** Goes to a place of a provider; what comes back is remembered for the next step. */
export type Step = () => Promise<Answer>

/** A client that goes to each place of a provider over HTTP, whatever faults are armed. */
export interface Caller {
  readonly mock: MockOAuth
  readonly environment: Environment
  readonly party: Party
  /** By name: `authorize`, `exchange`, `refresh`, `credentials`, `poll`, `api`, `user-info`, `revoke`, `introspect`, `push`, `ask`, `discovery`, `keys`. */
  readonly steps: Readonly<Record<string, Step>>
  /** The latest of each that was seen on the wire. */
  readonly seen: Record<string, string>
  arm(fault: object): FaultShown
}

/** Opens a provider over HTTP at noon, with a client that was connected once. */
export async function callerOf(provider: string, options: Partial<MockOAuthOptions> = {}): Promise<Caller> {
  const { mock, request } = await openAtNoon(served, provider, options)
  const definition = providers[provider]
  if (!definition) throw new Error(`no provider ${provider}`)
  const environment = environmentOf({ environments: environmentsOf(definition) }, provider)
  const { rules, urls, urlOf } = environment
  let last: Answer = { status: 0, headers: [], body: '' }
  const send = async ({ url, method, headers, body }: HttpRequest) => {
    last = await request(url, { method, headers: headers as Record<string, string>, body })
    return last
  }
  const client = await mock.clients.register({
    provider,
    scopes: scopesWithoutSigning(environment),
    redirectUris: ['https://client.example/callback'],
    grantTypes: placesOf(environment).flatMap((place) => grantOf(place) ?? []) as GrantType[],
  })
  const party = act({ send } as unknown as Stage, environment, client)
  const seen: Record<string, string> = {}

  /** Keeps what an answer shows of what was issued. */
  const look = async (asked: Promise<unknown>): Promise<Answer> => {
    // A body that is no JSON any more is what the test is about.
    await asked.catch((why: unknown) => {
      if (!(why instanceof SyntaxError)) throw why
    })
    const location = last.headers.find(([name]) => name === 'location')?.[1]
    const shown = location === undefined ? parsed(last.body) : Object.fromEntries(new URL(location).searchParams)
    for (const [name, value] of Object.entries(shown)) if (typeof value === 'string') seen[name] = value
    return last
  }
  const bearer = (method: string, url: string) =>
    look(send({ method, url, headers: { authorization: `Bearer ${seen.access_token}` }, body: '' }))
  const place = (endpoint: string) => {
    for (const [url, methods] of environment.routes) {
      for (const [method, route] of methods) if (route.endpoint === endpoint) return { url, method }
    }
    return { url: '', method: '' }
  }
  const steps: Record<string, Step> = {
    authorize: () => look(party.authorize()),
    exchange: () => look(party.exchange(seen.code ?? '')),
    refresh: () => look(party.refresh(seen.refresh_token ?? '')),
    credentials: () => look(party.post(urls.token, { grant_type: 'client_credentials' })),
    poll: () => look(party.poll(seen.device_code ?? '')),
    api: () => bearer('GET', urls.api),
    'user-info': () => bearer('GET', place('user-info').url),
    revoke: () => {
      const { by = 'bearer' } = rules.revoke ?? {}
      if (by === 'bearer') return bearer(place('revoke').method, urls.revoke ?? '')
      const token = by.parameter === 'refresh_token' ? seen.refresh_token : seen.access_token
      return look(party.post(urls.revoke ?? '', { [by.parameter]: token }))
    },
    introspect: () =>
      look(party.post(rules.introspect ? urlOf(rules.introspect.at) : '', { token: seen.access_token })),
    push: () => look(party.post(rules.pushedRequests ? urlOf(rules.pushedRequests.at) : '', party.wish)),
    ask: () => look(party.post(rules.device ? urlOf(rules.device.at) : '', {})),
    discovery: () => look(send({ method: 'GET', url: place('discovery').url, headers: {}, body: '' })),
    keys: () => look(send({ method: 'GET', url: place('keys').url, headers: {}, body: '' })),
  }
  await steps.authorize?.()
  await steps.exchange?.()
  return { mock, environment, party, steps, seen, arm: (fault) => mock.faults.arm(fault as Fault) }
}

function parsed(body: string): object {
  try {
    return JSON.parse(body) ?? {}
  } catch {
    return {}
  }
}

/** The step that goes to a place where a fault can strike. */
export const stepTo = (place: string): string =>
  ({
    'token:authorization_code': 'exchange',
    'token:refresh_token': 'refresh',
    'token:client_credentials': 'credentials',
    'token:urn:ietf:params:oauth:grant-type:device_code': 'poll',
    token: 'refresh',
    'pushed-request': 'push',
    'device-authorization': 'ask',
  })[place] ?? place
