import { readdirSync } from 'node:fs'
import { build } from 'esbuild'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import type { Grade } from '../src/vocabulary/evidence.ts'
import { type Source, sourcesUnder, textOf } from './architecture/source.ts'

const sources = sourcesUnder('src')
const root = new URL('..', import.meta.url).pathname

/** Each on its own: a bundle holds what it uses. */
const jose = [
  ...['base64url', 'jwt/sign', 'jwt/verify', 'jwks/local'],
  ...['jws/compact/verify', 'decode/protected_header'],
].map((part) => `jose/${part}`)

/** The house, and who may know whom. A door is a file directly under `src`. */
const mayImport: Readonly<Record<string, readonly string[]>> = {
  // A definition of one's own is held against the vocabulary's schema: valibot makes no code, so it runs under a strict CSP.
  vocabulary: ['vocabulary', 'valibot', 'fastest-levenshtein'],
  store: ['store', 'src/vocabulary/rotation.ts'],
  pages: ['pages', 'hono/html'],
  providers: ['vocabulary', 'src/define.ts', 'providers'],
  world: ['world', 'vocabulary', 'store'],
  engine: ['engine', 'world', 'vocabulary', 'store', 'pages', ...jose, 'cookie', '@noble/curves/nist.js'],
  // A snapshot that comes from outside is held against its shape, with or without a server: valibot makes no code.
  control: [
    ...['control', 'engine', 'world', 'vocabulary', 'store', 'src/providers.ts', 'src/pages/words.ts'],
    ...['fastest-levenshtein', 'valibot'],
  ],
  // The way in for any door: which world, and which of the provider's URLs.
  entrance: ['entrance', 'control', 'engine', 'world', 'vocabulary'],
  // Web Request in, web Response out; real time and the network by what Node and browsers share. A mock shows it its inside.
  web: ['web', 'entrance', 'engine', 'world', 'vocabulary', 'src/control/inside.ts'],
  // What is told of the journal and of faults, a line each: by the terminal, and by the matchers of tests.
  lines: ['lines', 'control', 'engine', 'world', 'vocabulary'],
  // What a test expects of a client, judged over the journal.
  matchers: ['matchers', 'lines', 'control', 'engine', 'world', 'vocabulary'],
  // What a worker cannot answer in a browser, shown in the page itself.
  'in-page': ['in-page', 'control', 'engine', 'pages', 'vocabulary'],
  // createMockOAuth(), wherever it runs.
  embedded: [
    ...['embedded', 'control', 'engine', 'entrance', 'web', 'world', 'store', 'vocabulary'],
    ...['src/server/listen.ts', 'src/state/open-state.ts'],
  ],
  // A world of a server, over its control API, for whoever is in another process.
  remote: ['remote', 'control', 'store', 'vocabulary'],
  // The provider's pages and a worker's world, for src/playwright.ts.
  // A browser names its world by a cookie, which the entrance reads.
  playwright: [...['playwright', 'remote', 'entrance', 'embedded', 'vocabulary', 'src/index.ts'], '@playwright/test'],
  // What outlives the process: a ledger of the store's in a file.
  state: ['state', 'store', 'vocabulary', 'lmdb', 'node:*'],
  server: [
    'server',
    'entrance',
    'control',
    'engine',
    'world',
    'vocabulary',
    'store',
    'pages',
    'fastify',
    'ajv',
    'node:*',
    // HTTPS: who signs, and for which hosts. Loaded when a server speaks it.
    'src/intercept/authority.ts',
    'src/intercept/hosts.ts',
  ],
  // Programs that are not changed: the authority that they trust, and the proxy that they go through, by the server's own door.
  intercept: [
    ...['intercept', 'entrance', 'control', 'world', 'vocabulary', 'node:*'],
    ...['door', 'hold-for', 'tls', 'unavailable'].map((file) => `src/server/${file}.ts`),
    ...[
      '@peculiar/x509',
      '@peculiar/asn1-x509',
      '@peculiar/asn1-schema',
      'reflect-metadata',
      'tldts',
      'proxy-from-env',
    ],
  ],
  // Judges a client: the clauses stand in contracts/, a mock plays the stories, and the careful client is what mutants are made from.
  contract: [
    ...['contract', 'contracts', 'control', 'embedded', 'lines', 'world', 'vocabulary', 'src/providers.ts'],
    ...[
      'src/engine/redact.ts',
      'src/engine/sent-secrets.ts',
      'src/pages/layout.ts',
      'src/server/listen.ts',
      'src/intercept/authority.ts',
    ],
    ...['ajv', 'jiti', 'vitest', 'hono/html', 'node:*'],
  ],
  // One schema says what a control call and what a configuration may say of a client; a configuration is one for the doors.
  config: [
    ...['config', 'control', 'world', 'vocabulary', 'src/index.ts', 'src/server/schema.ts'],
    ...['src/server/registration-fields.ts', 'ajv', 'fastest-levenshtein'],
  ],
  cli: [
    'cli',
    'config',
    'contract',
    'doors',
    'server',
    'intercept',
    'lines',
    'control',
    'remote',
    'engine',
    'world',
    'vocabulary',
    'store',
    'packages',
    'node:*',
  ],
}
const onlyIn: Readonly<Record<string, RegExp>> = {
  commander: /^src\/cli\/(main\.ts$|commands\/)/,
  '@faker-js/faker': /^src\/world\/people\.ts$/,
  '@noble/curves': /^src\/engine\/keys\/es256\.ts$/,
  fastify: /^src\/(server\/|fastify\.ts$)/,
  msw: /^src\/msw\.ts$/,
  vitest: /^src\/(vitest|contract\/contract-tests)\.ts$/,
  '@playwright/test': /^src\/playwright(\/|\.ts$)/,
  valibot: /^src\/(vocabulary\/schema\/|control\/snapshot-shape\.ts$|control\/snapshot\/)/,
  lmdb: /^src\/state\//,
  '@peculiar': /^src\/intercept\/authority\.ts$/,
  'reflect-metadata': /^src\/intercept\/authority\.ts$/,
  tldts: /^src\/intercept\/hosts\.ts$/,
  'proxy-from-env': /^src\/intercept\/(preload|upstream)\.ts$/,
  jiti: /^src\/(cli\/load-module|contract\/self-test\/careful-client)\.ts$/,
  yaml: /^src\/cli\/config-syntax\.ts$/,
}
const pure = [
  'engine',
  'vocabulary',
  'world',
  'providers',
  'pages',
  'control',
  'store',
  'entrance',
  'lines',
  'matchers',
]
const pureDoors = ['define.ts', 'providers.ts', 'fetch.ts', 'matchers.ts', 'msw.ts']

const folderOf = (path: string): string => path.split('/').slice(1, -1)[0] ?? 'doors'
const isPure = ({ path }: Source) => pure.includes(folderOf(path)) || pureDoors.some((door) => path === `src/${door}`)

function isAllowed(to: string, allowed: readonly string[]): boolean {
  if (to.startsWith('contracts/')) return allowed.includes('contracts')
  if (to.startsWith('src/')) return allowed.includes(folderOf(to)) || allowed.includes(to)
  if (to.startsWith('node:')) return allowed.includes('node:*')
  return (
    allowed.includes('packages') || allowed.includes(to) || (to.startsWith('@faker-js/') && allowed.includes('world'))
  )
}

describe('the dependency rule', () => {
  it('knows every folder of the house', () => {
    const folders = readdirSync(`${root}src`, { withFileTypes: true }).filter((one) => one.isDirectory())
    expect(folders.map(({ name }) => name).filter((name) => !mayImport[name])).toEqual([])
  })

  it.each(Object.keys(mayImport))('holds in %s', (folder) => {
    const broken = sources
      .filter(({ path }) => folderOf(path) === folder)
      .flatMap(({ path, imports }) => imports.map((to) => [path, to] as const))
      .filter(([, to]) => !isAllowed(to, mayImport[folder] ?? []))
    expect(broken).toEqual([])
  })

  it('lets nothing import the command line', () => {
    const importers = sources.filter(({ imports }) => imports.some((to) => to.startsWith('src/cli/')))
    expect(importers.map(({ path }) => path).filter((path) => folderOf(path) !== 'cli')).toEqual([])
  })

  it.each(Object.entries(onlyIn))('keeps %s in its place', (name, place) => {
    const importers = sources.filter(({ imports }) => imports.some((to) => to === name || to.startsWith(`${name}/`)))
    expect(importers.map(({ path }) => path).filter((path) => !place.test(path))).toEqual([])
  })

  it("loads the vocabulary's schema only for definitions of one's own", () => {
    const isSchema = (path: string) => path.startsWith('src/vocabulary/schema/')
    const importers = sources.filter(({ path, imports }) => !isSchema(path) && imports.some(isSchema))
    expect(importers.map(({ path }) => path)).toEqual(['src/control/own.ts'])
    expect(importers[0]?.text).toContain("await import('../vocabulary/schema/check.ts')")
  })

  it('leads every import of a file of ours to a file', () => {
    const paths = new Set(sources.map(({ path }) => path))
    const dangling = sources.flatMap(({ imports }) => imports.filter((to) => to.startsWith('src/') && !paths.has(to)))
    expect(dangling).toEqual([])
  })
})

describe('the pure part', () => {
  const forbidden = [
    ...['process', 'console', 'Buffer', 'require', 'globalThis', 'global', 'self', 'window', 'performance'],
    ...['setTimeout', 'setInterval', 'setImmediate', 'clearTimeout', 'clearInterval', 'queueMicrotask'],
    ...['Date.now', 'Date()', 'new Date()', 'Math.random', 'crypto.randomUUID', 'crypto.getRandomValues'],
  ]

  it('imports nothing from Node', () => {
    const importers = sources.filter(isPure).filter(({ imports }) => imports.some((to) => to.startsWith('node:')))
    expect(importers.map(({ path }) => path)).toEqual([])
  })

  it.each(forbidden)('never says %s', (name) => {
    expect(
      sources
        .filter(isPure)
        .filter(({ names }) => names.has(name))
        .map(({ path }) => path),
    ).toEqual([])
  })

  it('is compiled without the types of Node', () => {
    const { compilerOptions, include } = JSON.parse(textOf('tsconfig.pure.json'))
    expect(compilerOptions.types).toEqual([])
    const covered = ({ path }: Source) => include.some((one: string) => path === one || path.startsWith(`${one}/`))
    expect(
      sources
        .filter(isPure)
        .filter((source) => !covered(source))
        .map(({ path }) => path),
    ).toEqual([])
    expect(JSON.parse(textOf('package.json')).scripts.types).toContain('tsconfig.pure.json')
  })

  it('bundles for a browser', async () => {
    const { outputFiles, metafile } = await build({
      stdin: {
        contents:
          "export { serve } from './src/engine/serve.ts'\nexport { providers } from './src/providers.ts'\nexport { createWorld } from './src/world/world.ts'\nexport { checkDefinition } from './src/vocabulary/schema/check.ts'",
        resolveDir: root,
      },
      bundle: true,
      format: 'esm',
      platform: 'browser',
      write: false,
      metafile: true,
      logLevel: 'silent',
    })
    const [{ text } = { text: '' }] = outputFiles
    expect(text).not.toMatch(/["']node:/)
    // A strict Content-Security-Policy lets no code be made.
    expect(text).not.toMatch(/\bnew Function\b|\beval\(/)
    expect(
      Object.values(metafile.outputs).flatMap(({ imports }) => imports.filter(({ external }) => external)),
    ).toEqual([])
  })
})

const grades: Readonly<Record<Grade, true>> = { documented: true, observed: true, standard: true, assumed: true }
const isGrade = (word: string) => Object.hasOwn(grades, word)

describe('a provider', () => {
  const all = Object.values(providers)
  const hosts = all.flatMap((definition) => environmentsOf(definition).flatMap(({ origins }) => origins))
  // A grade of evidence is `standard`, and so is much else in English: that provider is found by its host alone.
  const names = all.flatMap(({ id, name }) => [id, name]).filter((name) => !isGrade(name.toLowerCase()))

  it.each([...new Set([...names, ...hosts.map((origin) => new URL(origin).hostname)])])(
    '%s is not named where every provider is served',
    (name) => {
      const general = ['engine', 'vocabulary', 'store', 'world', 'control', 'server', 'pages']
      const naming = sources.filter(
        ({ path, text }) => general.includes(folderOf(path)) && text.toLowerCase().includes(name.toLowerCase()),
      )
      expect(naming.map(({ path }) => path)).toEqual([])
    },
  )

  it('is imported by the one list only', () => {
    const importers = sources.filter(({ imports }) => imports.some((to) => to.startsWith('src/providers/')))
    expect(importers.map(({ path }) => path).filter((path) => folderOf(path) !== 'providers')).toEqual([
      'src/providers.ts',
    ])
  })
})

describe('the shape of the house', () => {
  it('has one file directly under src for each door', () => {
    const { exports } = JSON.parse(textOf('package.json')) as { exports: Record<string, string | { default: string }> }
    const doors = Object.entries(exports).filter(([door]) => !door.endsWith('.json'))
    for (const [door, target] of doors) {
      const file = door === '.' ? 'index' : door.slice(2)
      expect(target).toMatchObject({ types: `./dist/${file}.d.ts`, default: `./dist/${file}.js` })
    }
    const files = sources.map(({ path }) => path).filter((path) => folderOf(path) === 'doors')
    const ofDoors = doors.map(([door]) => `src/${door === '.' ? 'index' : door.slice(2)}.ts`)
    // Where a bundler builds for a browser, `.` is another file.
    expect(files.sort()).toEqual([...ofDoors, 'src/browser.ts'].sort())
  })

  it('is drawn whole in CONTRIBUTING.md: each door and each folder', () => {
    const [, house = ''] = /## The house\n\n```\n(.*?)```/s.exec(textOf('CONTRIBUTING.md')) ?? []
    const drawn = new Set([...house.matchAll(/^ {2}(\S+)(?: {2}(\S+\.ts))?/gm)].flatMap(([, ...names]) => names))
    const parts = sources.map(({ path }) => (folderOf(path) === 'doors' ? path.slice(4) : `${folderOf(path)}/`))
    expect([...new Set(parts)].filter((part) => !drawn.has(part))).toEqual([])
  })

  it('has doors that translate and do nothing else: under 60 lines each', () => {
    const doors = sources.filter(({ path }) => folderOf(path) === 'doors')
    const long = doors.filter(({ linesOfCode }) => linesOfCode >= 60)
    expect(long.map(({ path, linesOfCode }) => [path, linesOfCode])).toEqual([])
  })

  it('has no default exports', () => {
    expect(sources.filter(({ text }) => /^export default/m.test(text)).map(({ path }) => path)).toEqual([])
  })

  it('shows the life of a request in under 60 lines', () => {
    expect(sources.find(({ path }) => path === 'src/engine/serve.ts')?.linesOfCode).toBeLessThan(60)
  })

  it('has small files: half of them under 100 lines, none of over 300', () => {
    const lengths = sources.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 }))
    const sorted = lengths.map(({ lines }) => lines).sort((a, b) => a - b)
    expect(sorted[Math.floor(sorted.length / 2)]).toBeLessThan(100)
    expect(lengths.filter(({ lines }) => lines > 300)).toEqual([])
  })

  it('begins and ends grants in one place, which tells the webhooks', () => {
    const places = sources.filter(({ text }) => /\.(startGrant|endGrant)\(/.test(text)).map(({ path }) => path)
    expect(places).toEqual(['src/engine/connection.ts'])
  })

  it('has no file whose name says nothing', () => {
    const vague = /(^|[-./])(utils?|helpers?|common|misc|manager|service|context|processor|base)s?\.(ts|js)$/
    const folders = readdirSync(root, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !/^(\.git|node_modules|dist.*)$/.test(entry.name))
      .map(({ name }) => name)
    const files = ['.', ...folders].flatMap((folder) =>
      readdirSync(root + folder, { recursive: folder !== '.', encoding: 'utf8' }).map((file) => `${folder}/${file}`),
    )
    expect(files.filter((path) => vague.test(path))).toEqual([])
  })
})
