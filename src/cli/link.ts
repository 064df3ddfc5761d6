import type { PlayedProvider } from '../index.ts'
import type { Environment } from '../vocabulary/environment.ts'

/** What redeems the code of a link that brings a challenge (RFC 7636, appendix B). */
export const linkVerifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk'

/** An authorization URL for a person to open: what the provider requires of the default client, its scopes and a state. */
export function linkOf({ authorize }: Environment['rules'], played: PlayedProvider): string {
  const known: Readonly<Record<string, string | undefined>> = {
    client_id: played.clientId,
    redirect_uri: played.redirectUris[0],
    scope: played.scopes.join(' '),
    state: 'try-it-out',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  }
  const pairs = Object.entries(authorize.parameters).flatMap(([parameter, { presence, exactly }]) => {
    const value = exactly ?? known[parameter]
    const isWanted =
      presence === 'required' || ((parameter === 'scope' || parameter === 'state') && presence !== 'ignored')
    return value && isWanted ? [`${parameter}=${encodeURIComponent(value)}`] : []
  })
  return `${played.authorizeUrl}?${pairs.join('&')}`
}
