import { exportSPKI, SignJWT } from 'jose'
import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { headerOf } from '../answer.ts'
import { noon } from '../open.ts'
import { badClient, badRequest, tokenError } from './answers.ts'
import { basic, type Fields, type Integration, issuer, openStandard } from './client.ts'
import { asserted, assertionType, now, type Signer, withKeys } from './keys.ts'

const itself = { grant_type: 'client_credentials', scope: 'api' }

/** Asks for a token of the client's own, with these credentials and no others. */
const asking = ({ token }: Integration, fields: Fields, headers: Record<string, string> = {}): Promise<Answer> =>
  token({ ...itself, ...fields }, headers)
const inBody = ({ clientId, clientSecret }: Integration): Fields => ({
  client_id: clientId,
  client_secret: clientSecret,
})
const raw = (pair: string) => ({ authorization: `Basic ${btoa(pair)}` })

const otherWay = 'The client authenticates in another way'
const wrongSecret = 'Wrong client secret'
const twoWays = badRequest('The client authenticates in more than one way')
const wrong = badClient('The client assertion does not prove who the client is')
const unread = badClient('The client assertion cannot be read')
const expired = badClient('The client assertion has expired')
const reused = badClient('The client assertion has already been used')

/** Each way to authenticate, and its wrong twins. */
export const authenticationSuite = (door: Door) => {
  describe('a client with a secret', () => {
    it('authenticates by the header or in the body', async () => {
      const program = await openStandard(door)
      const { clientId, clientSecret } = program
      expect((await asking(program, {}, basic(clientId, clientSecret))).status).toBe(200)
      expect((await asking(program, { client_id: clientId }, basic(clientId, clientSecret))).status).toBe(200)
      expect((await asking(program, inBody(program))).status).toBe(200)
    })

    it('form-encodes both halves of the header', async () => {
      const secret = 'p+a:s s%20/é'.replace('é', '~')
      const odd = await (await openStandard(door)).with({ id: 'an:odd/id+1', secret })
      expect((await asking(odd, {}, basic('an:odd/id+1', secret))).status).toBe(200)
      expect(
        (await asking(odd, {}, raw(`${encodeURIComponent('an:odd/id+1')}:${encodeURIComponent(secret)}`))).status,
      ).toBe(200)
      expect((await asking(odd, {}, raw(`an:odd/id+1:${secret}`))).status).toBe(401)
    })

    it('is not taken for itself with another secret, by either way', async () => {
      const program = await openStandard(door)
      const { clientId, clientSecret = '' } = program
      const other = await program.with({})
      for (const secret of ['wrong', other.clientSecret ?? '', clientSecret.slice(1), `${clientSecret} `, clientId]) {
        expect(await asking(program, {}, basic(clientId, secret))).toEqual(badClient(wrongSecret))
        expect(await asking(program, { client_id: clientId, client_secret: secret })).toEqual(badClient(wrongSecret))
      }
      expect(await asking(program, {}, basic(clientId, ''))).toEqual(badClient(wrongSecret))
    })

    it('is not taken for itself without one', async () => {
      const program = await openStandard(door)
      expect(await asking(program, { client_id: program.clientId })).toEqual(badClient(otherWay))
      expect(await asking(program, { client_id: program.clientId, client_secret: '' })).toEqual(badClient(otherWay))
      expect(await asking(program, {})).toEqual(badClient('The client did not authenticate'))
      expect(await asking(program, { client_secret: program.clientSecret })).toEqual(
        badClient('The client did not authenticate'),
      )
    })

    it('is not another one', async () => {
      const program = await openStandard(door)
      const { clientSecret = '' } = program
      expect(await asking(program, {}, basic('nobody', clientSecret))).toEqual(badClient('Unknown client'))
      expect(await asking(program, { client_id: 'nobody', client_secret: clientSecret })).toEqual(
        badClient('Unknown client'),
      )
    })

    it('sends a header that can be read', async () => {
      const program = await openStandard(door)
      for (const authorization of [
        'Basic !!!',
        'Basic',
        `Basic ${btoa('nocolon')}`,
        'Basic /w==',
        `Basic ${btoa('%zz:x')}`,
      ]) {
        expect(await asking(program, {}, { authorization })).toEqual(badClient('Unreadable Authorization header'))
      }
    })

    it('never sends its credentials in the URL', async () => {
      const program = await openStandard(door)
      const { request, clientId, clientSecret = '' } = program
      const query = new URLSearchParams({ client_id: clientId, client_secret: clientSecret })
      const answer = await request(`${issuer}/token?${query}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(itself).toString(),
      })
      expect(answer).toEqual(badClient('The client did not authenticate'))
    })
  })

  describe('a client without a secret', () => {
    it('says its id, and no secret', async () => {
      const open = await (await openStandard(door)).with({ public: true })
      const code = await open.code()
      expect((await open.exchange(code, {}, basic(open.clientId, ''))).status).toBe(401)
      expect(await open.exchange(code, { client_secret: 'x' })).toEqual(badClient(otherWay))
      expect(await open.exchange(code, {}, basic(open.clientId, 'x'))).toEqual(badClient(otherWay))
      expect((await open.exchange(code)).status).toBe(200)
    })
  })

  describe('a request that authenticates in two ways', () => {
    it('is refused, whether or not both are right', async () => {
      const program = await openStandard(door)
      const { clientId, clientSecret = '' } = program
      const own = basic(clientId, clientSecret)
      expect(await asking(program, inBody(program), own)).toEqual(twoWays)
      expect(await asking(program, { client_id: clientId, client_secret: 'wrong' }, own)).toEqual(twoWays)
      expect(await asking(program, { client_secret: clientSecret }, own)).toEqual(twoWays)
      expect(await asking(program, { client_id: 'another' }, own)).toEqual(twoWays)
      expect(await asking(program, inBody(program), { authorization: 'Basic !!!' })).toEqual(twoWays)
      const signer = await withKeys(program)
      const signed = async () => asserted(await signer.sign())
      expect(await asking(program, await signed(), own)).toEqual(twoWays)
      expect(await asking(signer.program, { ...(await signed()), client_secret: 'x' })).toEqual(twoWays)
    })
  })

  describe('a client with keys', () => {
    it.each(['RS256', 'PS256', 'ES256', 'EdDSA'])('authenticates by an assertion signed with %s', async (alg) => {
      const { program, sign } = await withKeys(await openStandard(door), alg)
      expect((await asking(program, asserted(await sign()))).status).toBe(200)
      expect((await asking(program, { ...asserted(await sign()), client_id: program.clientId })).status).toBe(200)
      for (const aud of [`${issuer}/token`, [issuer, 'https://other.example']]) {
        expect((await asking(program, asserted(await sign({ aud })))).status).toBe(200)
      }
    })

    it('exchanges and renews with one', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const fresh = async () => asserted(await sign())
      const answer = await program.exchange(await program.code(), await fresh())
      const { refresh_token } = JSON.parse(answer.body)
      expect((await program.refresh(refresh_token, await fresh())).status).toBe(200)
    })

    it('has no other way', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const { clientId } = program
      expect(await asking(program, { client_id: clientId })).toEqual(badClient(otherWay))
      expect(await asking(program, { client_id: clientId, client_secret: 'x' })).toEqual(badClient(otherWay))
      expect(await asking(program, {}, basic(clientId, 'x'))).toEqual(badClient(otherWay))
      const saml = { client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:saml2-bearer' }
      for (const type of [saml, { client_assertion_type: undefined }]) {
        expect(await asking(program, { client_id: clientId, ...asserted(await sign()), ...type })).toEqual(
          badClient(otherWay),
        )
      }
      expect(await asking(program, { client_id: clientId, client_assertion_type: assertionType })).toEqual(
        badClient(otherWay),
      )
    })

    it('is the only one that has this way', async () => {
      const program = await openStandard(door)
      const { sign } = await withKeys(program)
      const { clientId } = program
      const open = await program.with({ public: true })
      for (const id of [clientId, open.clientId]) {
        expect(await asking(program, asserted(await sign({ iss: id, sub: id })))).toEqual(badClient(otherWay))
      }
      expect(await asking(program, asserted(await sign({ iss: 'nobody', sub: 'nobody' })))).toEqual(
        badClient('Unknown client'),
      )
    })

    const twins: readonly [string, Answer, (signer: Signer) => Promise<string>][] = [
      ['signed with another key', wrong, async ({ sign, program }) => sign({}, {}, (await withKeys(program)).key)],
      ['with the kid of no key', wrong, ({ sign }) => sign({}, { kid: 'another' })],
      [
        'about another client',
        wrong,
        async ({ program, sign }) => sign({ sub: (await withKeys(program)).program.clientId }),
      ],
      ['by another issuer', wrong, ({ sign }) => sign({ iss: 'https://client.example' })],
      ['for another audience', wrong, ({ sign }) => sign({ aud: 'https://other.example' })],
      ['for a part of the audience', wrong, ({ sign }) => sign({ aud: `${issuer}/` })],
      ['for no audience', wrong, ({ sign }) => sign({ aud: undefined })],
      ['without exp', wrong, ({ sign }) => sign({ exp: undefined })],
      ['without jti', wrong, ({ sign }) => sign({ jti: undefined })],
      ['without iss', wrong, ({ sign }) => sign({ iss: undefined })],
      ['with an end that is far', wrong, ({ sign }) => sign({ exp: now + 3_601 })],
      [
        'with an end that is far and a beginning that is too',
        wrong,
        ({ sign }) => sign({ exp: now + 9e8, iat: now + 9e8 }),
      ],
      ['that has expired', expired, ({ sign }) => sign({ exp: 1_000_000_000 })],
      ['that is not yet to be used', expired, ({ sign }) => sign({ nbf: now + 30 })],
      ['with an empty jti', unread, ({ sign }) => sign({ jti: '' })],
      ['with a jti that fills memory', unread, ({ sign }) => sign({ jti: 'x'.repeat(1_025) })],
      [
        'by algorithm none',
        unread,
        async ({ sign }) => {
          const [, claims] = (await sign()).split('.')
          return `${Buffer.from('{"alg":"none"}').toString('base64url')}.${claims}.`
        },
      ],
      [
        'by HS256, the public key being the secret',
        unread,
        async ({ program, publicKey }) => {
          const pem = new TextEncoder().encode(await exportSPKI(publicKey))
          const { clientId } = program
          return new SignJWT({ iss: clientId, sub: clientId, aud: issuer, exp: now + 60, jti: 'hs' })
            .setProtectedHeader({ alg: 'HS256', kid: 'key of ES256' })
            .sign(pem)
        },
      ],
      [
        'with its claims changed',
        wrong,
        async ({ sign }) => {
          const [[header, , signature], [, claims]] = [(await sign()).split('.'), (await sign()).split('.')]
          return [header, claims, signature].join('.')
        },
      ],
    ]

    it.each(twins)('is not believed an assertion %s', async (_, answer, make) => {
      const signer = await withKeys(await openStandard(door))
      const { program } = signer
      expect(await asking(program, { client_id: program.clientId, ...asserted(await make(signer)) })).toEqual(answer)
    })

    it('is not believed text that is no JWT', async () => {
      const { program } = await withKeys(await openStandard(door))
      for (const text of ['x', 'a.b.c', '..', 'null', '{}']) {
        expect(await asking(program, { client_id: program.clientId, ...asserted(text) })).toEqual(unread)
      }
      expect(await asking(program, asserted('x'))).toEqual(unread)
    })

    it('names itself by its assertion: another client_id beside it is refused', async () => {
      const program = await openStandard(door)
      const [one, other] = [await withKeys(program), await withKeys(program)]
      const beside = { client_id: other.program.clientId, ...asserted(await one.sign()) }
      expect(await asking(one.program, beside)).toEqual(wrong)
    })

    it('signs anew for each request, wherever it goes', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const once = asserted(await sign({ jti: 'once' }))
      expect((await asking(program, once)).status).toBe(200)
      expect(await asking(program, once)).toEqual(reused)
      expect(await asking(program, asserted(await sign({ jti: 'once', exp: now + 90 })))).toEqual(reused)
      expect(await program.post('/introspect', { token: 'x', ...once })).toEqual(reused)
      const raced = asserted(await sign())
      const answers = await Promise.all([1, 2, 3].map(() => asking(program, raced)))
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401, 401])
    })

    it('brings none to life again by a clock that goes forth and back', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const once = asserted(await sign({ exp: now + 60 }))
      expect((await asking(program, once)).status).toBe(200)
      await program.wait('2h')
      expect(await asking(program, once)).toEqual(expired)
      await program.mock.clock.move({ set: noon })
      expect(await asking(program, once)).toEqual(reused)
    })

    it('may date its assertion by the clock on the wall', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const wall = Math.floor(Date.now() / 1000)
      expect((await asking(program, asserted(await sign({ exp: wall + 60 })))).status).toBe(200)
      expect((await asking(program, asserted(await sign({ exp: wall + 60, iat: wall })))).status).toBe(200)
    })

    it('hears from explain what is wrong with its assertion', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const explained = async (changes: Record<string, unknown>) => {
        await asking(program, asserted(await sign(changes)))
        const { expected, came } = program.mock.explain()
        return [expected, came]
      }
      expect(await explained({ exp: now + 7_200 })).toEqual(['an end within an hour', 'an end in 7200 seconds'])
      const audience = `aud ${issuer} or ${issuer}/token`
      expect(await explained({ aud: 'https://other.example' })).toEqual([audience, 'unexpected "aud" claim value'])
    })

    it('is not seen in the journal', async () => {
      const { program, sign } = await withKeys(await openStandard(door))
      const assertion = await sign()
      await asking(program, asserted(assertion))
      const { url } = await program.mock.listen({ port: 0 })
      expect(await (await fetch(`${url}/_mock/requests`)).text()).not.toContain(assertion)
    })
  })

  describe('a client that is suspended', () => {
    it('is told so, and gets nothing', async () => {
      const program = await (await openStandard(door)).with({ status: 'suspended' })
      expect(await program.token(itself)).toEqual(tokenError(400, 'unauthorized_client', 'The client is not active'))
    })

    it('hears of the scheme for headers, wherever its credentials stood', async () => {
      const program = await openStandard(door)
      const challenged = async (fields: Fields, headers = {}) =>
        headerOf(await asking(program, fields, headers), 'www-authenticate')
      expect(await challenged({}, basic(program.clientId, 'x'))).toBe('Basic realm="oauth"')
      expect(await challenged({ client_id: program.clientId, client_secret: 'x' })).toBe('Basic realm="oauth"')
    })
  })
}
