import type { Command } from 'commander'
import { port } from '../arguments.ts'
import { config, flag, setting } from './flags.ts'
import { played } from './played.ts'

const offline = () => flag('--offline', 'refuse hosts that are not played, in place of a tunnel to them')

/** Commands that play to programs which nobody changed. */
export function addIntercepting(program: Command): void {
  played(program.command('run'), '')
    .description("run a program to which the providers' real hosts are played")
    .usage('[options] -- <command...>')
    .argument('<command...>', 'the program and what it takes')
    .passThroughOptions()
    .optionsGroup('Where it listens:')
    .addOption(flag('--port <port>', 'of the control API (default: a free one)').argParser(port))
    .addOption(offline())
    .optionsGroup('Output, on standard error:')
    .addOption(flag('--log', 'a line for each request'))
    .addOption(setting('--quiet', 'do not say what is played'))
    .optionsGroup('Configuration:')
    .addOption(config())
    .optionsGroup('Options:')
    .addHelpText(
      'after',
      `
  The program is started without a shell, with variables by which it goes through a proxy of its own and trusts a certificate
  authority made for this run; nothing is installed, and nothing is left. Signals and the exit code are passed through; 126 and
  127 say that it could not be started.

  Examples:
    mock-oauth run --provider mekari -- npm test
    mock-oauth run --provider mekari --consent approve --log -- python3 client.py
    mock-oauth run --provider mekari --fault 'token:refresh_token drop after' -- node worker.js
    mock-oauth run --provider mekari -- sh -c 'curl -s https://api.mekari.com/v1/me; mock-oauth explain'`,
    )
    .action(async (command, options) => (await import('../run.ts')).run(command, options))
  played(program.command('proxy'), '')
    .description('keep such a proxy open until Ctrl+C; prints the variables by which programs use it')
    .optionsGroup('Where it listens:')
    .addOption(setting('--port <port>', 'of the control API, 0 picks a free one (default: 4420)').argParser(port))
    .addOption(flag('--proxy-port <port>', 'of the proxy, 0 picks a free one').default(4421).argParser(port))
    .addOption(offline())
    .optionsGroup('Output:')
    .addOption(
      flag('--format <format>', 'how variables are written').choices(['shell', 'dotenv', 'json']).default('shell'),
    )
    .addOption(setting('--json', 'one ready line as JSON on standard output; requests go to standard error'))
    .addOption(setting('--quiet', 'do not print requests'))
    .optionsGroup('Configuration:')
    .addOption(config())
    .optionsGroup('Options:')
    .addHelpText(
      'after',
      `
  Variables stand alone on standard output; all else goes to standard error.

  Examples:
    mock-oauth proxy --provider mekari > mock.sh    in another terminal: . ./mock.sh && python3 client.py
    mock-oauth proxy --provider mekari --format dotenv > .env.mock`,
    )
    .action(async (options) => (await import('../proxy.ts')).proxy(options))
}
