/**
 * What nothing that a client sends brings about: here a fault does, on a real server a failure, too much to do, or two
 * requests that got into each other's way. A dialect has a row for those alone that its provider or a standard gives.
 */
export const troubleKinds = [
  'server_error',
  'temporarily_unavailable',
  'rate_limited',
  'refresh_raced',
  'scope_not_granted',
] as const

/** Why a request may be refused that is right. */
export type TroubleRefusalKind = (typeof troubleKinds)[number]

/** Rows that a dialect may have besides those that it must. */
export type TroubleRows<Row> = Readonly<Partial<Record<TroubleRefusalKind, Row>>>
