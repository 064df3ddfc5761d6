import type { ClockInput, ClockState } from '../index.ts'
import { duration } from '../vocabulary/duration.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'

type ClockOptions = ServerOptions & { json?: boolean }

/** Shows the world's clock, moved first where there is a move. */
export async function clock(options: ClockOptions, move?: ClockInput): Promise<void> {
  if (move?.advance !== undefined) duration(move.advance)
  const server = await findServer(options)
  const state = move ? await server.post<ClockState>('/clock', move) : await server.get<ClockState>('/clock')
  if (options.json) return printJson(state)
  print(state.frozen ? `${state.now} (frozen)` : state.now)
}
