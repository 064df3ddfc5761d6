import { defineConfig } from 'vitest/config'
import base from './vitest.config.ts'

export default defineConfig({
  ...base,
  // What starts programs other than Node.
  test: { ...base.test, include: ['test/programs/**/*.test.ts'], exclude: [] },
})
