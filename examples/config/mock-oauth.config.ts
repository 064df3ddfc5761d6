import { defineConfig } from 'mock-oauth/config'

export default defineConfig({
  providers: ['mekari'],
  seed: process.env.CI ? 'ci' : 'demo',
  assume: { 'mekari.errors': 'kong' },
})
