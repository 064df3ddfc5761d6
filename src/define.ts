/** The vocabulary: the words in which a provider definition is written. */

export * from './vocabulary/access.ts'
export * from './vocabulary/answer.ts'
export type * from './vocabulary/api.ts'
export type * from './vocabulary/authorize.ts'
export type { Chance } from './vocabulary/chance.ts'
export type * from './vocabulary/client.ts'
export { defineProvider } from './vocabulary/define.ts'
export type * from './vocabulary/definition.ts'
export type * from './vocabulary/device.ts'
export { days, hours, type Milliseconds, minutes, never, seconds } from './vocabulary/duration.ts'
export type { Endpoint } from './vocabulary/endpoint.ts'
export type * from './vocabulary/errors.ts'
export {
  type Alternatives,
  assumed,
  documented,
  type Grade,
  type Graded,
  type Known,
  observed,
  standard,
} from './vocabulary/evidence.ts'
export * from './vocabulary/format.ts'
export * from './vocabulary/hydra.ts'
export type * from './vocabulary/introspect.ts'
export type { Json } from './vocabulary/json.ts'
export * from './vocabulary/kong.ts'
export * from './vocabulary/message-errors.ts'
export type * from './vocabulary/openid.ts'
export type * from './vocabulary/pages.ts'
export * from './vocabulary/parameter.ts'
export type * from './vocabulary/pushed-request.ts'
export type * from './vocabulary/refusal.ts'
export type * from './vocabulary/revoke.ts'
export * from './vocabulary/rfc6749-errors.ts'
export * from './vocabulary/rfc6750-errors.ts'
export type { RotationPolicy } from './vocabulary/rotation.ts'
export type * from './vocabulary/token.ts'
export type * from './vocabulary/trouble.ts'
export * from './vocabulary/webhook.ts'
export * from './vocabulary/webhook-delivery.ts'
export * from './vocabulary/webhook-signature.ts'
