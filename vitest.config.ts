import { defineConfig } from 'vitest/config'

const src = (file: string) => new URL(`./src/${file}`, import.meta.url).pathname

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mock-oauth$/, replacement: src('index.ts') },
      {
        find: /^mock-oauth\/(config|define|fastify|fetch|msw|playwright|providers|vitest)$/,
        replacement: `${src('')}$1.ts`,
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    exclude: ['test/browser/**'],
    // Every core: by default one is left idle, which is half of a machine that has two.
    maxWorkers: '100%',
    // Processes are started and primes are looked for while others do the same.
    testTimeout: 20_000,
    // The command line is tested as built.
    globalSetup: ['test/setup/build.ts'],
  },
})
