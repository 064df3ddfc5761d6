import { optionsOf } from '../config/options.ts'
import type { Config } from '../config.ts'
import { playable } from '../control/playable.ts'
import { createMockOAuth, type MockOAuth, type MockWorld } from '../index.ts'
import { type Colours, coloursFor } from './colours.ts'
import { findConfig } from './config-file.ts'
import { configure } from './configuration.ts'
import { exchangeLine } from './exchange-line.ts'
import { stopWhenAsked } from './farewell.ts'
import { shown } from './file-text.ts'
import { print, printable } from './print.ts'
import { readyJson, readyText } from './ready.ts'
import { checkReceiver, configOf, type ServeFlags } from './serve-flags.ts'
import { Stop } from './stop.ts'
import { reportUnfired } from './unfired.ts'
import { isDropped, webhookLine } from './webhook-line.ts'

/** Plays providers until it is told to stop. */
export async function serve(flags: ServeFlags): Promise<void> {
  let mock: MockOAuth | undefined
  let isStrict = false
  stopWhenAsked(() => (mock && reportUnfired(mock) && isStrict ? 1 : 0))
  const begun = Date.now()
  const given = configOf(flags)
  // Found once: one that is gone later is missed.
  const file = flags.config ?? findConfig()
  const load = async (read: Set<string>): Promise<Config> => {
    const config = await configure(file, given, read)
    checkReceiver(config)
    if (given.assume) (await import('./assumptions.ts')).checkAssumptions(config.providers ?? [], given.assume)
    return config
  }
  const files = new Set<string>()
  const config = await load(files)
  if (config.watch && files.size === 0) {
    throw new Stop(
      2,
      '--watch has nothing to watch. Write a configuration with "mock-oauth init", or play a provider of your own: --provider ./acme.ts.',
    )
  }
  const { mock: made, listen } = optionsOf(config)
  isStrict = config.strictFaults === true
  mock = await createMockOAuth(made)
  const listening = await mock.listen(listen)
  const { ca: certificate } = listening
  const trust =
    certificate === undefined ? undefined : await (await import('../intercept/trust.ts')).openTrust({ certificate })
  // Standard output holds the ready line alone where a program reads it.
  const log = config.json ? process.stderr : process.stdout
  const colours = coloursFor(log)
  if (!config.quiet) follow(mock, log, colours)
  if (config.watch) {
    const { watch } = await import('./watch.ts')
    watch({ mock, load, config, files, begun, log })
  }
  const ready = {
    listening,
    trust,
    seed: mock.seed,
    files: [...files].map(shown),
    state: config.state === undefined ? undefined : shown(config.state),
    rotation: config.rotation ?? {},
    faults: mock.faults
      .list()
      .slice(0, config.faults?.length ?? 0)
      .map(({ id, text }) => `${id} ${printable(text)}`),
    mood: config.mood,
    assume: config.assume ?? {},
    colours,
  }
  // What it is played by is gone through once more for people only: a program waits for the line.
  print(config.json ? readyJson(ready) : readyText(ready, playable(config.providers ?? [], config.assume)))
}

/** Prints a line for each exchange, and for each attempt to deliver a webhook, in every world. */
function follow(mock: MockOAuth, log: NodeJS.WriteStream, colours: Colours): void {
  const followWorld = (world: MockWorld) => {
    world.onExchange((exchange) => {
      const explanation = exchange.refusal && world.explain(exchange.id)
      log.write(`${exchangeLine(exchange, explanation, colours, world.name)}\n`)
    })
    world.webhooks.onChange((event, ended) => {
      if (ended || isDropped(event)) log.write(`${webhookLine(event, ended, colours, world.name)}\n`)
    })
  }
  followWorld(mock)
  mock.worlds.onMade(followWorld)
}
