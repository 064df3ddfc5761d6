import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Where the careful clients of this package are, by language: they are templates, and what mutants are made from. */
export const clientsFolder = (language: 'typescript' | 'python' | 'go'): string =>
  join(dirname(createRequire(import.meta.url).resolve('mock-oauth/package.json')), 'contracts', 'clients', language)
