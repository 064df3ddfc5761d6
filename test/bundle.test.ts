import { writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { build, type Rolldown } from 'vite'
import { describe, expect, it } from 'vitest'
import { bundled, useProject } from './bundle/esbuild.ts'

/** A file of a bundle. */
interface Chunk {
  readonly text: string
  /** The modules in it. */
  readonly modules: readonly string[]
  /** What it loads with itself, and what when it is needed. */
  readonly imports: readonly string[]
  readonly later: readonly string[]
}

/** What a bundler made, by file name; `entry.js` is what a page asks for. */
type Bundle = ReadonlyMap<string, Chunk>

async function byEsbuild(contents: string): Promise<Bundle> {
  const { metafile, outputFiles } = await bundled(contents)
  return new Map(
    Object.entries(metafile.outputs).map(([path, { inputs, imports }]) => {
      const text = outputFiles.find((file) => basename(file.path) === basename(path))?.text ?? ''
      const of = (wanted: string) => imports.flatMap((one) => (one.kind === wanted ? basename(one.path) : []))
      const chunk = { text, modules: Object.keys(inputs), imports: of('import-statement'), later: of('dynamic-import') }
      return [basename(path), chunk]
    }),
  )
}

const byVite = (contents: string): Promise<Bundle> =>
  useProject(async (root) => {
    const input = `${root}/entry.js`
    writeFileSync(input, contents)
    const made = (await build({
      root,
      configFile: false,
      logLevel: 'error',
      build: {
        target: 'es2022',
        write: false,
        rolldownOptions: {
          input,
          preserveEntrySignatures: 'strict',
          output: { entryFileNames: 'entry.js', chunkFileNames: '[hash].js' },
        },
      },
    })) as Rolldown.RolldownOutput
    const chunks = made.output.filter((one) => one.type === 'chunk')
    return new Map(
      chunks.map(({ fileName, code, moduleIds, imports, dynamicImports }) => [
        fileName,
        { text: code, modules: moduleIds, imports, later: dynamicImports },
      ]),
    )
  })

/** A file and all that is loaded with it. */
function atOnce(bundle: Bundle, name = 'entry.js', reached = new Map<string, Chunk>()): ReadonlyMap<string, Chunk> {
  const chunk = bundle.get(name)
  if (!chunk || reached.has(name)) return reached
  reached.set(name, chunk)
  for (const other of chunk.imports) atOnce(bundle, other, reached)
  return reached
}

const packagesIn = (chunks: Iterable<Chunk>) => {
  const found = [...chunks].flatMap(({ modules }) => modules)
  return new Set(found.flatMap((id) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(id)?.[1] ?? []))
}
const joseIn = (chunks: Iterable<Chunk>) =>
  [...chunks].flatMap(({ modules }) =>
    modules.flatMap((id) => /node_modules\/jose\/dist\/webapi\/(.+)\.js/.exec(id)?.[1] ?? []),
  )

const bundlers = { esbuild: byEsbuild, Vite: byVite }
const doors = ['mock-oauth', ...['consent', 'define', 'fetch', 'msw', 'providers'].map((door) => `mock-oauth/${door}`)]

describe.each(Object.entries(bundlers))('%s, for a browser,', (_, bundle) => {
  it.each(doors)('bundles %s with nothing of a server, and nothing that makes code', async (door) => {
    const chunks = await bundle(`export * from '${door}'`)
    const texts = [...chunks.values()].map(({ text }) => text).join('\n')
    expect(texts.length).toBeGreaterThan(1000)
    expect(texts).not.toMatch(/["'`]node:/)
    // What Vite puts in the place of what a browser has not.
    const modules = [...chunks.values()].flatMap((chunk) => chunk.modules)
    expect(modules.filter((id) => id.includes('browser-external'))).toEqual([])
    const packages = packagesIn(chunks.values())
    expect(['fastify', 'ajv', 'lmdb', 'commander', 'jiti'].filter((name) => packages.has(name))).toEqual([])
    expect(texts).not.toMatch(/\bnew Function\b|\bFunction\(|\beval\(/)
  })

  it('loads people and signatures later', async () => {
    const chunks = await bundle(`
      import { createMockOAuth } from 'mock-oauth'
      import { oauthHandlers } from 'mock-oauth/msw'
      export const handlers = oauthHandlers(await createMockOAuth({ providers: ['mekari'] }))`)
    const first = atOnce(chunks)
    const packages = packagesIn(first.values())
    expect(packages.has('@faker-js/faker')).toBe(false)
    expect(joseIn(first.values()).filter((file) => !/base64|buffer_utils/.test(file))).toEqual([])
    const rest = [...chunks].flatMap(([name, chunk]) => (first.has(name) ? [] : [chunk]))
    expect(packagesIn(rest).has('@faker-js/faker')).toBe(true)
    expect(joseIn(rest)).toContain('jwt/sign')
  })
})
