import { defineConfig } from 'vitest/config'

const src = (file: string) => new URL(`./src/${file}`, import.meta.url).pathname

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mock-oauth$/, replacement: src('index.ts') },
      {
        find: /^mock-oauth\/(config|consent|define|fastify|fetch|matchers|msw|playwright|providers|vitest)$/,
        replacement: `${src('')}$1.ts`,
      },
    ],
  },
  test: {
    include: ['test/**/*.test.ts', 'examples/**/*.test.ts'],
    // Suites of their own: what needs more than Node.
    exclude: ['test/browser/**', 'test/programs/**'],
    // Every core: by default one is left idle, which is half of a machine that has two.
    maxWorkers: '100%',
    // Processes are started and primes are looked for while others do the same.
    testTimeout: 20_000,
    // What comes is waited for as long as a test may last: how soon it comes is the machine's.
    expect: { poll: { timeout: 15_000 } },
    // The command line is tested as built.
    globalSetup: ['test/setup/build.ts'],
  },
})
