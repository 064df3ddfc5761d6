import { describe, it } from 'vitest'
import { examples, expectMekari } from './unchanged.ts'

describe('a program that nobody changed', () => {
  it.each([
    ['Node by fetch', 'fetch.js'],
    ['Node by node:https, with an agent of its own', 'https.js'],
    ['Node by axios', 'axios.js'],
    ["Node by undici's own client", 'undici.js'],
  ])('is played Mekari at its real hosts: %s', (_, file) => expectMekari([process.execPath, `${examples}/${file}`]))
})
