import { readFileSync } from 'node:fs'
import { Command, Option } from 'commander'
import { endpointNames } from '../vocabulary/routes.ts'
import { assumptions, port, providerList, words } from './arguments.ts'
import { catchBugs } from './endings.ts'
import { Stop } from './stop.ts'
import { endOf } from './wrong-usage.ts'

catchBugs()

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

const flag = (flags: string, description: string) => new Option(flags, description)
/** A flag which an environment variable may set as well. */
const setting = (flags: string, description: string) => {
  const option = flag(flags, description)
  const name = `MOCK_OAUTH_${option.name().toUpperCase().replaceAll('-', '_')}`
  // An empty variable counts as none, and `MOCK_OAUTH_JSON=0` as no.
  const unset = option.required ? [''] : ['', '0', 'false']
  if (unset.includes(process.env[name] ?? '')) delete process.env[name]
  return option.env(name)
}
const json = () => flag('--json', 'print JSON')
const config = () =>
  setting(
    '--config <path>',
    'the configuration (default: mock-oauth.config.* of the working directory, if there is one)',
  )
const assume = () =>
  flag('--assume <provider.name=choice>', 'play another plausible behaviour; see show (repeatable)').argParser(
    assumptions,
  )

const program = new Command('mock-oauth')
  .description('Plays real OAuth providers on this machine, as their own documentation describes them.')
  .version(version, '-v, --version')
  .addHelpCommand(new Command('help').argument('[command]').description('explain a command').helpGroup('More:'))
  .addHelpText(
    'after',
    `
Examples:
  mock-oauth serve --provider mekari          play Mekari on http://127.0.0.1:4420
  eval "$(mock-oauth env mekari)"             its URLs and credentials as environment variables
  mock-oauth clock advance 61m                let access tokens expire
  mock-oauth explain                          why the last refused request was refused

Exit codes: 0 fine, 1 failed, 2 wrong usage, 5 a bug of ours.`,
  )

/** A command that talks to a running server. */
const remote = (command: Command) =>
  command
    .optionsGroup('Server:')
    .addOption(setting('--url <url>', 'where it is (default: where serve would listen here)'))
    .addOption(setting('--control-token <token>', 'what its control API wants'))
    .optionsGroup('Options:')
    .hook('preAction', async (_, running) => {
      if (running.opts().url !== undefined) return
      const place = await (await import('./usual-place.ts')).usualPlace()
      running.setOptionValue('url', place.url)
      if (running.opts().controlToken === undefined) running.setOptionValue('controlToken', place.controlToken)
    })

program.commandsGroup('Play:')
program
  .command('serve')
  .description('play providers until Ctrl+C')
  .optionsGroup('What is played:')
  .addOption(
    setting(
      '--provider <names>',
      'which providers: names, or files that define one; all when none is named (repeatable, or with commas)',
    ).argParser(providerList),
  )
  .addOption(assume().env('MOCK_OAUTH_ASSUME'))
  .addOption(
    setting('--consent <mode>', 'what happens at the authorization endpoint without a person (default: page)').choices([
      'page',
      'approve',
      'deny',
    ]),
  )
  .addOption(setting('--seed <text>', 'makes tokens and people the same again (default: random)'))
  .optionsGroup('The client that exists at the start:')
  .addOption(
    setting(
      '--redirect-uri <uri>',
      'registered redirect URI, the first is the default (repeatable) (default: http://localhost:3000/callback)',
    ).argParser(words),
  )
  .addOption(setting('--client-id <id>', "default: made up in the provider's form, the same at every start"))
  .addOption(setting('--client-secret <secret>', 'likewise'))
  .addOption(setting('--scope <scopes>', 'registered scopes (repeatable, or with spaces or commas)').argParser(words))
  .addOption(setting('--webhook-url <url>', 'where it is told what happens to its grants'))
  .addOption(setting('--webhook-secret <secret>', 'what deliveries are signed with (default: made up where they are)'))
  .optionsGroup('Where it listens:')
  .addOption(setting('--port <port>', '0 picks a free one (default: 4420)').argParser(port))
  .addOption(
    setting('--host <address>', 'anything but loopback puts a token before the control API (default: 127.0.0.1)'),
  )
  .addOption(setting('--control-token <token>', 'the token for the control API (default: made up where one is needed)'))
  .addOption(
    setting(
      '--allow-host <names>',
      'other host names that control calls may use (repeatable, or with commas)',
    ).argParser(words),
  )
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
  mock-oauth serve --port 0 --json --consent approve`,
  )
  .action(async (options) => (await import('./serve.ts')).serve(options))
program
  .command('init')
  .description('write a configuration to begin with')
  .addOption(
    flag('--provider <names>', 'names, or files that define one (default: all that there are)').argParser(providerList),
  )
  .addOption(flag('--format <format>', 'how').choices(['yaml', 'json', 'ts']).default('yaml'))
  .addOption(flag('--force', 'write over the one that is there'))
  .action(async (options) => (await import('./init.ts')).init(options))
program
  .command('validate')
  .description('say whether a configuration, or a file that defines a provider, is right')
  .argument('[file]', 'default: the configuration of the working directory')
  .addOption(json())
  .action(async (file, options) => (await import('./validate.ts')).validate(file, options))

program.commandsGroup('Look up:')
program
  .command('providers')
  .description('list the providers')
  .addOption(json())
  .action(async (options) => (await import('./providers.ts')).providers(options))
program
  .command('show')
  .description('print what a provider definition says, and how each value is known')
  .argument('<provider>', 'a name, or a file that defines one')
  .addOption(config())
  .addOption(flag('--format <format>', 'how').choices(['text', 'markdown', 'json']).default('text'))
  .addOption(json())
  .addOption(assume())
  .action(async (provider, options) => (await import('./show.ts')).show(provider, options))

program.commandsGroup('Talk to a running server:')
remote(program.command('env'))
  .description('print URLs and credentials as environment variables')
  .argument('[provider]', 'all but the sandboxes when none is named')
  .addOption(flag('--format <format>', 'how').choices(['shell', 'dotenv', 'json']).default('shell'))
  .addHelpText('after', '\nExample:\n  eval "$(mock-oauth env mekari)"')
  .action(async (provider, options) => (await import('./env.ts')).env(provider, options))
remote(program.command('wait'))
  .description('return when the server is ready')
  .addOption(flag('--timeout <duration>', 'how long to wait').default('30s'))
  .action(async (options) => (await import('./wait.ts')).wait(options))

const clock = program
  .command('clock')
  .description("show or move the world's clock; shows it when no command is named")
  .addHelpText('after', '\nExamples:\n  mock-oauth clock\n  mock-oauth clock advance 61m --json')
const moves = () => clock.commands.map((one) => one.name())
const move = (name: string, description: string) =>
  remote(clock.command(name)).description(description).addOption(json())
remote(clock.command('show', { isDefault: true, hidden: true }))
  .description('show the time')
  .argument('[word]')
  .addOption(json())
  .action(async (word, options) => {
    if (word !== undefined) throw new Stop(2, `Unknown command '${word}'\nKnown: ${moves().join(', ')}.`)
    await (await import('./clock.ts')).clock(options)
  })
move('advance', 'move it forward')
  .argument('<duration>', '3601s, 61m, 2h, 29d or ISO 8601: PT61M')
  .action(async (advance, options) => (await import('./clock.ts')).clock(options, { advance }))
move('set', 'move it to a moment')
  .argument('<time>', 'ISO 8601: 2026-01-31T12:00:00Z')
  .action(async (set, options) => (await import('./clock.ts')).clock(options, { set }))
move('freeze', 'stop it').action(async (options) => (await import('./clock.ts')).clock(options, { freeze: true }))
move('release', 'let it run again').action(async (options) =>
  (await import('./clock.ts')).clock(options, { freeze: false }),
)

remote(program.command('token'))
  .description('mint a token pair without a browser; piped, it prints the access token alone')
  .argument('[provider]', 'may be left out where one is played')
  .addOption(flag('--client <id>', 'for this client (default: the first)'))
  .addOption(flag('--user <id-or-email>', 'for this person (default: the first)'))
  .addOption(flag('--scope <scopes>', "with these scopes, joined by spaces (default: the client's)"))
  .addOption(flag('--lifetime <duration>', "of the access token (default: the provider's)"))
  .addOption(json())
  .addHelpText(
    'after',
    '\nExample:\n  curl -H "Authorization: Bearer $(mock-oauth token mekari)" http://127.0.0.1:4420/mekari/v1/me',
  )
  .action(async (provider, options) => (await import('./token.ts')).token(provider, options))

const keys = program
  .command('keys')
  .description('show or rotate the keys that ID tokens are signed with; shows them when no command is named')
  .addHelpText('after', '\nExamples:\n  mock-oauth keys mercury\n  mock-oauth keys rotate mercury --retire')
remote(keys.command('list', { isDefault: true, hidden: true }))
  .description('list the keys')
  .argument('[provider]', 'may be left out where one is played')
  .addOption(json())
  .action(async (provider, options) => (await import('./keys.ts')).list(provider, options))
remote(keys.command('rotate'))
  .description('make new keys sign; the old ones are shown on')
  .argument('[provider]', 'may be left out where one is played')
  .addOption(flag('--retire', 'take the old keys off: what they have signed no longer verifies'))
  .addOption(json())
  .action(async (provider, options) => (await import('./keys.ts')).rotate(provider, options))

remote(program.command('requests'))
  .description('list the requests so far, without secrets')
  .addOption(flag('--provider <name>', 'of this provider'))
  .addOption(flag('--endpoint <name>', 'of this endpoint').choices(endpointNames))
  .addOption(flag('--since <id>', 'after this request'))
  .addOption(flag('--follow', 'go on printing requests as they come'))
  .addOption(json())
  .action(async ({ follow, ...options }) =>
    follow ? (await import('./follow.ts')).follow(options) : (await import('./requests.ts')).requests(options),
  )

const webhook = program
  .command('webhook')
  .description('list webhooks, send a test, send one again')
  .addHelpText('after', '\nExamples:\n  mock-oauth webhook list\n  mock-oauth webhook redeliver w1')
remote(webhook.command('list'))
  .description('what clients were told, or would have been, with its attempts')
  .addOption(flag('--provider <name>', 'of this provider'))
  .addOption(flag('--client <id>', 'for this client'))
  .addOption(json())
  .action(async (options) => (await import('./webhook.ts')).list(options))
remote(webhook.command('test'))
  .description("send a test, as the provider's own button does")
  .argument('[provider]', 'may be left out where one is played')
  .addOption(flag('--client <id>', 'to this client (default: the first)'))
  .addOption(flag('--event <name>', 'this event (default: the first)'))
  .addOption(flag('--user <id-or-email>', 'about this person (default: the first)'))
  .addOption(json())
  .action(async (provider, options) => (await import('./webhook.ts')).test(provider, options))
remote(webhook.command('redeliver'))
  .description('send an event again, now')
  .argument('<id>', 'as in the list')
  .addOption(json())
  .action(async (id, options) => (await import('./webhook.ts')).redeliver(id, options))

remote(program.command('explain'))
  .description('say why a request was refused')
  .argument('[id]', 'as in requests (default: the last refused one)')
  .addOption(json())
  .action(async (id, options) => (await import('./explain.ts')).explain(id, options))
remote(program.command('revoke'))
  .description('disconnect: end a grant and all its tokens')
  .argument('[grant]', 'lists them when none is named')
  .addOption(flag('--by <who>', 'who disconnects').choices(['user', 'client', 'provider']).default('provider'))
  .action(async (grant, options) => (await import('./revoke.ts')).revoke(grant, options))
remote(program.command('reset'))
  .description('take the world back to the state just after the start')
  .action(async (options) => (await import('./reset.ts')).reset(options))

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

for (const command of [program, ...program.commands, ...clock.commands, ...keys.commands, ...webhook.commands]) {
  command.configureOutput({ outputError: () => {} }).exitOverride((error) => endOf(command, error))
}
// The scripts ask for suggestions by this word; it is no command for people.
if (process.argv[2] === 'complete') (await import('./completion.ts')).suggestions(program)
await program.parseAsync()
