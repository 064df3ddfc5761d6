import { type ChildProcess, spawn } from 'node:child_process'
import { isatty } from 'node:tty'

/** How a program ended: by itself, or by a signal. */
export type Ending = { readonly code: number } | { readonly signal: NodeJS.Signals }

/** A program that runs in our place: it has our input and output. */
export interface Child {
  readonly ended: Promise<Ending>
  kill(): void
}

const passedOn = ['SIGTERM', 'SIGHUP', 'SIGUSR1', 'SIGUSR2'] as const
/** A terminal sends these to all that runs in its foreground: passed on, they would come twice. */
const ofKeyboard = ['SIGINT', 'SIGQUIT'] as const

/**
 * Starts a program, without a shell, and passes signals on to it for as long as it runs.
 * @returns a child whose `ended` rejects, as Node says it, where the program cannot be started
 */
export function startChild(command: string, args: readonly string[], env: NodeJS.ProcessEnv): Child {
  const child = spawn(command, args, { stdio: 'inherit', env })
  const kill = () => void child.kill()
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  const wait = () => {}
  const ofTerminal = isatty(0) ? wait : pass
  for (const signal of passedOn) process.on(signal, pass)
  for (const signal of ofKeyboard) process.on(signal, ofTerminal)
  // Whatever ends us, no program is left behind that asks a proxy which is gone.
  process.once('exit', kill)
  const ended = endOf(child).finally(() => {
    for (const signal of passedOn) process.off(signal, pass)
    for (const signal of ofKeyboard) process.off(signal, ofTerminal)
    process.off('exit', kill)
  })
  return { ended, kill }
}

const endOf = (child: ChildProcess): Promise<Ending> =>
  new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code, signal) => resolve(signal === null ? { code: code ?? 1 } : { signal }))
  })
