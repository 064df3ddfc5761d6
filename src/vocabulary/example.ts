import type { Granted } from './answer.ts'
import type { Chance } from './chance.ts'

/** The first character each time: enough to see what a function makes. */
export const someChance: Chance = {
  below: () => 0,
  string: (alphabet, length) => alphabet.slice(0, 1).repeat(length),
  fork: () => someChance,
}

/** What was granted, where any will do: a definition's answers are tried with it. */
export const exampleGrant = {
  now: 0,
  clientId: 'client',
  scope: 'read write',
  user: { id: '1', name: 'Ada Lovelace', email: 'ada@example.com', company: 'Example Ltd' },
  code: 'the-code',
  state: 'state',
  accessToken: { value: 'the-access-token', expiresAt: 3_600_000 },
  refreshToken: { value: 'refresh-token' },
  idToken: 'id-token',
  issuer: 'https://issuer.example',
  idTokenFacts: {
    expiresAt: 3_600_000,
    signedInAt: 0,
    askedAt: 0,
    nonce: 'nonce',
    accessTokenHash: 'hash',
    fresh: someChance,
  },
  ownerId: '2',
  test: false,
  own: () => someChance,
  ofUser: () => someChance,
  event: { id: '3', at: 0 },
} as const satisfies Granted
