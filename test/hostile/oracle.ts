import type { HttpResponse } from 'mock-oauth'
import { expect } from 'vitest'
import type { Endpoint } from '../../src/vocabulary/endpoint.ts'
import type { Environment } from '../../src/vocabulary/environment.ts'
import { rotationOf } from '../../src/vocabulary/rotation.ts'
import { locationOf } from '../laws/party.ts'
import type { Stage } from '../laws/stage.ts'
import type { Draft, Pool } from './requests.ts'
import { afterUse } from './uses.ts'

interface Owner {
  readonly id: string
  readonly secret: string | undefined
  readonly redirectUris: readonly string[]
  readonly grantTypes: readonly string[]
}
interface Issued {
  readonly owner: Owner
  expiresAt: number
  readonly environment: string
  spent: boolean
  uses?: number
}

/** Remembers what was issued, and objects to every answer that should not have been given. */
export interface Oracle {
  readonly pool: Pool
  judge(draft: Draft, environment: Environment, answer: HttpResponse): void
}

/** An oracle for the clients and people of a stage. */
export function createOracle(
  stage: Stage,
  clients: readonly (Owner & { scopes: readonly string[]; environment: string })[],
  emails: readonly string[],
): Oracle {
  const issued = {
    code: new Map<string, Issued>(),
    access: new Map<string, Issued>(),
    refresh: new Map<string, Issued>(),
    request: new Map<string, Issued>(),
  }
  /** Secrets that some request has held: a page may lead them back. */
  const told = new Set<string>()
  const pool: Pool = {
    client_id: clients.map(({ id }) => id),
    client_secret: clients.map(({ secret }) => secret ?? ''),
    redirect_uri: clients.flatMap(({ redirectUris }) => redirectUris),
    scope: clients.map(({ scopes }) => scopes.join(' ')),
    email: [...emails],
    ownerOf: new Map(),
    home: clients.map(({ redirectUris }) => redirectUris[0] ?? ''),
    ...{
      code: [],
      access_token: [],
      refresh_token: [],
      request_uri: [],
      cookie: [],
      consent: [],
      return_to: [],
      authenticity_token: [],
    },
  }
  /** Whether the request shows the secret of a client: as a parameter, or in a Basic header. */
  const proves = ({ request, parameters }: Draft, { id, secret }: Owner, { rules }: Environment) => {
    const basic = /^basic (\S+)/i.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const pair = /^[\w+/=]+$/.test(basic) ? atob(basic) : ''
    if (secret !== undefined && pair === `${encodeURIComponent(id)}:${encodeURIComponent(secret)}`) return true
    const sent = (name: string, value: string) => parameters.some(([one, text]) => one === name && text === value)
    if (rules.token.client[0] === 'secretInBody') return secret !== undefined && sent('client_secret', secret)
    return sent('client_id', id) && (secret === undefined || sent('client_secret', secret))
  }

  function learn(answer: HttpResponse, { rules: { signIn } }: Environment): void {
    for (const [name, value] of answer.headers) {
      if (name === 'set-cookie') pool.cookie.push([value.split(';')[0], pool.cookie.at(-1)].filter(Boolean).join('; '))
    }
    for (const [, name, value] of answer.body.matchAll(/name="([^"]+)" value="([^"]+)"/g)) {
      if (name === 'consent' || name === 'page_token') pool.consent.push(value ?? '')
      if (name === signIn.fields.token) pool.authenticity_token.push(value ?? '')
    }
    const [, query] = locationOf(answer)?.split('?') ?? []
    const back = new URLSearchParams(query).get(signIn.carries.returnTo)
    if (back !== null) pool.return_to.push(back)
  }

  function judgeRedirect({ request, parameters }: Draft, { key, rules }: Environment, location: string): void {
    const named = clients.filter(({ id }) => parameters.some(([name, value]) => name === 'client_id' && value === id))
    const owner = named.find(({ redirectUris }) =>
      redirectUris.some((uri) => location.startsWith(`${uri}${uri.includes('?') ? '&' : '?'}`)),
    )
    expect(stage.isOwn(location, request) || owner !== undefined, `sent to ${location}`).toBe(true)
    const code = owner && new URL(location).searchParams.get('code')
    if (!code) return
    judgePushed(parameters, key, owner)
    expect(issued.code.has(code), 'a code is unique').toBe(false)
    const expiresAt = stage.now() + rules.authorize.code.lifetime
    issued.code.set(code, { owner, environment: key, expiresAt, spent: false })
    pool.code.push(code)
    pool.ownerOf.set(code, pool.client_id.indexOf(owner.id))
  }

  /** A code for a request that was pushed is for the client that pushed it, once and in time. */
  function judgePushed(parameters: Draft['parameters'], key: string, owner: Owner): void {
    const [, uri] = parameters.find(([name, value]) => name === 'request_uri' && issued.request.has(value)) ?? []
    const request = uri === undefined ? undefined : issued.request.get(uri)
    if (!request) return
    expect([request.owner, request.spent, request.environment], `a code for ${uri}`).toEqual([owner, false, key])
    expect(request.expiresAt, `a code for ${uri}`).toBeGreaterThan(stage.now())
    request.spent = true
  }

  /** Who authenticates may send a request ahead. */
  function judgePush(draft: Draft, environment: Environment, body: string): void {
    const owner = clients.find((one) => one.environment === environment.key && proves(draft, one, environment))
    const { request_uri: uri } = JSON.parse(body)
    expect(owner, `a request pushed by ${JSON.stringify(draft)}`).toBeDefined()
    expect(issued.request.has(uri), 'a request URI is unique').toBe(false)
    if (!owner) return
    const expiresAt = stage.now() + (environment.rules.pushedRequests?.lifetime ?? 0)
    issued.request.set(uri, { owner, environment: environment.key, expiresAt, spent: false })
    pool.request_uri.push(uri)
    pool.ownerOf.set(uri, pool.client_id.indexOf(owner.id))
  }

  /** A client with a secret hears of a live token that it is one, and of anything else nothing. */
  function judgeIntrospection(draft: Draft, environment: Environment, body: string): void {
    const asks = clients.some(
      ({ secret, ...one }) => secret !== undefined && proves(draft, { secret, ...one }, environment),
    )
    expect(asks, `told ${JSON.stringify(draft)}`).toBe(true)
    if (JSON.parse(body).active !== true) return void expect(body).toBe('{"active":false}')
    const stands = [issued.access, issued.refresh].some((map) =>
      draft.parameters.some(([name, value]) => {
        const token = name === 'token' ? map.get(value) : undefined
        return token && !token.spent && token.expiresAt > stage.now() && token.environment === environment.key
      }),
    )
    expect(stands, `called active: ${JSON.stringify(draft)}`).toBe(true)
  }

  /** What a parameter holds that was issued to the sender and stands. */
  const live = (draft: Draft, environment: Environment, map: Map<string, Issued>, name?: string) =>
    draft.parameters.flatMap(([one, value]) => {
      const found = name === undefined || one === name ? map.get(value) : undefined
      const stands = found && !found.spent && found.expiresAt > stage.now() && found.environment === environment.key
      return stands && proves(draft, found.owner, environment) ? [found] : []
    })

  function judgeTokens(draft: Draft, environment: Environment, body: Record<string, unknown>): void {
    const { access_token: access, refresh_token: refresh } = body
    if (typeof access !== 'string') return
    const { rules, key } = environment
    const flagged = clients.filter((one) => one.grantTypes.includes('client_credentials') && one.secret !== undefined)
    const credit = draft.parameters.some(([, value]) => value === 'client_credentials')
    const [code] = live(draft, environment, issued.code, 'code')
    const [renewed] = live(draft, environment, issued.refresh, 'refresh_token')
    const itself = credit ? flagged.find((one) => proves(draft, one, environment)) : undefined
    const owner = (code ?? renewed)?.owner ?? itself
    expect(owner, `tokens for ${JSON.stringify(draft)}`).toBeDefined()
    if (!owner) return
    const rotation = rotationOf(rules.refresh?.token.rotation ?? 'none')
    const livesOn = rotation.renewsAt === 'noUse'
    if (code) code.spent = true
    else if (renewed) {
      // No provider, as any choice has it, brings one pair twice: that each token is unique holds of all of them.
      expect(rotation.again?.brings).not.toBe('theSamePair')
      renewed.uses = (renewed.uses ?? 0) + 1
      const after = afterUse(rotation, { uses: renewed.uses, expiresAt: renewed.expiresAt }, stage.now())
      renewed.spent = after.ended
      renewed.expiresAt = after.expiresAt
    }
    expect(issued.access.has(access), 'an access token is unique').toBe(false)
    const until = (lifetime: number) => ({ owner, environment: key, expiresAt: stage.now() + lifetime, spent: false })
    issued.access.set(access, until(rules.token.accessToken.lifetime))
    pool.access_token.push(access)
    if (typeof refresh !== 'string' || (livesOn && !code && issued.refresh.get(refresh) === renewed)) return
    expect(issued.refresh.has(refresh), 'a refresh token is unique').toBe(false)
    issued.refresh.set(refresh, until(rules.refresh?.token.lifetime ?? 0))
    pool.refresh_token.push(refresh)
    pool.ownerOf.set(refresh, pool.client_id.indexOf(owner.id))
  }

  /** A protected resource is shown, or a token revoked, for a live token only. */
  function judgeBearer({ request }: Draft, { key, rules }: Environment, isRevocation: boolean): void {
    const value = /^bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]?.trim() ?? ''
    if (rules.client.secretIsAccessToken && clients.some(({ secret }) => secret === value)) return
    const token = issued.access.get(value)
    const stands = token && !token.spent && token.expiresAt > stage.now() && token.environment === key
    expect(stands, `access with ${JSON.stringify(value)}`).toBe(true)
    if (token && isRevocation) token.spent = true
  }

  /** A client revokes its own tokens only, and is told so unless the provider says yes to every value. */
  function judgeRevocation(draft: Draft, environment: Environment): void {
    const own = [issued.refresh, issued.access].flatMap((map) => live(draft, environment, map))
    if (environment.rules.revoke?.deadToken !== 'answered') {
      expect(own.length, `a revocation by ${JSON.stringify(draft)}`).toBeGreaterThan(0)
    }
    for (const token of own) token.spent = true
  }

  return {
    pool,
    judge(draft, environment, answer) {
      const { request } = draft
      expect(answer.status, answer.body).toBeLessThan(500)
      for (const [name, value] of answer.headers) {
        expect(name).toMatch(/^[\w-]+$/)
        expect(value, name).toMatch(/^[\t\x20-\x7e\x80-\xff]*$/)
      }
      const said = JSON.stringify([request.url, request.body, request.headers])
      const heard = JSON.stringify([answer.headers, answer.body])
      for (const { secret } of clients) {
        if (secret && said.includes(secret)) told.add(secret)
        if (secret && heard.includes(secret)) expect(told, 'secrets that had been sent').toContain(secret)
      }
      const location = locationOf(answer)
      if (location !== undefined) judgeRedirect(draft, environment, location)
      learn(answer, environment)

      const { urls, rules, urlOf } = environment
      const url = request.url.split('?')[0] ?? ''
      const isJson = answer.headers.some(
        ([name, value]) => name === 'content-type' && value.startsWith('application/json'),
      )
      const isRead = request.method === 'GET' || request.method === 'HEAD'
      const isRevoked = url === urls.revoke && answer.status < 300
      if (url === urls.api && isRead && answer.status === 200) judgeBearer(draft, environment, false)
      if (isRevoked && rules.revoke?.by === 'bearer' && request.method === 'DELETE')
        judgeBearer(draft, environment, true)
      if (isRevoked && rules.revoke?.by !== 'bearer' && request.method === 'POST') judgeRevocation(draft, environment)
      const isAt = (at: Endpoint | undefined) => at !== undefined && url === urlOf(at) && request.method === 'POST'
      if (isAt(rules.pushedRequests?.at) && answer.status === 201) judgePush(draft, environment, answer.body)
      if (isAt(rules.introspect?.at) && answer.status === 200) judgeIntrospection(draft, environment, answer.body)
      if (isJson && answer.status === 200 && answer.body !== '')
        judgeTokens(draft, environment, JSON.parse(answer.body))
    },
  }
}
