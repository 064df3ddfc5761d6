import { type Command, Option } from 'commander'
import { assumptions } from '../arguments.ts'

/** A flag. */
export const flag = (flags: string, description: string) => new Option(flags, description)
/** A flag which an environment variable may set as well. */
export const setting = (flags: string, description: string) => {
  const option = flag(flags, description)
  const name = `MOCK_OAUTH_${option.name().toUpperCase().replaceAll('-', '_')}`
  // An empty variable counts as none, and `MOCK_OAUTH_JSON=0` as no.
  const unset = option.required ? [''] : ['', '0', 'false']
  if (unset.includes(process.env[name] ?? '')) delete process.env[name]
  return option.env(name)
}
/** `--json` of a command that prints. */
export const json = () => flag('--json', 'print JSON')
/** `--config`. */
export const config = () =>
  setting(
    '--config <path>',
    'the configuration (default: mock-oauth.config.* of the working directory, if there is one)',
  )
/** `--assume`, repeatable. */
export const assume = () =>
  flag('--assume <provider.name=choice>', 'play another plausible behaviour; see show (repeatable)').argParser(
    assumptions,
  )

/** A command that talks to a running server. */
export const remote = (command: Command) =>
  command
    .optionsGroup('Server:')
    .addOption(setting('--url <url>', 'where it is (default: where serve would listen here)'))
    .addOption(setting('--control-token <token>', 'what its control API wants'))
    .addOption(setting('--world <name>', 'which of its worlds (default: the default one)'))
    .optionsGroup('Options:')
    .hook('preAction', async (_, running) => {
      if (running.opts().url !== undefined) return
      const place = await (await import('../usual-place.ts')).usualPlace()
      running.setOptionValue('url', place.url)
      if (running.opts().controlToken === undefined) running.setOptionValue('controlToken', place.controlToken)
    })
