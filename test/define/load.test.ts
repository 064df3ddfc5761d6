import * as define from 'mock-oauth/define'
import { assumed, rfc6749Errors } from 'mock-oauth/define'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { checkDefinition } from '../../src/vocabulary/schema/check.ts'
import { acmeOf } from '../guide/guide.ts'
import { saidOf } from './said.ts'

const acme = await acmeOf()

type Tree = Readonly<Record<string, unknown>>

/** Acme with other values at these paths; undefined leaves a key out. */
function acmeWith(changes: Tree): unknown {
  const put = (tree: Tree, [key = '', ...rest]: readonly string[], value: unknown): Tree => {
    const { [key]: inner, ...others } = tree
    if (rest.length > 0) return { ...tree, [key]: put(inner as Tree, rest, value) }
    return value === undefined ? others : { ...tree, [key]: value }
  }
  return Object.entries(changes).reduce<Tree>((tree, [path, value]) => put(tree, path.split('.'), value), { ...acme })
}

const boom = () => {
  throw new Error('boom')
}
const merchantOf = () => 'mer_1'
const answer = 'token.exchange.answer'

/** What stands at these paths, and what is said of it after the provider's name. */
const wrong: Readonly<Record<string, [changes: Tree, says: string]>> = {
  'a misspelt key': [
    { 'token.readsQuery': undefined, 'token.readQuery': false },
    'token.readQuery is not in the vocabulary. Did you mean "readsQuery"?',
  ],
  'a key that is like none': [
    { 'api.retries': 3 },
    'api.retries is not in the vocabulary. Expected resources, tokenAsUser, errors, errorRows, unknown.',
  ],
  'a key that lacks': [{ 'token.readsQuery': undefined }, 'token.readsQuery is missing. Expected true or false.'],
  'a section that lacks': [
    { signIn: undefined },
    'signIn is missing. Expected an object with at, carries, fields, failure.',
  ],
  'a length of time as text': [
    { 'token.accessToken.lifetime': '1h' },
    'token.accessToken.lifetime is "1h". Expected a length of time in milliseconds: hours(1).',
  ],
  'a length of time in words': [
    { 'refresh.token.lifetime': 'ninety days' },
    'refresh.token.lifetime is "ninety days". Expected a length of time in milliseconds: hours(1).',
  ],
  'a life that never begins': [
    { 'token.accessToken.lifetime': 0 },
    'token.accessToken.lifetime is 0. Expected a length of time above zero, such as hours(1).',
  ],
  'an endpoint without a method': [
    { 'token.at': 'https://api.acme.example/oauth/token' },
    'token.at is "https://api.acme.example/oauth/token". Expected a method and an https URL with a path: "POST https://api.acme.example/oauth/token".',
  ],
  'an endpoint by http': [
    { 'authorize.at': 'GET http://connect.acme.example/authorize' },
    'authorize.at is "GET http://connect.acme.example/authorize". Expected a method and an https URL with a path: "GET https://connect.acme.example/authorize".',
  ],
  'an endpoint without a path': [
    { 'token.at': 'POST https://API.acme.example' },
    'token.at is "POST https://API.acme.example". Expected a method and an https URL with a path: "POST https://api.acme.example/".',
  ],
  'a scope that is not among its scopes': [
    { 'client.defaultScopes': ['acounts:read'] },
    'client.defaultScopes.0 is "acounts:read". Did you mean "accounts:read"?',
  ],
  'a resource whose scope is not among its scopes': [
    { 'api.resources': [{ ...acme.api.resources[0], scope: 'refunds' }] },
    'api.resources.0.scope is "refunds". Expected one of its scopes: accounts:read, payments:write.',
  ],
  'a header that is a number': [
    { 'token.headers': { age: 3 } },
    'token.headers.age is 3. Expected a text, or a format.',
  ],
  'a format as text': [
    { 'client.id': 'app_123' },
    'client.id is "app_123". Expected a format: alphanumeric(32), or an object with words and make.',
  ],
  'a format that was not called': [
    { 'client.id': define.alphanumeric },
    'client.id is the function alphanumeric. Expected a format: alphanumeric(32), or an object with words and make.',
  ],
  'a format that makes no text': [
    { 'client.id': { words: 'a number', make: () => 7 } },
    'client.id has a make() that returns 7. Expected a text that is not empty.',
  ],
  'a format that throws': [
    { 'authorize.code.value': { words: 'a code', make: boom } },
    'authorize.code.value has a make() that throws Error: boom. Expected a text that is not empty.',
  ],
  'a format that repeats itself': [
    { 'token.accessToken.value': { words: 'a token', make: () => 'abc' } },
    'token.accessToken.value makes the same value twice. Expected a format with room, such as alphanumeric(32).',
  ],
  'a word that is near another': [
    { 'refresh.token.rotation': 'single-use' },
    'refresh.token.rotation is "single-use". Did you mean "singleUse"?',
  ],
  'a word that is none': [{ crossOrigin: true }, 'crossOrigin is true. Expected "refused" or "allowed".'],
  'a word in place of a list': [{ 'token.body': 'form' }, `token.body is "form". Expected a list: ['form', 'json'].`],
  'a parameter that is text': [
    { 'token.exchange.parameters.code': 'required' },
    `token.exchange.parameters.code is "required". Expected a parameter's rule: required, optional, ignored, exactly('…').`,
  ],
  'a check that does not exist': [
    { 'token.errors': { ...rfc6749Errors, order: ['code', 'clients'] } },
    'token.errors.order.1 is "clients". Did you mean "client"?',
  ],
  'an error table that lacks rows': [
    { 'token.errors': { ...rfc6749Errors, rows: { code_used: { status: 400, error: 'invalid_grant' } } } },
    `token.errors.rows lacks method_not_allowed, body_too_large and ${Object.keys(rfc6749Errors.rows).length - 3} more. Expected a row for each kind of refusal: begin with ...rfc6749Errors.rows.`,
  ],
  'a row for what is no refusal': [
    { 'token.errors': { ...rfc6749Errors, rows: { ...rfc6749Errors.rows, code_usd: { status: 400, error: 'used' } } } },
    'token.errors.rows.code_usd is not in the vocabulary. Did you mean "code_used"?',
  ],
  'the table of another endpoint': [
    { 'api.errors': { ...define.rfc6750Errors, rows: { ...rfc6749Errors.rows, ...define.rfc6750Errors.rows } } },
    `api.errors.rows has body_unreadable, media_type_unsupported and ${Object.keys(rfc6749Errors.rows).length - 4} more, which are not in the vocabulary here. Expected ${Object.keys(define.rfc6750Errors.rows).join(', ')}, server_error, temporarily_unavailable, rate_limited, refresh_raced.`,
  ],
  'a row whose sentence throws': [
    {
      'token.errors': {
        ...rfc6749Errors,
        rows: { ...rfc6749Errors.rows, code_used: { status: 400, error: 'used', description: boom } },
      },
    },
    'token.errors.rows.code_used.description is a function that throws Error: boom. Expected a text.',
  ],
  'a body that is no JSON': [
    { 'token.errors': { ...rfc6749Errors, body: async () => ({}) } },
    'token.errors.body is a function that returns a Promise for method_not_allowed. Expected what JSON can hold.',
  ],
  'a callback that is no object of texts': [
    { 'authorize.errors': { ...define.rfc6749AuthorizeErrors, callback: () => 'error' } },
    'authorize.errors.callback is a function that returns "error" for method_not_allowed. Expected an object of texts.',
  ],
  'a leaf that throws': [
    { [`${answer}.merchant`]: define.leaf('the merchant', boom) },
    `${answer}.merchant is a leaf that throws Error: boom. Expected what JSON can hold, or undefined to leave the key out.`,
  ],
  'a leaf that returns no JSON': [
    { [`${answer}.merchant`]: define.leaf('the merchant', (() => 1n) as never) },
    `${answer}.merchant is a leaf that returns 1. Expected what JSON can hold, or undefined to leave the key out.`,
  ],
  'a function in place of a leaf': [
    { [`${answer}.merchant`]: merchantOf },
    `${answer}.merchant is the function merchantOf. Expected a leaf: leaf('what stands there', (granted) => …).`,
  ],
  'a format in place of a leaf': [
    { [`${answer}.merchant`]: define.uuid },
    `${answer}.merchant is an object with words, make. Expected a leaf, not a format: usersValue('name', alphanumeric(32)).`,
  ],
  'an alternative that is wrong': [
    { 'token.errors': assumed(rfc6749Errors, { because: 'x', as: 'errors', otherwise: { plain: 'rfc6749' } }) },
    'token.errors (otherwise plain) is "rfc6749". Expected an error table: rfc6749Errors, or one that begins with ...rfc6749Errors.',
  ],
  'a wrong value within an alternative': [
    {
      'authorize.code': assumed(
        { value: define.uuid, lifetime: 1, replay: 'refused' },
        {
          because: 'x',
          as: 'code',
          otherwise: { long: { value: define.uuid, lifetime: '2h', replay: 'refused' } },
        },
      ),
    },
    'authorize.code.lifetime (otherwise long) is "2h". Expected a length of time in milliseconds: hours(2).',
  ],
  'a name without alternatives': [
    { 'token.errors': assumed(rfc6749Errors, { because: 'x', as: 'errors' } as never) },
    'token.errors has a name for its alternatives, "as", and "otherwise" is missing. Expected otherwise: { name: value }.',
  ],
  'alternatives without a name': [
    { crossOrigin: assumed('refused', { because: 'x', otherwise: { allowed: 'allowed' } } as never) },
    `crossOrigin has alternatives whose "as" is missing. Expected a name of letters, digits and hyphens: as: 'errors'.`,
  ],
  'an alternative that no command line can name': [
    { crossOrigin: assumed('refused', { because: 'x', as: 'cors', otherwise: { 'yes, please': 'allowed' } }) },
    'crossOrigin has an alternative named "yes, please". Expected letters, digits and hyphens.',
  ],
  'an assumption without a reason': [
    { crossOrigin: assumed('refused', 'I think so' as never) },
    `crossOrigin is assumed, and its source is missing. Expected assumed(value, { because: 'why' }).`,
  ],
  'an observation from nowhere': [
    { crossOrigin: define.observed('refused', ' ') },
    `crossOrigin is observed, and its source is " ". Expected observed(value, 'where it was seen').`,
  ],
  'a webhook that is signed by nothing': [
    { webhooks: { ...providers.finexer?.webhooks, signature: { words: 'mine', sign: () => ({}) } } },
    'webhooks.signature.sign is a function that throws TypeError: signed.header is not a function. Expected { text, header }, where header(hex) returns [name, value].',
  ],
  'an environment without an origin': [
    { environments: { sandbox: { origins: { 'https://api.acme.example': 'sandbox.acme.example' } } } },
    'environments.sandbox.origins.https://api.acme.example is "sandbox.acme.example". Expected an origin: "https://sandbox.example".',
  ],
  'no resource': [{ 'api.resources': [] }, 'api.resources is empty. Expected at least one resource.'],
  'evidence for a name': [
    { name: define.standard('Acme', 'RFC 6749') },
    'name carries evidence. Expected the text alone.',
  ],
  'an object that holds itself': [
    { 'api.unknown': { status: 404, body: circle() } },
    'api.unknown.body.self is an object that holds itself. Expected plain data.',
  ],
}

function circle(): object {
  const round: Record<string, unknown> = {}
  round.self = round
  return round
}

describe('a definition at load time', () => {
  it.each(Object.values(providers))('passes: $id', (definition) => {
    expect(() => checkDefinition(definition)).not.toThrow()
  })

  it.each(Object.entries(wrong))('is refused with %s', async (_, [changes, says]) => {
    expect(await saidOf(acmeWith(changes))).toBe(`acme: ${says}`)
  })

  it('is told all its mistakes at once, a line each', async () => {
    const changes = { 'token.readQuery': 1, 'token.body': ['frm'], 'client.secret': null, crossOrigin: undefined }
    expect((await saidOf(acmeWith(changes))).split('\n')).toEqual([
      'acme has 4 mistakes:',
      '  client.secret is null. Expected a format: alphanumeric(32), or an object with words and make.',
      '  token.body.0 is "frm". Did you mean "form"?',
      '  token.readQuery is not in the vocabulary. Did you mean "readsQuery"?',
      '  crossOrigin is missing. Expected "refused" or "allowed".',
    ])
  })

  it('is told what was given in few words, however long it is', async () => {
    const long = { 'client.id': 'x'.repeat(10_000), 'client.secret': Array.from({ length: 10_000 }, () => 'y') }
    for (const line of (await saidOf(acmeWith(long))).split('\n')) expect(line.length).toBeLessThan(200)
  })

  it.each([null, 42, [], () => acme])('must be an object: %s', async (value) => {
    expect(await saidOf(value)).toMatch(/^What is to be played is .+\. Expected a provider's name or a definition\.$/)
  })

  it('is refused when nothing is in it', async () => {
    expect(await saidOf({})).toMatch(/^A definition has 10 mistakes:\n {2}id is missing\./)
  })
})
