import type { Command } from 'commander'
import { aimFields, callFields, webhookFields } from '../../vocabulary/fault-fields.ts'
import { faultForm } from '../../vocabulary/fault-text.ts'
import { rotationPolicies } from '../../vocabulary/rotation.ts'
import { Stop } from '../stop.ts'
import { flag, json, remote } from './flags.ts'

/** Commands that steer a running server. */
export function addSteering(program: Command): void {
  program.commandsGroup('Talk to a running server:')
  remote(program.command('env'))
    .description('print URLs and credentials as environment variables')
    .argument('[provider]', 'all but the sandboxes when none is named')
    .addOption(flag('--format <format>', 'how').choices(['shell', 'dotenv', 'json']).default('shell'))
    .addHelpText('after', '\nExample:\n  eval "$(mock-oauth env mekari)"')
    .action(async (provider, options) => (await import('../env.ts')).env(provider, options))
  remote(program.command('wait'))
    .description('return when the server is ready')
    .addOption(flag('--timeout <duration>', 'how long to wait').default('30s'))
    .action(async (options) => (await import('../wait.ts')).wait(options))

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
      await (await import('../clock.ts')).clock(options)
    })
  move('advance', 'move it forward')
    .argument('<duration>', '3601s, 61m, 2h, 29d or ISO 8601: PT61M')
    .action(async (advance, options) => (await import('../clock.ts')).clock(options, { advance }))
  move('set', 'move it to a moment')
    .argument('<time>', 'ISO 8601: 2026-01-31T12:00:00Z')
    .action(async (set, options) => (await import('../clock.ts')).clock(options, { set }))
  move('freeze', 'stop it').action(async (options) => (await import('../clock.ts')).clock(options, { freeze: true }))
  move('release', 'let it run again').action(async (options) =>
    (await import('../clock.ts')).clock(options, { freeze: false }),
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
    .action(async (provider, options) => (await import('../token.ts')).token(provider, options))

  const keys = program
    .command('keys')
    .description('show or rotate the keys that ID tokens are signed with; shows them when no command is named')
    .addHelpText('after', '\nExamples:\n  mock-oauth keys mercury\n  mock-oauth keys rotate mercury --retire')
  remote(keys.command('list', { isDefault: true, hidden: true }))
    .description('list the keys')
    .argument('[provider]', 'may be left out where one is played')
    .addOption(json())
    .action(async (provider, options) => (await import('../keys.ts')).list(provider, options))
  remote(keys.command('rotate'))
    .description('make new keys sign; the old ones are shown on')
    .argument('[provider]', 'may be left out where one is played')
    .addOption(flag('--retire', 'take the old keys off: what they have signed no longer verifies'))
    .addOption(json())
    .action(async (provider, options) => (await import('../keys.ts')).rotate(provider, options))

  remote(program.command('rotation'))
    .description('show or set what becomes of refresh tokens that are used')
    .argument('[provider]', 'a provider with all its environments, or one environment (default: shows all)')
    .argument('[policy]', 'shows it when none is named')
    .addOption(flag('--take-back', 'take back what was set since the start'))
    .addOption(json())
    .addHelpText('after', `\nPolicies: ${rotationPolicies.join(', ')}\nExample:\n  mock-oauth rotation mekari grace:30`)
    .action(async (provider, policy, options) => (await import('../rotation.ts')).rotation(provider, policy, options))

  remote(program.command('revoke'))
    .description('disconnect: end a grant and all its tokens')
    .argument('[grant]', 'lists them when none is named')
    .addOption(flag('--by <who>', 'who disconnects').choices(['user', 'client', 'provider']).default('provider'))
    .action(async (grant, options) => (await import('../revoke.ts')).revoke(grant, options))
  addFaults(program)
  remote(program.command('reset'))
    .description('take the world back to the state just after the start')
    .action(async (options) => (await import('../reset.ts')).reset(options))
  remote(program.command('snapshot'))
    .description('write all of the world at this moment, tokens and secrets included')
    .argument('[file]', 'prints it when none is named')
    .addOption(flag('--secrets', 'the requests so far with their secrets, too'))
    .addHelpText('after', '\nExample:\n  mock-oauth snapshot connected.json && mock-oauth restore connected.json')
    .action(async (file, options) => (await import('../snapshot.ts')).snapshot(file, options))
  remote(program.command('restore'))
    .description('take the world back to a snapshot')
    .argument('<file>', 'as snapshot wrote it')
    .action(async (file, options) => (await import('../snapshot.ts')).restore(file, options))

  const worlds = program
    .command('worlds')
    .description('list the worlds, or forget one; lists them when no command is named')
    .addHelpText('after', '\nExamples:\n  mock-oauth worlds\n  mock-oauth worlds remove checkout-test-7')
  remote(worlds.command('list', { isDefault: true, hidden: true }))
    .description('list the worlds')
    .addOption(json())
    .action(async (options) => (await import('../worlds.ts')).list(options))
  remote(worlds.command('remove'))
    .description('forget a world with all that is in it')
    .argument('<name>', 'as in the list')
    .addOption(json())
    .action(async (name, options) => (await import('../worlds.ts')).remove(name, options))
}

const kindsOf = (kinds: Readonly<Record<string, object>>): string =>
  Object.entries(kinds)
    .map(([kind, fields]) => `  ${kind.padEnd(16)}${Object.keys(fields).join(', ')}`.trimEnd())
    .join('\n')

function addFaults(program: Command): void {
  const { provider: _, ...aim } = aimFields
  const fault = program
    .command('fault')
    .description('arm what goes wrong, list it, take it away, let go what it holds')
    .addHelpText(
      'after',
      `
A fault is ${faultForm}

Kinds, and what may be said of each besides ${Object.keys(aim).join(', ')}:
${kindsOf(callFields)}
Of webhooks:
${kindsOf(webhookFields)}

Examples:
  mock-oauth fault add token:refresh_token drop after
  mock-oauth fault add mekari/token error refusal=refresh_token_reused times=2
  mock-oauth fault add token:refresh_token hold count=5 order=reverse
  mock-oauth fault release f3`,
    )
  remote(fault.command('add'))
    .description('arm a fault')
    .argument('<on>', 'where it strikes, or the whole fault in quotes')
    .argument('[kind]', 'what goes wrong')
    .argument('[more...]', 'before or after, and name=value')
    .addOption(json())
    .action(async (on, kind, more, options) => (await import('../fault.ts')).add([on, kind, ...more], options))
  remote(fault.command('list'))
    .description('list what is armed, and how often each fired')
    .addOption(json())
    .action(async (options) => (await import('../fault.ts')).list(options))
  remote(fault.command('remove'))
    .description('take a fault away; whoever it holds is let go')
    .argument('[id]', 'as in the list; all when none is named')
    .addOption(json())
    .action(async (id, options) => (await import('../fault.ts')).remove(id, options))
  remote(fault.command('release'))
    .description('let go whoever a hold holds, full or not')
    .argument('<id>', 'as in the list')
    .addOption(json())
    .action(async (id, options) => (await import('../fault.ts')).release(id, options))
}
