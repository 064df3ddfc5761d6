import { readFileSync } from 'node:fs'
import { Command } from 'commander'
import { addIntercepting } from './commands/intercept.ts'
import { addJudging } from './commands/judge.ts'
import { addLookingUp } from './commands/look-up.ts'
import { addPlaying } from './commands/play.ts'
import { addSeeing } from './commands/see.ts'
import { addSteering } from './commands/steer.ts'
import { catchBugs } from './endings.ts'
import { endOf } from './wrong-usage.ts'

catchBugs()

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const program = new Command('mock-oauth')
  .description('Plays real OAuth providers on this machine, as their own documentation describes them.')
  .enablePositionalOptions()
  .version(version, '-v, --version')
  .addHelpCommand(new Command('help').argument('[command]').description('explain a command').helpGroup('More:'))
  .addHelpText(
    'after',
    `
Examples:
  mock-oauth serve --provider mekari            play Mekari on http://127.0.0.1:4420
  eval "$(mock-oauth env mekari)"               its URLs and credentials as environment variables
  mock-oauth clock advance 61m                  let access tokens expire
  mock-oauth explain                            why the last refused request was refused
  mock-oauth run --provider mekari -- npm test  play it to a program whose URLs stay as they are

Exit codes: 0 fine, 1 failed, 2 wrong usage, 5 a bug of ours; contract has two more.`,
  )

addPlaying(program)
addIntercepting(program)
addJudging(program)
addLookingUp(program)
addSteering(program)
addSeeing(program)

program.commandsGroup('More:')
program
  .command('completion')
  .description('print a completion script for a shell')
  .addArgument(program.createArgument('<shell>', 'the shell').choices(['bash', 'zsh', 'fish', 'powershell']))
  .addHelpText(
    'after',
    '\nIt completes the word mock-oauth, which must be on the PATH.\n\nExample:\n  source <(mock-oauth completion bash)',
  )
  .action(async (shell) => (await import('./completion.ts')).script(shell))

const all = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(all)]
for (const command of all(program)) {
  command.configureOutput({ outputError: () => {} }).exitOverride((error) => endOf(command, error))
}
// The scripts ask for suggestions by this word; it is no command for people.
if (process.argv[2] === 'complete') (await import('./completion.ts')).suggestions(program)
await program.parseAsync()
