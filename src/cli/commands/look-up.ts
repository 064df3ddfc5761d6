import type { Command } from 'commander'
import { assume, config, flag, json } from './flags.ts'

/** Commands that need no server. */
export function addLookingUp(program: Command): void {
  program.commandsGroup('Look up:')
  program
    .command('providers')
    .description('list the providers')
    .addOption(json())
    .action(async (options) => (await import('../providers.ts')).providers(options))
  program
    .command('show')
    .description('print what a provider definition says, and how each value is known')
    .argument('<provider>', 'a name, or a file that defines one')
    .addOption(config())
    .addOption(flag('--format <format>', 'how').choices(['text', 'markdown', 'json']).default('text'))
    .addOption(json())
    .addOption(assume())
    .action(async (provider, options) => (await import('../show.ts')).show(provider, options))
}
