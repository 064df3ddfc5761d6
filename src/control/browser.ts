import { sharedBy } from '../engine/ambiguous.ts'
import { findPushed } from '../engine/authorize-attempt.ts'
import { type Explanation, explain } from '../engine/explain.ts'
import { locate } from '../engine/locate.ts'
import { type Parameters, readForm } from '../engine/parameters.ts'
import { scopesAsked } from '../engine/scope-asked.ts'
import { exchange } from '../engine/serve.ts'
import { plainUserCode } from '../engine/user-code.ts'
import type { Address, Decision } from '../engine/visit.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { scopesOf } from '../vocabulary/scope.ts'
import type { HttpRequest, PostedAnswer } from '../vocabulary/wire.ts'
import type { World } from '../world/world.ts'
import type { Addresses } from './addresses.ts'
import { findUser } from './users.ts'

/** What the person at the browser does. */
export interface PersonInput {
  /** Default: approve. */
  decision?: Decision['decision']
  /** An id or e-mail address; default: whom `login_hint` names, where the provider reads that, else the first person. */
  user?: string
  /** Grants only these of the scopes asked for, joined by spaces. */
  scope?: string
}

/** Each way in which a browser's visit can end. */
interface BrowserEnds {
  /** At the client. */
  readonly redirectTo: string
  /** At the client, which gets these fields by a POST to this URL (`response_mode=form_post`). */
  readonly formPost: PostedAnswer
  /** On the page that says that the device goes on by itself. */
  readonly device: 'approved' | 'denied'
  /** On an error page. */
  readonly errorPage: { readonly status: number } & Pick<Explanation, 'kind' | 'rule' | 'expected' | 'came' | 'fix'>
}

/** Where the browser ends up: one of the ways. */
export type BrowserOutcome = {
  [End in keyof BrowserEnds]: Pick<BrowserEnds, End> & {
    readonly [Other in Exclude<keyof BrowserEnds, End>]?: never
  }
}[keyof BrowserEnds]

/**
 * Plays the browser: opens an authorization URL, or the verification URL of a device, signs in and decides.
 * @throws {MockOAuthError} `not_an_authorize_url`, `host_ambiguous`, `unknown_user`, `invalid_scope`
 */
export async function playBrowser(
  world: World,
  addresses: Addresses,
  asked: string,
  person: PersonInput = {},
): Promise<BrowserOutcome> {
  const { url, address } = addresses.enter(asked)
  const { environment, owners, routes, query } = locate(url, world, address.environment)
  if (owners.length > 1) throw new MockOAuthError('host_ambiguous', sharedBy(new URL(url).origin, owners))
  const endpoint = routes?.get('GET')?.endpoint
  if (!environment || (endpoint !== 'authorize' && endpoint !== 'device')) {
    const expected = world.environments
      .flatMap((one) => entrancesOf(one).map((entrance) => addresses.of(one).publicUrl(entrance)))
      .join(' or ')
    throw new MockOAuthError(
      'not_an_authorize_url',
      `"${asked}" is not an authorization URL. Expected one at ${expected}.`,
    )
  }
  const user = await findUser(world, person.user)
  const scopes = await (endpoint === 'device' ? scopesOfDevice : scopesOfRequest)(world, environment, readForm(query))
  const foreign = scopesOf(person.scope ?? '', environment.rules.authorize.scopeSeparator).find(
    (scope) => !scopes.includes(scope),
  )
  if (foreign !== undefined) {
    throw new MockOAuthError('invalid_scope', `"${foreign}" was not asked for. Asked for: ${scopes.join(' ')}.`)
  }
  const decision = {
    decision: person.decision ?? 'approve',
    // Nobody named: then whom the client expects (login_hint), else the first.
    ...(person.user === undefined ? {} : { userId: user.id }),
    ...(person.scope ? { scope: person.scope } : {}),
  }
  const seen = await exchange(opening(url), world, address, decision)
  if (seen.posted) return { formPost: seen.posted }
  if (endpoint === 'device' && !seen.refusal) {
    return { device: decision.decision === 'approve' ? 'approved' : 'denied' }
  }
  const location = seen.response.headers.find(([name]) => name === 'location')?.[1]
  const page = errorPageOf(environment, address, location)
  if (location !== undefined && page === undefined) return { redirectTo: location }
  const last = page === undefined ? seen : await exchange(opening(page), world, address)
  const { kind, rule, expected, came, fix } = explain(seen, environment, world.journal.find)
  return {
    errorPage: {
      status: last.response.status,
      ...(kind && { kind }),
      ...(rule && { rule }),
      ...(expected && { expected }),
      ...(came && { came }),
      ...(fix && { fix }),
    },
  }
}

/** Where a person begins, at the provider's own URLs. */
const entrancesOf = ({ urls, urlOf, rules: { device } }: Environment): readonly string[] =>
  device ? [urls.authorize, urlOf(device.verification)] : [urls.authorize]

async function scopesOfRequest(world: World, environment: Environment, sent: Parameters): Promise<readonly string[]> {
  const pushed = await findPushed({ world, environment }, sent)
  const parameters = pushed ? readForm(pushed.query) : sent
  const client = await world.store.findClient(environment.key, parameters.get('client_id') ?? '')
  return scopesAsked({ parameters, rules: environment.rules }, client ?? { scopes: [] })
}

async function scopesOfDevice(
  { store }: World,
  { key }: Environment,
  parameters: Parameters,
): Promise<readonly string[]> {
  const device = await store.findDeviceByUserCode(key, plainUserCode(parameters.get('user_code') ?? ''))
  return scopesOf(device?.scope ?? '')
}

const opening = (url: string): HttpRequest => ({ method: 'GET', url, headers: {}, body: '' })

/** The provider's URL of its own error page, where the browser is sent there. */
function errorPageOf(environment: Environment, address: Address, location = ''): string | undefined {
  const { errorPage } = environment.rules.authorize
  const page = errorPage && environment.urlOf(errorPage)
  const shown = page && address.publicUrl(page)
  return shown && location.startsWith(`${shown}?`) ? page + location.slice(shown.length) : undefined
}
