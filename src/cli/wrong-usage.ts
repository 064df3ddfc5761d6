import { Stop } from './stop.ts'

/** What the library for command lines ends a command with. */
interface End {
  readonly code: string
  readonly message: string
  readonly exitCode: number
}

/** What a command knows. */
interface Known {
  helpInformation(): string
  readonly commands: readonly { name(): string }[]
  readonly options: readonly { readonly long?: string | undefined }[]
}

/**
 * What the library has to say, in our way: help is fine, all else is wrong usage.
 * @throws {Stop} with exit code 2
 */
export function endOf(command: Known, { code, message, exitCode }: End): never {
  const { commands, options } = command
  if (exitCode === 0) process.exit()
  if (code === 'commander.help') process.exit(2)
  const sentence = message.replace(/^error: (.)/, (_, first: string) => first.toUpperCase()).replaceAll('\n', ' ')
  const flags = options.flatMap(({ long }) => long ?? [])
  if (code === 'commander.excessArguments' && flags.includes('--provider')) {
    throw new Stop(2, `${sentence} A provider is named by --provider.`)
  }
  // What is to be written, and where, its usage says best.
  const [usage] = command.helpInformation().split('\n')
  if (code === 'commander.missingArgument') throw new Stop(2, `${sentence}\n${usage}`)
  const known = code === 'commander.unknownCommand' ? commands.map((one) => one.name()) : flags
  throw new Stop(2, code.startsWith('commander.unknown') ? `${sentence}\nKnown: ${known.join(', ')}.` : sentence)
}
