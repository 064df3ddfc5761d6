import type { Addresses } from '../control/addresses.ts'
import type { Reached } from '../control/inside.ts'
import type { World } from '../world/world.ts'
import type { JsonSchema } from './schema.ts'

/** What a control call brings. Bodies and queries have passed their schema. */
export interface ControlInput {
  /** The `:id` of the path; empty where the route has none. */
  readonly id: string
  readonly query: Readonly<Record<string, string>>
  readonly body: object
  readonly addresses: Addresses
  /** All that there are. */
  readonly worlds: Reached
}

/** One route of the control API. */
export interface ControlRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
  readonly body?: JsonSchema
  /** What the document says of a body that is judged with more knowledge than a schema has. */
  readonly document?: JsonSchema
  readonly query?: JsonSchema
  /** Default 200; 204 when there is nothing to answer. */
  readonly status?: number
  /** How many bytes a body may have, where that is more than usual. */
  readonly bodyLimit?: number
  /** Takes no control token. */
  readonly open?: boolean
  answer(world: World, input: ControlInput): Promise<unknown> | unknown
}
