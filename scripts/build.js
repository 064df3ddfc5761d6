// Builds dist/: the doors as ES modules beside their types, and the command line as one bundle that starts fast.
import { execFileSync } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { build } from 'esbuild'

const require = createRequire(import.meta.url)
const { dependencies } = require('../package.json')

rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })

const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  logLevel: 'warning',
}

await build({
  ...common,
  entryPoints: ['src/index.ts', 'src/define.ts', 'src/providers.ts'],
  outdir: 'dist',
  external: Object.keys(dependencies),
})

// Reading Fastify's and commander's files one by one costs more than running them. Faker is loaded when first needed.
await build({
  ...common,
  entryPoints: ['src/cli/main.ts', 'src/cli/node-version.ts'],
  outdir: 'dist/cli',
  external: ['@faker-js/faker'],
  minify: true,
  keepNames: true,
  legalComments: 'linked',
  banner: {
    js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
  },
})
