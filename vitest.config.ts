import { defineConfig } from 'vitest/config'

const src = (file: string) => new URL(`./src/${file}`, import.meta.url).pathname

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mock-oauth$/, replacement: src('index.ts') },
      { find: /^mock-oauth\/(config|define|providers)$/, replacement: `${src('')}$1.ts` },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/browser/**'],
    // The command line is tested as built.
    globalSetup: ['test/setup/build.ts'],
  },
})
