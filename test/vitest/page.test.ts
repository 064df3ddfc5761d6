import { readFileSync } from 'node:fs'
import { oauthMatchers } from 'mock-oauth/matchers'
import { describe, expect, it } from 'vitest'

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

describe('the page about Vitest', () => {
  it('lists each matcher', () => {
    const listed = [...read('docs/vitest.md').matchAll(/^\| `(to\w+)\(/gm)].map(([, name]) => name)
    expect(listed).toEqual(Object.keys(oauthMatchers))
  })
})
