import type { Rotation } from '../vocabulary/rotation.ts'
import type { Client, GrantType } from './client.ts'
import type { Keepable } from './store-state.ts'

export * from './client.ts'

/** What a developer who wants credentials has told, and how far that has come. */
export interface Application {
  readonly id: string
  readonly environment: string
  readonly status: 'submitted' | 'information_requested' | 'approved' | 'rejected' | 'set_up'
  readonly answers: Readonly<Record<string, string | readonly string[]>>
  readonly setup?: Readonly<Record<string, string | readonly string[]>>
  /** What the reviewer said. */
  readonly note?: string
  /** The clients that were made for it, production's first. */
  readonly clients?: readonly { readonly environment: string; readonly id: string }[]
}

/** A person with an account at the provider (the resource owner). */
export interface User {
  readonly id: string
  readonly name: string
  readonly email: string
  readonly password: string
  readonly company: string
  /** The person's role in the company's account, where the provider knows roles. */
  readonly role?: string
}

/** Who ended a grant: the person, the client by revocation, the provider, or a rule of the mock's definition. */
export type EndedBy = 'user' | 'client' | 'provider' | 'code_replay' | 'refresh_token_reuse'

/** One authorization and the family of tokens that descends from it. */
export interface Grant {
  readonly id: string
  readonly environment: string
  readonly clientId: string
  readonly userId?: string
  /** What was granted, joined by spaces. */
  readonly scope: string
  /** What was asked for, as the client wrote it. */
  readonly scopeAsked: string
  readonly type: GrantType | 'minted'
  readonly startedAt: number
  /** When the person signed in, where a page was shown for it. */
  readonly signedInAt?: number
  readonly ended?: { readonly at: number; readonly by: EndedBy }
}

/** The moment something died, and the request that did it. */
export interface Ending {
  readonly at: number
  /** The id of the journal entry. */
  readonly request?: string
}

interface Issued {
  readonly value: string
  readonly environment: string
  readonly clientId: string
  readonly grantId: string
  readonly issuedAt: number
  readonly expiresAt: number
  /** The id of the journal entry that issued it. */
  readonly issuedBy?: string | undefined
  /** The value of the code or refresh token that it was issued for. */
  readonly from?: string | undefined
  /** For the test mode. */
  readonly test?: true | undefined
  /** Its life is over for good: a clock that is turned back does not bring it back. */
  readonly expired?: true
}

/** A code, from the authorization endpoint to its one use (RFC 6749 §4.1.2). */
export interface AuthorizationCode extends Issued {
  /** Empty for a device code: no browser is sent back. */
  readonly redirectUri: string
  /** Whether the authorization request named the redirect URI (RFC 6749 §4.1.3). */
  readonly redirectUriSent: boolean
  /** It is a device code (RFC 8628): approved on a page, and good for that grant only. */
  readonly device?: true
  /** For the ID token (OpenID Connect Core §3.1.2.1). */
  readonly nonce?: string
  readonly challenge?: string
  readonly challengeMethod?: 'S256' | 'plain'
  /** A wrong verifier came, and the provider then forgets the challenge. */
  readonly challengeLost?: Ending
  readonly spent?: Ending
  readonly revoked?: Ending
}

/** An access token (RFC 6749 §1.4). */
export interface AccessToken extends Issued {
  /** When the answer says that it ends, where a fault lets it end sooner. */
  readonly toldEnd?: number | undefined
  readonly scope: string
  readonly replaced?: Ending
  readonly revoked?: Ending
}

/** A refresh token (RFC 6749 §1.5). */
export interface RefreshToken extends Issued {
  /** Its last use, which ended it. */
  readonly spent?: Ending
  /** Its first use, where its policy lets it be used again for a while; `expiresAt` is then the end of that while, at most. */
  readonly rotated?: Ending & {
    readonly until: number
    /** When it would have ended by itself. */
    readonly wouldEnd: number
    /** How often it was used again. */
    readonly further: number
    /** What the first use brought. */
    readonly pair: { readonly accessToken: string; readonly refreshToken: string }
  }
  /** How often it was used. */
  readonly uses?: number
  readonly revoked?: Ending
  /** The access token issued beside it. */
  readonly accessToken: string
}

/** A browser that has signed in: as a person, or as the owner of a client. */
export interface Session {
  readonly id: string
  readonly environment: string
  readonly userId?: string
  readonly clientId?: string
  /** When the person signed in. */
  readonly startedAt: number
  /** The authorization request that led to signing in, until it is answered: path and query, exactly. */
  readonly signedInFor?: string
  readonly expiresAt: number
}

/** A page that is open in a signed-in browser and can be answered once: the consent page, or a list of what is connected. */
export interface OpenPage {
  readonly id: string
  readonly sessionId: string
  /** The request that it answered, as path and query, exactly. */
  readonly request: string
  readonly expiresAt: number
}

/** An authorization request that a client has pushed (RFC 9126). */
export interface PushedRequest {
  /** The `request_uri` that stands for it. */
  readonly uri: string
  readonly environment: string
  readonly clientId: string
  /** Its parameters, form-encoded. */
  readonly query: string
  readonly expiresAt: number
  readonly spent?: Ending
  readonly expired?: true
}

/** What a device has asked for, until a person has decided (RFC 8628); then an authorization code of the same value takes over. */
export interface DeviceRequest {
  readonly deviceCode: string
  /** As the device shows it. */
  readonly userCode: string
  /** The same without what a person may type in another way: case, spaces, dashes. */
  readonly plainUserCode: string
  readonly environment: string
  readonly clientId: string
  /** Joined by spaces. */
  readonly scope: string
  readonly issuedAt: number
  readonly issuedBy: string
  readonly expiresAt: number
  /** The least time between two polls, in milliseconds; a device that does not keep it is given more to keep. */
  readonly interval: number
  readonly polledAt?: number
  readonly decided?: 'approved' | 'denied'
  readonly expired?: true
}

/** How far the signing keys of an environment have been rotated; each generation's keys follow from the world's seed. */
export interface KeyRing {
  readonly environment: string
  /** The generation that signs, from 0. */
  readonly newest: number
  /** The oldest generation that is still shown. */
  readonly oldest: number
}

/** What one success at the token endpoint stores. */
export interface TokenSet {
  readonly accessToken: AccessToken
  readonly refreshToken?: RefreshToken
}

/** The codes and tokens that descend from one authorization. */
export interface TokenFamily {
  readonly codes: readonly AuthorizationCode[]
  readonly accessTokens: readonly AccessToken[]
  readonly refreshTokens: readonly RefreshToken[]
}

/**
 * The state of one world. Every operation is whole or nothing; `spendCode`, `rotate`, `takePage`, `spendRequest`,
 * `decideDevice` and `takeAssertion` succeed at most once for one value, however many callers race.
 */
export interface Store extends Keepable {
  putClient(client: Client): Promise<void>
  findClient(environment: string, id: string): Promise<Client | undefined>
  /** The client whose secret it is. */
  findClientBySecret(environment: string, secret: string): Promise<Client | undefined>
  listClients(environment?: string): Promise<readonly Client[]>
  /** Also ends all its grants. False when there is no such client. */
  removeClient(environment: string, id: string, ending: Ending): Promise<boolean>

  /** @param from stores it only while the one of that id has this status; false when it has another by now */
  putApplication(application: Application, from?: Application['status']): Promise<boolean>
  findApplication(id: string): Promise<Application | undefined>
  listApplications(): Promise<readonly Application[]>

  putUser(user: User): Promise<void>
  findUser(id: string): Promise<User | undefined>
  listUsers(): Promise<readonly User[]>
  /** Also ends all the user's grants and sessions. False when there is no such user. */
  removeUser(id: string, ending: Ending): Promise<boolean>

  putSession(session: Session): Promise<void>
  findSession(id: string): Promise<Session | undefined>
  removeSession(id: string): Promise<void>
  /** Forgets the request that led to signing in. */
  settleSession(id: string): Promise<void>
  putPage(page: OpenPage): Promise<void>
  /** Returns it and forgets it. */
  takePage(id: string): Promise<OpenPage | undefined>

  putRequest(request: PushedRequest): Promise<void>
  findRequest(uri: string): Promise<PushedRequest | undefined>
  /** Uses a live pushed request. False when it was used before. */
  spendRequest(uri: string, ending: Ending): Promise<boolean>

  putDevice(device: DeviceRequest): Promise<void>
  findDevice(deviceCode: string): Promise<DeviceRequest | undefined>
  findDeviceByUserCode(environment: string, plainUserCode: string): Promise<DeviceRequest | undefined>
  /** Notes a poll. False when it came too soon after the one before, and then there are `more` milliseconds to keep from now on. */
  pollDevice(deviceCode: string, at: number, more: number): Promise<boolean>
  /** Decides for a device that still waits. False when it does not. */
  decideDevice(deviceCode: string, decided: 'approved' | 'denied'): Promise<boolean>

  /**
   * Takes the id of a signed assertion (RFC 7523 §3, `jti`). False when it came before.
   * @param over what ended before this moment may be forgotten
   */
  takeAssertion(id: string, expiresAt: number, over: number): Promise<boolean>

  /** Makes the next generation the newest, and keeps at most so many; none that was gone comes back, however many rotate at once. */
  rotateKeyRing(environment: string, most: number): Promise<void>
  findKeyRing(environment: string): Promise<KeyRing | undefined>

  /** Stores a grant together with its code or, for grants without one, its tokens. */
  startGrant(grant: Grant, first: { code: AuthorizationCode } | { tokens: TokenSet }): Promise<void>
  findGrant(id: string): Promise<Grant | undefined>
  listGrants(): Promise<readonly Grant[]>
  /** The grants that have not ended and have a live code or token. */
  listStanding(environment: string): Promise<readonly Grant[]>
  /** Every code and token of a grant that is alive or remembered, oldest first. */
  listFamily(grantId: string): Promise<TokenFamily>
  /** Ends a grant and every code and token of it. False when it had ended before or never was. */
  endGrant(id: string, by: EndedBy, ending: Ending): Promise<boolean>

  findCode(value: string): Promise<AuthorizationCode | undefined>
  findAccessToken(value: string): Promise<AccessToken | undefined>
  findRefreshToken(value: string): Promise<RefreshToken | undefined>

  /** Notes that a live code's challenge has been spent by a wrong verifier. */
  loseChallenge(value: string, ending: Ending): Promise<void>
  /** Spends a live code and stores the tokens for it. False when it is no longer live. */
  spendCode(value: string, tokens: TokenSet, ending: Ending): Promise<boolean>
  /**
   * Uses a live refresh token as its policy says, and stores what comes of it. Answers what the client is brought; nothing
   * when it may not be used any more.
   * @param fresh made for this use; its refresh token is not stored where the policy brings none
   * @param how the policy, and whether the access token beside the used refresh token ends
   */
  rotate(
    value: string,
    fresh: TokenSet,
    how: { readonly rotation: Rotation; readonly endAccessToken: boolean },
    ending: Ending,
  ): Promise<TokenSet | undefined>
  /**
   * Ends one access token alone. False when it was no longer live.
   * @param as what it has died of; revoked when left out
   */
  endAccessToken(value: string, ending: Ending, as?: 'expired'): Promise<boolean>

  /** Lets go of what has expired. Dead entries are remembered for `explain` up to a fixed number, oldest forgotten first. */
  sweep(now: number): Promise<void>
  /** How many live entries there are, and how many dead ones are remembered. */
  size(): Promise<{ live: number; remembered: number }>
  clear(): Promise<void>
}
