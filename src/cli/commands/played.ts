import type { Command } from 'commander'
import { faultList, providerList, rotations, words } from '../arguments.ts'
import { assume, setting } from './flags.ts'

/** A command that plays: what is played, what goes wrong with it, and which client it begins with. */
export const played = (command: Command, byDefault = '; all when none is named') =>
  command
    .optionsGroup('What is played:')
    .addOption(
      setting(
        '--provider <names>',
        `which providers: names, or files that define one${byDefault} (repeatable, or with commas)`,
      ).argParser(providerList),
    )
    .addOption(assume().env('MOCK_OAUTH_ASSUME'))
    .addOption(
      setting(
        '--rotation <provider=policy>',
        "what becomes of refresh tokens that are used, in place of the provider's own (repeatable)",
      ).argParser(rotations),
    )
    .addOption(
      setting(
        '--consent <mode>',
        'what happens at the authorization endpoint without a person (default: page)',
      ).choices(['page', 'approve', 'deny']),
    )
    .addOption(setting('--seed <text>', 'makes tokens and people the same again (default: random)'))
    .addOption(setting('--state <file>', 'a file in which the state outlives the process; needs the package lmdb'))
    .optionsGroup('What goes wrong:')
    .addOption(
      setting(
        '--fault <text>',
        'armed at the start and after each reset: "token:refresh_token drop after" (repeatable; one a line in the variable)',
      ).argParser(faultList),
    )
    .addOption(
      setting(
        '--mood <mood>',
        'misbehaves by chance in ways that are permitted, by the seed: hostile, or with how likely each act is hostile:0.05',
      ),
    )
    .addOption(setting('--strict-faults', 'exit 1 at the end when a fault never fired'))
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
    .addOption(
      setting('--webhook-secret <secret>', 'what deliveries are signed with (default: made up where they are)'),
    )
