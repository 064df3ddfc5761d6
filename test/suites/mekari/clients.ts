import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { tokenError } from './answers.ts'
import { openMekari, scope } from './client.ts'

const basic = (id: string, secret: string) => ({
  authorization: `Basic ${Buffer.from(`${encodeURIComponent(id)}:${encodeURIComponent(secret)}`).toString('base64')}`,
})
const askForBasic: [string, string][] = [['www-authenticate', 'Basic realm="oauth"']]

/** How clients say who they are, and what kinds of them there are. */
export const clientsSuite = (door: Door) =>
  describe('a client', () => {
    it('may authenticate by the Authorization header', async () => {
      const { code, token, clientId, clientSecret = '' } = await openMekari(door)
      const fields = { grant_type: 'authorization_code', code: await code(), scope }
      const wrong = tokenError(401, 'invalid_client', 'Wrong client secret', askForBasic)
      expect(await token(fields, basic(clientId, 'wrong'))).toEqual(wrong)
      expect(await token(fields, basic(clientId, ''))).toEqual(wrong)
      expect(await token(fields, basic('nobody', clientSecret))).toEqual(
        tokenError(401, 'invalid_client', 'Unknown client', askForBasic),
      )
      expect((await token(fields, basic(clientId, clientSecret))).status).toBe(200)
    })

    it('is known by the body first, by the header when the body lacks the pair', async () => {
      const program = await openMekari(door)
      const { clientId, clientSecret = '', exchange, token, code } = program
      const other = await program.with({})
      const right = basic(clientId, clientSecret)
      const body = { client_id: other.clientId, client_secret: 'wrong', grant_type: 'authorization_code', scope }
      expect(await token({ ...body, code: await code() }, right)).toEqual(
        tokenError(401, 'invalid_client', 'Wrong client secret'),
      )
      const half = { client_id: clientId, grant_type: 'authorization_code', code: await code(), scope }
      expect((await token(half, right)).status).toBe(200)
      expect((await exchange(await code())).status).toBe(200)
    })

    it.each(['', 'x', clip('id and secret'), clip(':secret'), '!!!', clip('%zz:secret'), clip('\xff\xfe:x')])(
      'is refused with unreadable Basic credentials: %j',
      async (credentials) => {
        const { token } = await openMekari(door)
        const fields = { grant_type: 'authorization_code', code: 'x', scope }
        expect(await token(fields, { authorization: `Basic ${credentials}` })).toEqual(
          tokenError(401, 'invalid_client', 'Unreadable Authorization header', askForBasic),
        )
      },
    )

    it('that waits for approval or is suspended gets no tokens', async () => {
      const program = await openMekari(door)
      const { mock, clientId } = program
      const inactive = tokenError(400, 'unauthorized_client', 'The client is not active')
      for (const status of ['pending', 'suspended'] as const) {
        await mock.clients.change(clientId, { status: 'active' })
        const [code, tokens] = [await program.code(), await program.connect()]
        await mock.clients.change(clientId, { status })
        expect(await program.exchange(code)).toEqual(inactive)
        expect(await program.refresh(tokens.refresh)).toEqual(inactive)
        await mock.clients.change(clientId, { status: 'active' })
        expect((await program.exchange(code)).status).toBe(200)
      }
    })

    it('is granted nothing anew that holds a scope taken from it', async () => {
      const program = await openMekari(door)
      const { mock, clientId } = program
      const [code, tokens] = [await program.code(), await program.connect()]
      const withdrawn = tokenError(400, 'invalid_scope', 'The client no longer has every scope of the authorization')
      await mock.clients.change(clientId, { scopes: ['esign'] })
      expect(await program.exchange(code)).toEqual(withdrawn)
      expect(await program.refresh(tokens.refresh)).toEqual(withdrawn)
      expect(mock.explain()).toMatchObject({ kind: 'scope_withdrawn', expected: 'esign', came: 'sso:profile' })
      await mock.clients.change(clientId, { scopes: scope.split(' ') })
      expect((await program.exchange(code)).status).toBe(200)
      expect((await program.refresh(tokens.refresh)).status).toBe(200)
    })

    it('has credentials in the form of the samples when they are made up', async () => {
      const { clientId, clientSecret } = await (await openMekari(door)).with({})
      expect(clientId).toMatch(/^[A-Za-z0-9]{16}$/)
      expect(clientSecret).toMatch(/^[A-Za-z0-9]{32}$/)
    })

    it('without a secret proves itself by a code verifier', async () => {
      const { code, exchange, refresh } = await (await openMekari(door)).with({ public: true })
      const value = await code(challenge)
      const no = (error_description: string) => tokenError(400, 'invalid_grant', error_description)
      expect(await exchange(value)).toEqual(no('The code verifier is missing'))
      const malformed = no('The code verifier is not 43 to 128 unreserved characters')
      for (const code_verifier of ['short', verifier.slice(1), 'x'.repeat(129), `${verifier} `, `${verifier}é`]) {
        expect(await exchange(value, { code_verifier })).toEqual(malformed)
      }
      const other = [`${verifier}x`, challenge.code_challenge, verifier.toLowerCase(), 'x'.repeat(128)]
      for (const code_verifier of other) {
        expect(await exchange(value, { code_verifier })).toEqual(
          no('The code verifier does not match the code challenge'),
        )
      }
      const answer = await exchange(value, { code_verifier: verifier })
      expect(answer.status).toBe(200)
      expect((await refresh(JSON.parse(answer.body).refresh_token)).status).toBe(200)
    })

    it('without a secret sends none', async () => {
      const { code, exchange } = await (await openMekari(door)).with({ public: true })
      const answer = await exchange(await code(challenge), { code_verifier: verifier, client_secret: 'x' })
      expect(answer).toEqual(tokenError(401, 'invalid_client', 'A public client has no secret'))
    })

    it('with a secret may use PKCE as well, and then must', async () => {
      const { code, exchange } = await openMekari(door)
      const value = await code(challenge)
      expect(await exchange(value)).toEqual(tokenError(400, 'invalid_grant', 'The code verifier is missing'))
      expect((await exchange(value, { code_verifier: verifier })).status).toBe(200)
    })

    it('sends no verifier for a code without a challenge', async () => {
      const { code, exchange } = await openMekari(door)
      expect(await exchange(await code(), { code_verifier: verifier })).toEqual(
        tokenError(400, 'invalid_grant', 'A code verifier came for a code without a code challenge'),
      )
    })

    it('that lost its registration is unknown, and so are its tokens', async () => {
      const program = await openMekari(door)
      const { access, refresh } = await program.connect()
      await program.mock.clients.remove(program.clientId, 'mekari')
      expect(await program.refresh(refresh)).toEqual(tokenError(401, 'invalid_client', 'Unknown client'))
      expect((await program.api(access)).status).toBe(401)
    })
  })

function clip(text: string): string {
  return Buffer.from(text, 'latin1').toString('base64')
}
