import type { Command } from 'commander'
import { endpointNames } from '../../vocabulary/routes.ts'
import { flag, json, remote } from './flags.ts'

/** Commands that tell what a running server has seen and sent. */
export function addSeeing(program: Command): void {
  remote(program.command('requests'))
    .description('list the requests so far, without secrets')
    .addOption(flag('--provider <name>', 'of this provider'))
    .addOption(flag('--endpoint <name>', 'of this endpoint').choices(endpointNames))
    .addOption(flag('--since <id>', 'after this request'))
    .addOption(flag('--follow', 'go on printing requests as they come'))
    .addOption(json())
    .action(async ({ follow, ...options }) =>
      follow ? (await import('../follow.ts')).follow(options) : (await import('../requests.ts')).requests(options),
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
    .action(async (options) => (await import('../webhook.ts')).list(options))
  remote(webhook.command('test'))
    .description("send a test, as the provider's own button does")
    .argument('[provider]', 'may be left out where one is played')
    .addOption(flag('--client <id>', 'to this client (default: the first)'))
    .addOption(flag('--event <name>', 'this event (default: the first)'))
    .addOption(flag('--user <id-or-email>', 'about this person (default: the first)'))
    .addOption(json())
    .action(async (provider, options) => (await import('../webhook.ts')).test(provider, options))
  remote(webhook.command('redeliver'))
    .description('send an event again, now')
    .argument('<id>', 'as in the list')
    .addOption(json())
    .action(async (id, options) => (await import('../webhook.ts')).redeliver(id, options))

  remote(program.command('explain'))
    .description('say why a request was refused, and what was done to it on purpose')
    .argument('[id]', 'as in requests, or in webhook list (default: the last request that was refused or struck)')
    .addOption(flag('--last', 'the last one that was refused or struck'))
    .addOption(json())
    .action(async (id, options) => (await import('../explain.ts')).explain(id, options))

  remote(program.command('grants'))
    .description('list what is or was connected, or draw the family tree of its tokens')
    .argument('[grant]', 'lists them when none is named')
    .addOption(json())
    .action(async (grant, options) => (await import('../grants.ts')).grants(grant, options))
}
