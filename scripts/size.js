// What a page loads of a mock, minified and by gzip: at once, and when it is first used. A user's bundler finds the same pieces
// in dist/. MSW itself is not counted. Exits 1 where what is loaded at once exceeds its budget.
import { readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

/** Of what is loaded at once, by gzip: a little above what it is. */
const budget = 125_000

process.chdir(new URL('..', import.meta.url).pathname)
const { metafile, outputFiles } = await build({
  stdin: {
    contents: `
      import { createMockOAuth } from 'mock-oauth'
      import { oauthHandlers } from 'mock-oauth/msw'
      export const handlers = oauthHandlers(await createMockOAuth({ providers: ['mekari'] }))`,
    resolveDir: '.',
  },
  // As a user has it: by the package's exports, not by the paths of our own compiler.
  tsconfigRaw: {},
  external: ['msw'],
  platform: 'browser',
  target: 'es2022',
  format: 'esm',
  bundle: true,
  splitting: true,
  minify: true,
  write: false,
  outdir: 'size',
  metafile: true,
  logLevel: 'silent',
})
const gzips = outputFiles.map(({ contents }) => gzipSync(contents).length)
const gzipOf = new Map(Object.keys(metafile.outputs).map((path, i) => [path, gzips[i]]))

const importsOf = (path, wanted) =>
  metafile.outputs[path].imports.flatMap(({ path: to, kind, external }) => (kind === wanted && !external ? to : []))

/** A file with all that it imports at once. */
function whole(path, reached = new Set()) {
  if (reached.has(path)) return reached
  reached.add(path)
  for (const to of importsOf(path, 'import-statement')) whole(to, reached)
  return reached
}

/** What a piece is: the package that it is of, or the last file of ours in it. */
function nameOf(path) {
  const { entryPoint } = metafile.outputs[path]
  const [, packaged] = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(entryPoint) ?? []
  return (
    packaged ??
    readFileSync(entryPoint, 'utf8')
      .match(/^\/\/ src\/.+$/gm)
      ?.at(-1)
      ?.slice(3) ??
    entryPoint
  )
}

function say(name, paths) {
  const sum = (sizeOf) => [...paths].reduce((total, path) => total + sizeOf(path), 0)
  const gzip = sum((path) => gzipOf.get(path))
  const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(9)
  console.log(`${name.padEnd(34)}${kilobytes(sum((path) => metafile.outputs[path].bytes))}${kilobytes(gzip)} by gzip`)
  return gzip
}

const [entry] = Object.keys(metafile.outputs).filter((path) => metafile.outputs[path].entryPoint === '<stdin>')
const atOnce = whole(entry)
const gzip = say('at once', atOnce)
const pieces = Object.keys(metafile.outputs).flatMap((path) => importsOf(path, 'dynamic-import'))
for (const name of new Set(pieces.map(nameOf))) {
  const more = pieces.filter((path) => nameOf(path) === name).flatMap((path) => [...whole(path)])
  say(`  ${name}`, new Set(more.filter((path) => !atOnce.has(path))))
}
if (gzip > budget) {
  console.error(`What is loaded at once exceeds its budget of ${budget / 1000} kB.`)
  process.exitCode = 1
}
