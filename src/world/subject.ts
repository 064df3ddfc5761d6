import type {
  AccessToken,
  AuthorizationCode,
  DeviceRequest,
  Grant,
  PushedRequest,
  RefreshToken,
} from '../store/store.ts'

/** What a code, a token or a request URI can be known by. */
export type SubjectKind = 'code' | 'device_code' | 'access_token' | 'refresh_token' | 'request_uri'

/** Something that was given out, as it is known at one moment, raw. */
export interface Subject {
  readonly kind: SubjectKind
  readonly value: string
  readonly record: AuthorizationCode | AccessToken | RefreshToken | DeviceRequest | PushedRequest
  /** The authorization that it descends from. */
  readonly grant: Grant | undefined
}
