import type { Client } from '../store/store.ts'
import type { ProviderDefinition } from '../vocabulary/definition.ts'
import type { Plain } from '../vocabulary/plain.ts'

/** A loopback IP redirect URI, its port aside (RFC 8252 §7.3): scheme and host, and what follows the port. */
const loopback = /^(http:\/\/(?:127\.0\.0\.1|\[::1\]))(?::\d{1,5})?((?:[/?].*)?)$/

/** Whether a redirect URI is, character for character, a registered one; a loopback one may have another port where the provider says so. */
export function isRegistered(
  uri: string,
  { redirectUris }: Pick<Client, 'redirectUris'>,
  { authorize }: Plain<ProviderDefinition>,
): boolean {
  if (redirectUris.includes(uri)) return true
  // The pattern takes port numbers that there are none of.
  if (authorize.loopbackPorts !== 'any' || !URL.canParse(uri)) return false
  const portless = loopback.exec(uri)
  return (
    portless !== null &&
    redirectUris.some((one) => {
      const own = loopback.exec(one)
      return own !== null && own[1] === portless[1] && own[2] === portless[2]
    })
  )
}
