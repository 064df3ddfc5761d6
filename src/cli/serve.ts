import { optionsOf } from '../config/options.ts'
import { playable } from '../control/playable.ts'
import { createMockOAuth, type MockOAuth } from '../index.ts'
import { printable } from '../lines/printable.ts'
import { coloursFor } from './colours.ts'
import { stopWhenAsked } from './farewell.ts'
import { shown } from './file-text.ts'
import { logTo } from './log.ts'
import { print } from './print.ts'
import { readyJson, readyText } from './ready.ts'
import { loaderOf, type ServeFlags } from './serve-flags.ts'
import { Stop } from './stop.ts'
import { reportUnfired } from './unfired.ts'

/** Plays providers until it is told to stop. */
export async function serve(flags: ServeFlags): Promise<void> {
  let mock: MockOAuth | undefined
  let isStrict = false
  stopWhenAsked(() => (mock && reportUnfired(mock) && isStrict ? 1 : 0))
  const begun = Date.now()
  const load = loaderOf(flags)
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
  if (!config.quiet) logTo(log, mock, colours)
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
