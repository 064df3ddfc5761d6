import type { ApiRules } from './api.ts'
import type { AuthorizeRules, CodeRules } from './authorize.ts'
import type { ClientRules } from './client.ts'
import type { ProviderDefinition } from './definition.ts'
import type { OpenIdRules } from './openid.ts'
import type { Plain } from './plain.ts'
import type { RevokeRules } from './revoke.ts'
import { rotationInWords } from './rotation.ts'
import type { RefreshRules, RefreshTokenRules, TokenRules } from './token.ts'
import type { WebhookEventRules } from './webhook.ts'

/** The single words of a type, leaving out texts and numbers of any kind and patterns like `GET https://…`. */
type Word<V> = V extends string | number | boolean
  ? Record<never, never> extends Record<`${V}`, 1>
    ? never
    : `${V}`
  : never
type WordsOf<V> = Word<Plain<V> extends readonly (infer Item)[] ? Item : Plain<V>>

/** For each value that is chosen from a few: what every choice means. A new choice does not compile without its words. */
type Meanings<T> = {
  readonly [K in keyof T as [WordsOf<NonNullable<T[K]>>] extends [never] ? never : K]-?: Readonly<
    Record<WordsOf<NonNullable<T[K]>>, string>
  >
}

interface AllMeanings {
  readonly '': Meanings<ProviderDefinition>
  readonly client: Meanings<ClientRules>
  readonly authorize: Meanings<AuthorizeRules>
  readonly 'authorize.code': Meanings<CodeRules>
  readonly token: Meanings<TokenRules>
  readonly api: Meanings<ApiRules>
  readonly refresh: Meanings<RefreshRules>
  readonly 'refresh.token': Meanings<RefreshTokenRules>
  readonly revoke: Meanings<RevokeRules>
  readonly openid: Meanings<OpenIdRules>
  readonly 'webhooks.events': Meanings<WebhookEventRules>
}

/** What each choice means in words, by the path at which it stands; also the one list of all choices. */
export const meanings: AllMeanings = {
  '': {
    crossOrigin: {
      refused: 'scripts of other origins cannot read answers',
      allowed: 'scripts of any origin may send requests and read the answers, pages for people aside',
    },
  },
  client: {
    publicClients: {
      true: 'there are clients without a secret; they use PKCE instead',
      false: 'every client has a secret',
    },
    secretIsAccessToken: {
      true: "the secret is also an access token: the API opens the account of the application's owner with it",
      false: 'the secret is no access token',
    },
    firstPartySkipsConsent: {
      true: "the provider's own applications see no consent page",
      false: 'every application sees the consent page',
    },
    pkceSwitch: {
      true: 'each client has a switch that makes the code verifier obligatory; it is off at the start',
      false: 'no client has a switch for PKCE',
    },
    defaultGrantTypes: {
      authorization_code: 'to connect accounts',
      refresh_token: 'to renew their tokens',
      client_credentials: 'for tokens of its own',
      'urn:ietf:params:oauth:grant-type:device_code': 'to connect devices without a browser',
    },
  },
  authorize: {
    withoutRedirectUri: {
      theRegisteredOne: 'the browser goes to the first registered redirect URI',
      theOnlyOne: 'the browser goes to the registered redirect URI; with several the request is refused',
      refused: 'the request is refused',
    },
    loopbackPorts: {
      exact: 'the port of a registered loopback URI counts',
      any: 'a registered loopback URI stands for every port',
    },
    insecureRedirectUris: {
      allowed: 'a registered http URI is used like any other',
      refused: "after consent a registered http URI is refused, unless it leads to the user's own machine",
    },
    scopeSeparator: { ',': 'commas separate scopes, and so do spaces' },
    challengeMethods: {
      S256: 'the SHA-256 of the verifier',
      plain: 'the verifier itself',
      Plain: 'the verifier itself, spelled with a capital letter',
    },
    pkce: {
      checked: 'a code challenge that is sent has to be answered by its verifier',
      ignored: 'neither a code challenge nor a verifier of a client with a secret is looked at',
      required: 'every authorization request brings a code challenge, and its verifier has to answer it',
    },
    responseModes: {
      query: "the answer's parameters stand in the redirect URI's query",
      form_post: 'a form posts them to the redirect URI',
    },
    again: {
      apart: 'a further authorization by the same person for the same client stands by itself',
      together:
        'a further authorization by the same person for the same client adds tokens to the one that there is; disconnecting ends all of them',
    },
    silentConsent: {
      never: 'without a page there is no consent',
      whileConnected: 'without a page a person consents who has connected the client to these scopes already',
    },
    redirectStatus: { 302: 'Found', 303: 'See Other' },
    stateOfErrors: { returned: 'state comes back with an error too', leftOut: 'state comes back with a code only' },
  },
  'authorize.code': {
    replay: {
      refused: 'a second use is refused and changes nothing',
      familyRevoked: 'a second use is refused and ends every token that the first use brought',
    },
    failedVerifier: {
      refused: 'a wrong verifier is refused, and the right one still works',
      challengeLost: 'a wrong verifier is refused, and no verifier works for that code any more',
    },
  },
  token: {
    body: { json: 'a JSON object', form: 'application/x-www-form-urlencoded' },
    readsQuery: {
      true: "parameters in the URL's query count where the body lacks them",
      false: 'parameters count in the body only',
    },
    client: {
      body: 'client_id and client_secret in the body',
      basic: 'both in the Authorization header, scheme Basic',
      idInBody: 'client_id alone in the body, for clients without a secret',
      secretInBody: 'client_secret alone in the body; it names its client',
      privateKeyJwt: 'a JWT in client_assertion, signed with the key of the client',
    },
    otherClientAuthentication: {
      ignored: 'credentials sent in another way are never looked at',
      refused: 'credentials sent in another way are refused',
    },
    severalAuthentications: {
      firstCounts: 'of credentials sent in several ways the first counts',
      refused: 'credentials sent in several ways at once are refused',
    },
  },
  api: {
    tokenAsUser: {
      true: 'a token is also taken as the user name of HTTP Basic, with an empty password',
      false: 'a token is taken after Bearer only',
    },
  },
  refresh: {
    offered: {
      true: 'the token endpoint takes refresh tokens',
      false: 'refresh tokens are issued, and the token endpoint has no such grant type',
    },
  },
  'refresh.token': {
    rotation: {
      none: 'a refresh token is used again and again, and each answer returns it',
      singleUse:
        'a refresh token works once and each answer brings the next; using an old one is refused and changes nothing',
      'singleUse+familyRevoked':
        'a refresh token works once and each answer brings the next; using an old one is refused and ends every token of the authorization',
      optionalNew:
        'every third use of a refresh token brings the next and ends it; the other uses bring none, and it lives on',
    },
    renewedLifetime: {
      whole: 'each new refresh token has a whole lifetime of its own',
      remaining: 'each new refresh token ends when the first one would have',
    },
    oldAccessToken: {
      lives: 'the access token issued before works until its own time is over',
      dies: 'the access token issued before stops working at once',
    },
  },
  revoke: {
    by: { bearer: 'the access token itself, in the Authorization header' },
    ends: {
      family: 'every token of the authorization ends',
      accessToken: 'the access token presented ends; the refresh token works on',
    },
    deadToken: {
      refused: 'a token that is unknown or dead is refused',
      answered: 'a token that is unknown or dead is answered as if it had been ended',
    },
    foreignToken: {
      refused: 'a token of another client is refused',
      answered: 'a token of another client is answered as if it had been ended; it works on',
    },
  },
  openid: {
    algorithms: {
      RS256: 'RSA with SHA-256',
      ES256: 'ECDSA on P-256 with SHA-256',
      EdDSA: 'Ed25519',
    },
  },
  'webhooks.events': {
    when: {
      connected: 'sent when a person connects an account',
      disconnected: 'sent when a connection ends, whoever ends it',
    },
  },
}

/** What a choice means, by the path at which it stands; `undefined` where the value speaks for itself. */
export function meaningOf(path: string, value: unknown): string | undefined {
  const place = path.replace(/(\.\d+)+$/, '').replace(/^(webhooks\.events)\..+(\.)/, '$1$2')
  const [, parent = '', key = ''] = /^(?:(.*)\.)?([^.]+)$/.exec(place) ?? []
  const tables: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>> = { ...meanings }
  const isRotation = place === 'refresh.token.rotation'
  return tables[parent]?.[key]?.[String(value)] ?? (isRotation ? rotationInWords(String(value)) : undefined)
}
