// Modules that a library opens at start and that serving over plain HTTP never uses: opened when first touched.
import { readFile } from 'node:fs/promises'

const unused = {
  'fastify/lib/server.js': ['node:https', 'node:http2'],
  'fastify/lib/plugin-utils.js': ['semver'],
  'find-my-way/index.js': ['safe-regex2'],
  'commander/lib/command.js': ['node:child_process'],
}

// A function declaration, so that it can stand behind the code that calls it and leave line numbers alone.
const lazy = `
function lazy(open) {
  return new Proxy(() => {}, {
    get: (_, name) => open()[name],
    apply: (_, self, given) => open().apply(self, given),
  })
}`

/** An esbuild plugin that turns each `const x = require('y')` of the list into a lazy one. */
export const lazyRequires = {
  name: 'lazy-requires',
  setup(build) {
    for (const [file, modules] of Object.entries(unused)) {
      build.onLoad({ filter: new RegExp(`node_modules/${file}$`) }, async ({ path }) => {
        let contents = await readFile(path, 'utf8')
        for (const name of modules) {
          const eager = new RegExp(`^const (\\w+) = (require\\('${name}'\\))`, 'm')
          if (!eager.test(contents)) throw new Error(`${file} no longer opens ${name} at its start`)
          contents = contents.replace(eager, 'const $1 = lazy(() => $2)')
        }
        return { contents: contents + lazy }
      })
    }
  },
}
