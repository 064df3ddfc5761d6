import type { IssuedKind } from '../vocabulary/issued.ts'

/** What a fault wants otherwise of what is just being made. */
export interface FaultOrder {
  /** The value to issue in place of the provider's own; that one where there is nothing to say. */
  value?(kind: IssuedKind, own: string): string
  /** When it ends, in place of when it usually would, in world time. */
  end?(kind: IssuedKind, usual: number): number
}

type Orders = readonly FaultOrder[] | undefined

/** The value that is issued. */
export const orderedValue = (orders: Orders, kind: IssuedKind, own: string): string =>
  orders ? orders.reduce((value, order) => order.value?.(kind, value) ?? value, own) : own

/** When what is issued ends. */
export const orderedEnd = (orders: Orders, kind: IssuedKind, usual: number): number =>
  orders ? orders.reduce((end, order) => order.end?.(kind, end) ?? end, usual) : usual
