import { describe, expect, it } from 'vitest'
import { acmeOf, codeOf, compile, projectWith } from '../guide/guide.ts'
import { saidOf } from './said.ts'

const right = codeOf('ts acme.ts')

interface Wrong {
  /** What stands there in place of what. */
  readonly of: string
  readonly is: string
  /** What is said of it after the provider's name: path, what was given, what is expected. */
  readonly says: string
}

const wrong: Readonly<Record<string, Wrong>> = {
  'a life that never begins': {
    of: 'lifetime: minutes(30)',
    is: 'lifetime: minutes(0)',
    says: 'token.accessToken.lifetime is 0. Expected a length of time above zero, such as hours(1).',
  },
  'an endpoint without a path': {
    of: "at: 'POST https://api.acme.example/oauth/token'",
    is: "at: 'POST https://api.acme.example'",
    says: 'token.at is "POST https://api.acme.example". Expected a method and an https URL with a path: "POST https://api.acme.example/".',
  },
  'a misspelt scope': {
    of: "defaultScopes: ['accounts:read'",
    is: "defaultScopes: ['acounts:read'",
    says: 'client.defaultScopes.0 is "acounts:read". Did you mean "accounts:read"?',
  },
  'a resource of a scope that it does not have': {
    of: "        scope: 'accounts:read',",
    is: "        scope: 'refunds',",
    says: 'api.resources.0.scope is "refunds". Expected one of its scopes: accounts:read, payments:write.',
  },
  'a format that repeats itself': {
    of: "value: joined('at_', alphanumeric(40))",
    is: "value: { words: 'a token', make: () => 'abc' }",
    says: 'token.accessToken.value makes the same value twice. Expected a format with room, such as alphanumeric(32).',
  },
  'a format that throws': {
    of: 'value: assumed(alphanumeric(24)',
    is: "value: assumed({ words: 'a code', make: (): string => { throw new Error('boom') } }",
    says: 'authorize.code.value has a make() that throws Error: boom. Expected a text that is not empty.',
  },
  'an error body that throws': {
    of: '  body: ({ error, description }) => ({',
    is: "  body: ({ error, description }) => error === 'invalid_grant' ? ([] as string[][])[0]!.map(String) : ({",
    says: "token.errors.body is a function that throws TypeError: Cannot read properties of undefined (reading 'map') for code_unknown. Expected what JSON can hold.",
  },
  'a name that no command line can write': {
    of: "as: 'code-replay'",
    is: "as: 'code replay'",
    says: `authorize.code.replay has alternatives whose "as" is "code replay". Expected a name of letters, digits and hyphens: as: 'errors'.`,
  },
  'an alternative that no command line can write': {
    of: "otherwise: { 'family-revoked'",
    is: "otherwise: { 'family revoked'",
    says: 'authorize.code.replay has an alternative named "family revoked". Expected letters, digits and hyphens.',
  },
  'an observation from nowhere': {
    of: `"Acme's sample app leaves it out"`,
    is: "' '",
    says: `authorize.parameters.state is observed, and its source is " ". Expected observed(value, 'where it was seen').`,
  },
  'an assumption without a reason': {
    of: "because: 'the page shows none'",
    is: "because: ''",
    says: `authorize.code.value is assumed, and its source is "". Expected assumed(value, { because: 'why' }).`,
  },
  'a status of no HTTP': {
    of: 'status: 404',
    is: 'status: 4040',
    says: 'api.unknown.status is 4040. Expected an HTTP status, such as 400.',
  },
}

const files = Object.fromEntries(
  Object.entries(wrong).map(([name, { of, is }]) => [`${name.replaceAll(' ', '-')}.ts`, right.replace(of, is)]),
)

describe('a definition that the compiler cannot see through', () => {
  it('compiles with each of these mistakes', async () => {
    expect(await compile(projectWith(files))).toEqual([])
  })

  it.each(Object.entries(wrong))('is refused when it is loaded with %s', async (_, { of, is, says }) => {
    expect(right.split(of)).toHaveLength(2)
    expect(await saidOf(await acmeOf(right.replace(of, is)))).toBe(`acme: ${says}`)
  })
})
