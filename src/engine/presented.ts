import * as base64url from 'jose/base64url'
import type { Store } from '../store/store.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { HttpRequest } from '../vocabulary/wire.ts'
import { readBasic, readCredentials } from './credentials.ts'
import { type Parameters, readBody, readForm } from './parameters.ts'
import { splitUrl } from './url.ts'
import { plainUserCode } from './user-code.ts'

/** Something that a request presents, and that only a world which has issued or registered it knows. */
export interface Presented {
  /** What it is, in words. */
  readonly what: string
  isKnownTo(store: Store): Promise<boolean>
}

type Find = (store: Store, value: string) => Promise<unknown>

const findToken: Find = async (store, value) =>
  (await store.findAccessToken(value)) ?? (await store.findRefreshToken(value))

/** What was issued, by the name of its parameter; what is good for one use only comes first. */
const issued: Readonly<Record<string, Find>> = {
  code: (store, value) => store.findCode(value),
  refresh_token: (store, value) => store.findRefreshToken(value),
  device_code: async (store, value) => (await store.findDevice(value)) ?? (await store.findCode(value)),
  request_uri: (store, value) => store.findRequest(value),
  token: findToken,
  access_token: findToken,
}

/** What a request presents at an environment, the strongest first: what was issued, then client credentials, then what a browser brings. */
export function* presentedIn(request: HttpRequest, environment: Environment): Generator<Presented> {
  const { key, rules } = environment
  const { url, headers } = request
  const { query } = splitUrl(url)
  const body = readBody(request, ['json', 'form'])
  const places = [...('unreadable' in body ? [] : [body]), readForm(query)]
  const find = (name: string) => places.map((one) => one.get(name)).find((value) => value !== undefined)

  for (const [name, findIssued] of Object.entries(issued)) {
    const value = find(name)
    if (value !== undefined)
      yield { what: name, isKnownTo: async (store) => (await findIssued(store, value)) !== undefined }
  }
  const bearer = bearerOf(headers.authorization, rules.api.tokenAsUser)
  if (bearer !== undefined) {
    yield { what: 'access token', isKnownTo: async (store) => (await findToken(store, bearer)) !== undefined }
  }
  if (bearer !== undefined && rules.client.secretIsAccessToken) {
    yield { what: 'secret', isKnownTo: async (store) => (await store.findClientBySecret(key, bearer)) !== undefined }
  }
  const userCode = find('user_code')
  if (userCode !== undefined) {
    const plain = plainUserCode(userCode)
    yield {
      what: 'user_code',
      isKnownTo: async (store) => (await store.findDeviceByUserCode(key, plain)) !== undefined,
    }
  }
  for (const parameters of [...places, carriedIn(find(rules.signIn.carries.returnTo))]) {
    yield* credentialsIn(request, parameters, environment)
  }
  const sessions = (headers.cookie ?? '').matchAll(/\bmock_oauth_(?:session|owner)[^=;]*=([a-z0-9]+)/g)
  for (const [, id = ''] of sessions)
    yield { what: 'session', isKnownTo: async (store) => (await store.findSession(id)) !== undefined }
}

/** The token of an Authorization header, wherever a provider reads one. */
function bearerOf(authorization: string | undefined, asUser = false): string | undefined {
  const { id, secret } = asUser ? readBasic(authorization) : {}
  return secret === '' ? id : /^bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trim()
}

function* credentialsIn(
  request: HttpRequest,
  parameters: Parameters,
  { key, rules }: Environment,
): Generator<Presented> {
  const { id, secret } = readCredentials(
    request,
    parameters,
    [...rules.token.client, 'basic', 'idInBody', 'body'],
    false,
  )
  if (secret !== undefined) {
    yield {
      what: 'client_secret',
      isKnownTo: async (store) =>
        id === undefined
          ? (await store.findClientBySecret(key, secret)) !== undefined
          : (await store.findClient(key, id))?.secret === secret,
    }
  }
  if (id !== undefined)
    yield { what: 'client_id', isKnownTo: async (store) => (await store.findClient(key, id)) !== undefined }
}

/** The parameters of the request that a page leads back to. */
function carriedIn(carried = ''): Parameters {
  try {
    return readForm(splitUrl(new TextDecoder().decode(base64url.decode(carried.replace(/=+$/, '')))).query)
  } catch {
    return readForm('')
  }
}
