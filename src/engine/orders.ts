import type { IssuedKind } from '../vocabulary/issued.ts'
import type { World } from '../world/world.ts'

/** What a fault wants otherwise of what is just being made. */
export interface FaultOrder {
  /** The value to issue in place of the provider's own; that one where there is nothing to say. */
  value?(kind: IssuedKind, own: string): string
  /** When it ends, in place of when it usually would, in world time. */
  end?(kind: IssuedKind, usual: number): number
  /** Is told of the value that is made, whoever wanted it. */
  issuing?(kind: IssuedKind, value: string): void
}

/** More draws than these find nothing else: the format has few values. */
const mostDraws = 100

/** A value as the provider forms it, but none that a fault has let be issued: no two codes or tokens have one value. */
export function drawn({ faults }: World, draw: () => string): string {
  let value = draw()
  for (let i = 1; i < mostDraws && faults.isReserved(value); i++) value = draw()
  return value
}

type Orders = readonly FaultOrder[] | undefined

/** The value that is issued. */
export function orderedValue(orders: Orders, kind: IssuedKind, own: string): string {
  if (!orders) return own
  const value = orders.reduce((before, order) => order.value?.(kind, before) ?? before, own)
  for (const order of orders) order.issuing?.(kind, value)
  return value
}

/** When what is issued ends. */
export const orderedEnd = (orders: Orders, kind: IssuedKind, usual: number): number =>
  orders ? orders.reduce((end, order) => order.end?.(kind, end) ?? end, usual) : usual
