import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Mutant } from '../clause.ts'
import type { Factory } from '../client-under-test.ts'
import { clientsFolder } from '../clients-folder.ts'

/** A change that is not one: its text does not stand exactly once. */
class NoMutant extends Error {
  override readonly name = 'NoMutant'
}

/** The files of the careful client that are the client itself, by name. */
function sources(): ReadonlyMap<string, string> {
  const folder = clientsFolder('typescript')
  const names = readdirSync(folder).filter((name) => name.endsWith('.ts') && name !== 'driver.ts')
  return new Map(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]))
}

/**
 * The careful client, with one bug where a mutant is given.
 * @throws {NoMutant}
 */
export async function carefulClient(mutant?: Pick<Mutant, 'find' | 'replace'>): Promise<Factory> {
  const texts = new Map(sources())
  if (mutant) mutate(texts, mutant)
  // jiti keeps nothing of what it has read: a folder for each.
  const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-mutant-'))
  try {
    for (const [name, text] of texts) writeFileSync(join(folder, name), text)
    const { createJiti } = await import('jiti')
    const jiti = createJiti(import.meta.url, { fsCache: false, moduleCache: false, interopDefault: false })
    const { createClient } = await jiti.import<{ createClient: Factory }>(join(folder, 'client.ts'))
    return createClient
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The files in which a text stands, as often as it stands there. */
export const placesOf = (find: string, texts: ReadonlyMap<string, string> = sources()): readonly string[] =>
  [...texts].flatMap(([name, text]) => Array.from({ length: text.split(find).length - 1 }, () => name))

function mutate(texts: Map<string, string>, { find, replace }: Pick<Mutant, 'find' | 'replace'>): void {
  const places = placesOf(find, texts)
  const [place] = places
  if (place === undefined || places.length > 1) {
    throw new NoMutant(`Expected once in the careful client, found ${places.length} times: ${find}`)
  }
  // No `$` of the replacement has a meaning.
  texts.set(
    place,
    (texts.get(place) ?? '').replace(find, () => replace),
  )
}
