import { describe, expect, it } from 'vitest'
import { codeOf, compile, projectWith } from '../guide/guide.ts'

const right = codeOf('ts acme.ts')

interface Wrong {
  /** What stands there in place of what. */
  readonly of: string
  readonly is: string
  /** What stands at the line that the compiler points at; by default the change itself. */
  readonly at?: string
  /** Words of what the compiler says. */
  readonly says: string
}

const wrong: Readonly<Record<string, Wrong>> = {
  'a key that the vocabulary lacks': {
    of: '    body: [',
    is: '    readQuery: false, body: [',
    says: 'NotInTheVocabulary<"readQuery">',
  },
  'a section that the vocabulary lacks': {
    of: '  crossOrigin: ',
    is: "  crossOrigins: 'refused', crossOrigin: ",
    says: 'NotInTheVocabulary<"crossOrigins">',
  },
  'a misspelt key of a value that is assumed': {
    of: "      failure: 'W",
    is: "      failures: 1, failure: 'W",
    at: '  signIn: assumed(',
    says: 'NotInTheVocabulary<"failures">',
  },
  'a misspelt key of an alternative': {
    of: 'otherwise: { plain: rfc6749Errors }',
    is: 'otherwise: { plain: { ...rfc6749Errors, lastWin: [] } }',
    at: '    errors: assumed(acmeErrors, {',
    says: 'NotInTheVocabulary<"lastWin">',
  },
  'a misspelt key of a resource': {
    of: "        scope: 'accounts:read'",
    is: "        scope: 'accounts:read', scopes: 1",
    says: 'NotInTheVocabulary<"scopes">',
  },
  'a key that lacks': {
    of: "    readsQuery: standard(false, 'RFC 6749 §2.3.1'),\n",
    is: '',
    at: '  token: {',
    says: "Property 'readsQuery' is missing",
  },
  'a length of time as text': {
    of: 'lifetime: minutes(30)',
    is: "lifetime: '30m'",
    says: "Type 'string' is not assignable to type 'Graded<number>'",
  },
  'an endpoint without a method': {
    of: "at: 'POST https",
    is: "at: 'https",
    says: `oauth/token"' is not assignable to type 'Graded<`,
  },
  'a word that is none': { of: "body: ['form']", is: "body: ['frm']", says: `Did you mean '"form"'?` },
  'an alternative that is none': {
    of: "'familyRevoked'",
    is: "'revoked'",
    at: "replay: assumed('refused', {",
    says: `Type '"revoked"' is not assignable to type '"familyRevoked" | "refused"'`,
  },
  'a format as text': {
    of: "id: joined('app_', alphanumeric(16))",
    is: "id: 'app_123'",
    says: "Type 'string' is not assignable to type 'Graded<Format>'",
  },
  'a format in an answer': { of: "currency: 'EUR'", is: 'currency: alphanumeric(3)', says: "to type 'Part'" },
  'a name without alternatives': {
    of: '      otherwise: { plain: rfc6749Errors },\n',
    is: '',
    at: 'errors: assumed(acmeErrors, {',
    says: "Property 'otherwise' is missing",
  },
  'an assumption without a reason': {
    of: "assumed('whole', { because: 'the page is silent' })",
    is: "assumed('whole', 'the page is silent')",
    says: "Argument of type 'string' is not assignable to parameter of type '{ because: string; }",
  },
  'a kind of refusal that is none': {
    of: "  words: 'the keys code",
    is: "  rows: { ...rfc6749Errors.rows, code_usd: { status: 400, error: 'used' } }, words: 'the keys code",
    says: "Did you mean to write 'code_used'?",
  },
}

const files = Object.fromEntries(
  Object.entries(wrong).map(([name, { of, is }]) => [`${name.replaceAll(' ', '-')}.ts`, right.replace(of, is)]),
)

describe('a definition in front of the compiler', async () => {
  const complaints = await compile(projectWith({ 'right.ts': right, ...files }))
  const about = (name: string) => complaints.filter(({ file }) => file === `${name.replaceAll(' ', '-')}.ts`)

  it('compiles when it is right', () => {
    expect(about('right')).toEqual([])
  })

  it.each(Object.entries(wrong))('does not compile with %s', (name, { of, is, at = is, says }) => {
    expect(right.split(of)).toHaveLength(2)
    const [complaint, ...more] = about(name)
    expect(complaint?.says).toContain(says)
    expect(right.replace(of, is).split('\n')[(complaint?.line ?? 0) - 1]).toContain(at)
    expect(more).toEqual([])
  })
})
