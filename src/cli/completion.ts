import { script as write } from '@bomb.sh/tab'
import tab from '@bomb.sh/tab/commander'
import { playable } from '../control/playable.ts'
import { providers } from '../providers.ts'
import { faultMoments } from '../vocabulary/fault.ts'
import { callFields, webhookFields } from '../vocabulary/fault-fields.ts'
import { placesOf } from '../vocabulary/fault-places.ts'
import { rotationPolicies } from '../vocabulary/rotation.ts'
import { assumptionsOf } from './assumptions.ts'
import { bashCompletion } from './bash-completion.ts'
import { print } from './print.ts'

type Handler = (complete: (value: string, description: string) => void) => void

/** Prints the completion script of a shell. */
export function script(shell: string): void {
  if (shell === 'bash') print(bashCompletion)
  else write(shell, 'mock-oauth', 'mock-oauth')
}

/** Teaches the program the hidden command that answers a shell's question. */
export function suggestions(program: Parameters<typeof tab>[0]): void {
  const { commands } = tab(program)
  const names: Handler = (complete) => {
    for (const { id, name } of Object.values(providers)) complete(id, name)
  }
  const environments: Handler = (complete) => {
    for (const { key, name } of playable([])) complete(key, name)
  }
  const choices: Handler = (complete) => {
    for (const one of assumptionsOf([])) complete(one, '')
  }
  commands.get('show')?.argument('provider', names)
  commands.get('env')?.argument('provider', environments)
  commands.get('token')?.argument('provider', environments)
  commands.get('keys')?.argument('provider', environments)
  commands.get('keys rotate')?.argument('provider', environments)
  commands.get('webhook test')?.argument('provider', environments)
  const places: Handler = (complete) => {
    for (const environment of playable([])) for (const place of placesOf(environment)) complete(place, '')
  }
  const kinds: Handler = (complete) => {
    for (const kind of Object.keys({ ...callFields, ...webhookFields })) complete(kind, '')
  }
  const moments: Handler = (complete) => {
    for (const moment of new Set(Object.values(faultMoments).flat())) complete(moment, '')
  }
  commands.get('fault add')?.argument('on', places)
  commands.get('fault add')?.argument('kind', kinds)
  commands.get('fault add')?.argument('more', moments)
  const policies: Handler = (complete) => {
    // Numbers to begin with: nothing completes a placeholder.
    for (const policy of rotationPolicies) complete(policy.replace('<seconds>', '30').replace(/<.*>/, '1'), '')
  }
  commands.get('rotation')?.argument('provider', environments)
  commands.get('rotation')?.argument('policy', policies)
  for (const [name, handler] of [
    ['provider', names],
    ['assume', choices],
    ['mood', (complete: Parameters<Handler>[0]) => complete('hostile', '')],
  ] as const) {
    for (const command of commands.values()) {
      const option = command.options.get(name)
      if (option) option.handler = handler
    }
  }
}
