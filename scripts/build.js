// Builds dist/: the doors as ES modules beside their types, and the command line as one bundle that starts fast.
import { execFileSync } from 'node:child_process'
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { build } from 'esbuild'
import { copyTypes } from './declarations.js'
import { lazyRequires } from './lazy-requires.js'
import { licensesOf } from './licenses.js'

const { dependencies, peerDependencies, exports } = JSON.parse(readFileSync('package.json', 'utf8'))
const doors = Object.values(exports)
  .flatMap((door) => [door.default, door.browser])
  .flatMap((file) => /^\.\/dist\/(.+)\.js$/.exec(file ?? '')?.[1] ?? [])

// Made aside and put in place when whole: a build that fails leaves the last one standing.
const made = `dist.${process.pid}`
const types = `${made}/types`
process.on('exit', () => rmSync(made, { recursive: true, force: true }))

const tsc = ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json', '--outDir', types]
execFileSync(process.execPath, tsc, { stdio: 'inherit' })
copyTypes(doors, `${types}/src`, made)
rmSync(types, { recursive: true })

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  splitting: true,
  chunkNames: 'chunks/[hash]',
  legalComments: 'none',
  logLevel: 'warning',
  metafile: true,
}

const library = await build({
  ...common,
  entryPoints: doors.map((door) => `src/${door}.ts`),
  outdir: made,
  external: Object.keys({ ...dependencies, ...peerDependencies }),
})

// Reading the files of Fastify and commander one by one costs more than running them.
const commandLine = await build({
  ...common,
  entryPoints: ['src/cli/main.ts', 'src/cli/node-version.ts'],
  outdir: `${made}/cli`,
  minify: true,
  plugins: [lazyRequires],
  external: [
    // Loaded when first needed.
    '@faker-js/faker',
    'ajv',
    'jiti',
    // Asked for with a sentence where it is not installed.
    'lmdb',
    // Never opened: the server neither logs through Fastify, nor injects requests, nor has Fastify compile schemas.
    'pino',
    'light-my-request',
    '@fastify/ajv-compiler',
    '@fastify/fast-json-stringify-compiler',
  ],
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})

// Loaded into Node programs of others, before they begin: one small file that opens nothing more, also for an older Node than ours.
const preload = await build({
  ...common,
  entryPoints: ['src/intercept/preload.ts'],
  outfile: `${made}/preload.cjs`,
  format: 'cjs',
  splitting: false,
  target: 'node18',
  minify: true,
})

const { configSchema } = await import(`../${made}/config.js`)
const { protocolSchema, reportSchema } = await import(`../${made}/contract.js`)
const schemas = { config: configSchema, 'contract-driver': protocolSchema, 'contract-report': reportSchema }
for (const [name, schema] of Object.entries(schemas)) {
  writeFileSync(`${made}/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`)
}

writeFileSync(
  `${made}/THIRD-PARTY-LICENSES.txt`,
  licensesOf([library.metafile, commandLine.metafile, preload.metafile]),
)

rmSync('dist', { recursive: true, force: true })
renameSync(made, 'dist')
