import type { Command } from 'commander'
import { rotationPolicies } from '../../vocabulary/rotation.ts'
import { Stop } from '../stop.ts'
import { addFaults } from './fault.ts'
import { flag, json, remote } from './flags.ts'

/** What a policy does with the refresh token that was used. */
const meant: Readonly<Record<(typeof rotationPolicies)[number], string>> = {
  none: 'it works on, and no new one comes',
  singleUse: 'it is dead, and a further use is refused',
  'singleUse+familyRevoked': 'a further use ends all that came of the authorization',
  'grace:<seconds>': 'it works so much longer; a use after that ends all',
  'grace:<seconds>,<uses>': 'the same, for so many further uses',
  'samePair:<seconds>': 'it brings the same new pair so much longer; a use after that ends all',
  'keepsOld:<hours>': 'it works so much longer, and a use after that is only refused',
  optionalNew: 'it works on until a new one comes, with each third use',
}

const policies = `What becomes of a refresh token that was used:
${rotationPolicies.map((policy) => `  ${policy.padEnd(25)}${meant[policy]}`).join('\n')}`

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
    .addHelpText('after', `\n${policies}\n\nExample:\n  mock-oauth rotation mekari grace:30`)
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
    .argument('[word]')
    .addOption(json())
    .action(async (word, options) => {
      if (word !== undefined) throw new Stop(2, `Unknown command '${word}'\nKnown: remove.`)
      await (await import('../worlds.ts')).list(options)
    })
  remote(worlds.command('remove'))
    .description('forget a world with all that is in it')
    .argument('<name>', 'as in the list')
    .addOption(json())
    .action(async (name, options) => (await import('../worlds.ts')).remove(name, options))
}
