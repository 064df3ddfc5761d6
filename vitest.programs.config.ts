import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

export default defineConfig({
  ...base,
  test: {
    // What starts programs other than Node.
    include: ['test/programs/**/*.test.ts'],
    maxWorkers: '100%',
    testTimeout: 30_000,
    globalSetup: ['test/setup/build.ts'],
  },
})
