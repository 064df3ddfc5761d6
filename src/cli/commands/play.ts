import type { Command } from 'commander'
import { port, providerList, words, worldLimit } from '../arguments.ts'
import { config, flag, json, setting } from './flags.ts'
import { played } from './played.ts'

/** Commands that play. */
export function addPlaying(program: Command): void {
  program.commandsGroup('Play:')
  played(program.command('serve'))
    .description('play providers until Ctrl+C')
    .optionsGroup('Where it listens:')
    .addOption(setting('--port <port>', '0 picks a free one (default: 4420)').argParser(port))
    .addOption(
      setting('--host <address>', 'anything but loopback puts a token before the control API (default: 127.0.0.1)'),
    )
    .addOption(
      setting('--control-token <token>', 'the token for the control API (default: made up where one is needed)'),
    )
    .addOption(
      setting(
        '--allow-host <names>',
        'other host names that control calls may use (repeatable, or with commas)',
      ).argParser(words),
    )
    .addOption(setting('--tls', 'HTTPS, with a certificate that is made for this run'))
    .optionsGroup('Worlds, beside the default one:')
    .addOption(setting('--world-idle <duration>', 'how long one is kept that nobody uses (default: 1h)'))
    .addOption(setting('--world-limit <number>', 'how many are kept (default: 10000)').argParser(worldLimit))
    .optionsGroup('Output:')
    .addOption(setting('--json', 'one ready line as JSON on standard output; requests go to standard error'))
    .addOption(setting('--quiet', 'do not print requests'))
    .optionsGroup('Configuration:')
    .addOption(config())
    .addOption(setting('--watch', "take changes of it, and of providers' own files, while serving"))
    .optionsGroup('Options:')
    .addHelpText(
      'after',
      `
  Each flag has an environment variable, as named beside it, and a key in the configuration. A flag wins over a variable, and a
  variable over the configuration.

  Examples:
    mock-oauth serve --provider mekari --redirect-uri http://localhost:8080/oauth/callback
    mock-oauth serve --provider mekari --assume mekari.errors=kong --seed 1
    mock-oauth serve --provider mekari --fault 'token:refresh_token drop after'
    mock-oauth serve --port 0 --json --consent approve`,
    )
    .action(async (options) => (await import('../serve.ts')).serve(options))
  program
    .command('init')
    .description('write a configuration to begin with')
    .addOption(
      flag('--provider <names>', 'names, or files that define one (default: all that there are)').argParser(
        providerList,
      ),
    )
    .addOption(flag('--format <format>', 'how').choices(['yaml', 'json', 'ts']).default('yaml'))
    .addOption(flag('--force', 'write over the one that is there'))
    .action(async (options) => (await import('../init.ts')).init(options))
  program
    .command('validate')
    .description('say whether a configuration, or a file that defines a provider, is right')
    .argument('[file]', 'default: the configuration of the working directory')
    .addOption(json())
    .action(async (file, options) => (await import('../validate.ts')).validate(file, options))
}
