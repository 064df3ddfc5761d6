import { defineConfig } from 'vitest/config'

const src = (file: string) => new URL(`../../../src/${file}`, import.meta.url).pathname

export default defineConfig({
  root: new URL('.', import.meta.url).pathname,
  resolve: {
    alias: {
      'mock-oauth/contract': src('contract.ts'),
      'mock-oauth/vitest': src('vitest.ts'),
      'mock-oauth': src('index.ts'),
    },
  },
  test: { include: ['*.spec.ts'], testTimeout: 20_000 },
})
