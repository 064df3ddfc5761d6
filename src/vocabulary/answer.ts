import type { Chance } from './chance.ts'
import type { Graded } from './evidence.ts'
import { type Format, uuid } from './format.ts'
import type { Json } from './json.ts'

/** What an answer can be written from: what was granted, to whom, and the values just issued. */
export interface Granted {
  /** World time in milliseconds. */
  readonly now: number
  readonly clientId: string
  /** The scope granted, joined by spaces. */
  readonly scope: string
  readonly user?:
    | { readonly id: string; readonly name: string; readonly email: string; readonly company: string }
    | undefined
  readonly code?: string | undefined
  /** As the client sent it. */
  readonly state?: string | undefined
  readonly accessToken?: { readonly value: string; readonly expiresAt: number } | undefined
  readonly refreshToken?: { readonly value: string } | undefined
  readonly idToken?: string | undefined
  /** The issuer as the client knows it, where the provider has one. */
  readonly issuer?: string | undefined
  /** In an ID token: what only it tells of. */
  readonly idTokenFacts?: IdTokenFacts | undefined
  /** The account that the client belongs to. */
  readonly ownerId?: string | undefined
  /** Whether the tokens are for the test mode. */
  readonly test?: boolean | undefined
  /** A stream that is the same each time for this client, this user and this name. */
  own(name: string): Chance
  /** A stream that is the same each time for this user and this name, whatever the client. */
  ofUser(name: string): Chance
  /** In a webhook: the event that it tells of, `at` in world time. */
  readonly event?: { readonly id: string; readonly at: number } | undefined
}

/** What an ID token can tell besides whose it is (OpenID Connect Core §2). */
export interface IdTokenFacts {
  /** World time in milliseconds. */
  readonly expiresAt: number
  /** When the person signed in, in world time. */
  readonly signedInAt: number
  /** When the person was asked, in world time. */
  readonly askedAt: number
  /** As the authorization request sent it. */
  readonly nonce?: string | undefined
  /** The left half of the access token's hash (`at_hash`). */
  readonly accessTokenHash: string
  /** A stream that goes on: no two values of it are the same. */
  readonly fresh: Chance
}

/** One value of an answer, read from what was granted; `undefined` leaves the key out. */
export interface Leaf {
  readonly words: string
  readonly read: (granted: Granted) => Json | undefined
}

/** Makes a leaf; `words` says what stands there, for `show`. */
export const leaf = (words: string, read: Leaf['read']): Leaf => ({ words, read })

/** The access token just issued, or the one presented. */
export const theAccessToken = leaf('the access token', (g) => g.accessToken?.value)
/** The refresh token just issued; left out when there is none. */
export const theRefreshToken = leaf('the refresh token', (g) => g.refreshToken?.value)
/** Whole seconds until the access token ends, as a JSON number. */
export const secondsLeft = leaf('seconds until the access token ends', (g) =>
  g.accessToken && Number.isFinite(g.accessToken.expiresAt)
    ? Math.round((g.accessToken.expiresAt - g.now) / 1000)
    : undefined,
)
/** The same, one second less: what a server shows that rounds the moment of expiry and then the time that has passed. */
export const secondsLeftLessOne = leaf('seconds until the access token ends, less one', (g) => {
  const whole = secondsLeft.read(g)
  return typeof whole === 'number' ? Math.max(0, whole - 1) : undefined
})
/** The authorization code just issued. */
export const theCode = leaf('the authorization code', (g) => g.code)
/** `state` as the client sent it, left out when it sent none. */
export const theState = leaf('the state sent, if one was', (g) => g.state)
/** The id of the user whose account it is. */
export const theUserId = leaf("the user's id", (g) => g.user?.id)
/** The user's full name. */
export const theUserName = leaf("the user's name", (g) => g.user?.name)
/** The user's name up to its last word. */
export const theUserFirstName = leaf("the user's first name", (g) => g.user?.name.replace(/ [^ ]*$/, ''))
/** The last word of the user's name. */
export const theUserLastName = leaf("the user's last name", (g) => g.user?.name.replace(/^.* /, ''))
/** The user's e-mail address. */
export const theUserEmail = leaf("the user's e-mail address", (g) => g.user?.email)
/** The name of the user's company. */
export const theUserCompany = leaf("the user's company", (g) => g.user?.company)
/** The id of the client that was granted access. */
export const theClientId = leaf('the client id', (g) => g.clientId)
/** The scope granted, joined by spaces. */
export const theScope = leaf('the granted scope', (g) => g.scope)
/** The scope granted, joined by commas. */
export const theScopeByCommas = leaf('the granted scope, separated by commas', (g) => g.scope.replaceAll(' ', ','))
/** The scope granted in alphabetical order, joined by spaces. */
export const theScopeInOrder = leaf('the granted scope in alphabetical order', (g) =>
  g.scope.split(' ').sort().join(' '),
)
/** The id of the user, or where no user is concerned of the client's owner, as a JSON number. */
export const theAccountNumber = leaf("the user's id, or that of the client's owner, as a number", (g) =>
  Number(g.user?.id ?? g.ownerId),
)
/** The same id as a string. */
export const theAccountId = leaf("the user's id, or that of the client's owner", (g) => g.user?.id ?? g.ownerId)
/** The id of the account that the client belongs to, as a JSON number. */
export const theOwnerNumber = leaf("the id of the client's owner, as a number", (g) =>
  g.ownerId === undefined ? undefined : Number(g.ownerId),
)
/** True unless the tokens are for the test mode. */
export const theLiveMode = leaf('true, in test mode false', (g) => !g.test)
/** The ID token (OpenID Connect Core §2); left out when none is due. */
export const theIdToken = leaf('the ID token, where it is asked for', (g) => g.idToken)
/** Who answers: the issuer, in answers of the authorization endpoint (RFC 9207 §2) and in ID tokens. */
export const theIssuer = leaf('the issuer', (g) => g.issuer)
/** The client id as a list of one, as ID tokens may write their audience. */
export const theClientIdAlone = leaf('a list of the client id', (g) => [g.clientId])
const unixTime = (words: string, at: (facts: IdTokenFacts) => number) =>
  leaf(words, (g) => g.idTokenFacts && Math.floor(at(g.idTokenFacts) / 1000))
/** When the ID token ends, in Unix seconds (`exp`). */
export const theIdTokenEnd = unixTime('when the ID token ends, in Unix seconds', (facts) => facts.expiresAt)
/** When the person signed in, in Unix seconds (`auth_time`). */
export const theSignInTime = unixTime('when the person signed in, in Unix seconds', (facts) => facts.signedInAt)
/** When the authorization was asked for, in Unix seconds. */
export const theTimeOfAsking = unixTime('when the person was asked, in Unix seconds', (facts) => facts.askedAt)
/** The moment of the answer in Unix seconds (`iat`). */
export const theTime = leaf('the time in Unix seconds', (g) => Math.floor(g.now / 1000))
/** `nonce` as the authorization request sent it; left out when it sent none. */
export const theNonce = leaf('the nonce sent, if one was', (g) => g.idTokenFacts?.nonce)
/** The hash of the access token that comes beside an ID token (`at_hash`). */
export const theAccessTokenHash = leaf(
  "the left half of the access token's hash",
  (g) => g.idTokenFacts?.accessTokenHash,
)
/** A value of an ID token that no other has. */
export const freshValue = (format: Format): Leaf =>
  leaf(
    `${format.words}, a new one each time`,
    (g) => g.idTokenFacts && format.make({ chance: g.idTokenFacts.fresh, now: g.now }),
  )
/** Something that is told only where a scope was granted. */
export const ifGranted = (scope: string, told: Leaf | string | number | boolean): Leaf => {
  const words = typeof told === 'object' ? told.words : String(told)
  return leaf(`${words}, with the scope ${scope}`, (g) => {
    if (!g.scope.split(' ').includes(scope)) return undefined
    return typeof told === 'object' ? told.read(g) : told
  })
}
/** A UUID of this client and user, always the same, after a prefix that differs in test mode. */
export const ownUuid = (name: string, prefix: string, prefixInTestMode = prefix): Leaf =>
  leaf(
    `${prefix}${prefixInTestMode === prefix ? '' : `, in test mode ${prefixInTestMode},`} and a UUID, the same for client and user`,
    (g) => (g.test ? prefixInTestMode : prefix) + uuid.make({ chance: g.own(name), now: g.now }),
  )
/** A value of this user, always the same and for every client. */
export const usersValue = (name: string, format: Format): Leaf =>
  leaf(`${format.words}, the same for the user each time`, (g) => format.make({ chance: g.ofUser(name), now: g.now }))
/** Stands for a key that is not sent. */
export const leftOut = leaf('not sent', () => undefined)

/** An answer: its keys in the order of the wire. */
export type Shape = { readonly [key: string]: Part }

/** An answer of which single values may carry evidence of their own. */
export type GradedShape = { readonly [key: string]: Graded<Part> }

type Part = Leaf | string | number | boolean | null | Shape | readonly Part[]

const isLeaf = (value: unknown): value is Leaf => typeof (value as Leaf).read === 'function'

/** Fills a shape; keys whose leaf has nothing to say are left out, and so are objects in which nothing is left. */
export function fill(shape: Shape, granted: Granted): Record<string, Json> {
  const filled: Record<string, Json> = {}
  for (const key in shape) {
    const part = shape[key]
    const value = typeof part === 'object' && part !== null ? fillPart(part, granted) : part
    if (value !== undefined) filled[key] = value
  }
  return filled
}

function fillPart(part: Exclude<Part, string | number | boolean | null>, granted: Granted): Json | undefined {
  if (isLeaf(part)) return part.read(granted)
  if (isList(part)) {
    return part.flatMap((one) => (typeof one === 'object' && one !== null ? (fillPart(one, granted) ?? []) : one))
  }
  const filled = fill(part, granted)
  return Object.keys(filled).length > 0 || Object.keys(part).length === 0 ? filled : undefined
}

const isList = (part: object): part is readonly Part[] => Array.isArray(part)
