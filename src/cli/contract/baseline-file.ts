import { existsSync } from 'node:fs'
import { type Baseline, readBaseline, WrongBaseline } from '../../contract/baseline.ts'
import { catalogue } from '../../contract/catalogue.ts'
import type { ProviderId } from '../../contract/clause.ts'
import { choicesOf } from '../../contract/run/unknowns.ts'
import { createMockOAuth } from '../../index.ts'
import { parse } from '../config-syntax.ts'
import { shown, textOf } from '../file-text.ts'
import { Stop } from '../stop.ts'

/** The baseline that is found by itself. */
const usual = 'contracts.yaml'

/**
 * The known failures, where a file has any.
 * @throws {Stop}
 */
export async function readBaselineFile(named: string | undefined, providers: readonly ProviderId[]): Promise<Baseline> {
  const path = named ?? (existsSync(usual) ? usual : undefined)
  if (path === undefined) return []
  const { data, lineOf } = parse(path, textOf(path))
  const mock = await createMockOAuth({ providers })
  const places = [...providers, ...providers.flatMap((one) => choicesOf(mock, one).map(({ choice }) => choice))]
  await mock.close()
  try {
    return readBaseline({ name: shown(path), data, lineOf }, { clauses: catalogue.map(({ id }) => id), places })
  } catch (error) {
    if (error instanceof WrongBaseline) throw new Stop(2, error.message)
    throw error
  }
}
