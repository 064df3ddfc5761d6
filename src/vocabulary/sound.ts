import { fill, type Shape } from './answer.ts'
import type { Chance } from './chance.ts'
import type { ProviderDefinition } from './definition.ts'
import { never } from './duration.ts'
import { exampleGrant } from './example.ts'
import { InvalidDefinition } from './misuse.ts'
import type { Plain } from './plain.ts'

const unsound = (id: string, path: string, message: string) => new InvalidDefinition(id, [{ path, message }])

/**
 * Refuses a life that never begins or, not being a number, never ends.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkLifetimes({
  id,
  authorize,
  token,
  refresh,
  clientCredentials,
  pushedRequests,
  device,
  openid,
}: Plain<ProviderDefinition>): void {
  const lifetimes = {
    'authorize.code.lifetime': authorize.code.lifetime,
    'token.accessToken.lifetime': token.accessToken.lifetime,
    'refresh.token.lifetime': refresh?.token.lifetime,
    'clientCredentials.lifetime': clientCredentials?.lifetime,
    'pushedRequests.lifetime': pushedRequests?.lifetime,
    'openid.lifetime': openid?.lifetime,
    'device.lifetime': device?.lifetime,
    'device.interval': device?.interval,
  }
  for (const [path, lifetime] of Object.entries(lifetimes)) {
    // These are told in seconds, which have no word for never (RFC 8628 §3.2, RFC 9126 §2.2).
    const longest = /^(device|pushedRequests)\./.test(path) ? Number.MAX_SAFE_INTEGER : never
    if (lifetime !== undefined && !(lifetime > 0 && lifetime <= longest)) {
      throw unsound(id, path, `is ${lifetime}. Expected a length of time above zero, such as hours(1).`)
    }
  }
}

/**
 * Refuses a challenge that every client has to send and none can.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkChallenges({ id, authorize }: Plain<ProviderDefinition>): void {
  if (authorize.pkce !== 'required' || authorize.challengeMethods.length > 0) return
  throw unsound(id, 'authorize.challengeMethods', "is empty, and authorize.pkce is required. Expected ['S256'].")
}

/**
 * Refuses answers without what they are for: nobody could ever connect.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkAnswers({ id, authorize, token }: Plain<ProviderDefinition>): void {
  const brings = (shape: Shape, value: string) => JSON.stringify(fill(shape, exampleGrant)).includes(value)
  if (!brings(authorize.callback, exampleGrant.code))
    throw unsound(id, 'authorize.callback', 'brings no code. Expected { code: theCode }.')
  if (!brings(token.exchange.answer, exampleGrant.accessToken.value))
    throw unsound(id, 'token.exchange.answer', 'brings no access token. Expected { access_token: theAccessToken }.')
}

/**
 * Refuses environments that share a host: what one of them issued would be asked for at the other.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkHosts(environments: readonly { key: string; origins: readonly string[] }[]): void {
  const owners = new Map<string, string>()
  for (const { key, origins } of environments) {
    for (const origin of origins) {
      const owner = owners.get(origin)
      if (owner !== undefined) {
        const [id = '', name] = key.split(':')
        const path = `environments.${name}.origins`
        throw unsound(
          id,
          path,
          `lets ${owner} and ${key} share ${origin}. Expected a host of its own: "https://${name}.example".`,
        )
      }
      owners.set(origin, key)
    }
  }
}

/**
 * Refuses codes and tokens that come out the same twice: ending one would not end the other.
 * @throws {MockOAuthError} `invalid_definition`
 */
export function checkFormats(
  { id, authorize, token, refresh, pushedRequests, device }: Plain<ProviderDefinition>,
  chance: Chance,
): void {
  const formats = {
    'authorize.code.value': authorize.code.value,
    'token.accessToken.value': token.accessToken.value,
    'refresh.token.value': refresh?.token.value,
    'pushedRequests.uri': pushedRequests?.uri,
    'device.deviceCode': device?.deviceCode,
    'device.userCode': device?.userCode,
  }
  for (const [path, format] of Object.entries(formats)) {
    const made = Array.from({ length: 20 }, () => format?.make({ chance, now: 0, clientId: 'client', userId: '1' }))
    if (format && new Set(made).size < made.length) {
      throw unsound(id, path, 'makes the same value twice. Expected a format with room, such as alphanumeric(32).')
    }
  }
}
