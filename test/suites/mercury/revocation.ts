import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { tokensOf } from '../answer.ts'
import { IC, IR, notFound, tokenError, usual } from './answers.ts'
import { basic, openMercury } from './client.ts'

const done: Answer = { status: 200, headers: [], body: '' }
const badRequest = tokenError(400, 'invalid_request', `${IR} ${usual}`)
const badClient = tokenError(401, 'invalid_client', IC)

/** Revocation, as the official command line does it. */
export const revocationSuite = (door: Door) =>
  describe('revocation', () => {
    it.each(['access', 'refresh'] as const)('of the %s token ends both', async (which) => {
      const { connect, revoke, refresh, api } = await openMercury(door)
      const tokens = await connect()
      expect(await revoke({ token: tokens[which] })).toEqual(done)
      expect(await api(tokens.access)).toEqual(notFound)
      expect((await refresh(tokens.refresh)).body).toContain('The refresh token is malformed or not valid.')
    })

    it('of a token that is unknown, dead or another client’s is answered the same, and ends nothing', async () => {
      const program = await openMercury(door)
      const { connect, revoke, api } = program
      const tokens = await connect()
      const other = await program.with({})
      expect(await other.revoke({ token: tokens.access })).toEqual(done)
      expect(await other.revoke({ token: tokens.refresh })).toEqual(done)
      expect(await revoke({ token: 'x', token_type_hint: 'refresh_token' })).toEqual(done)
      expect((await api(tokens.access)).status).toBe(200)
      expect([await revoke({ token: tokens.access }), await revoke({ token: tokens.access })]).toEqual([done, done])
    })

    it.each(['access', 'refresh'] as const)('of the %s token of before a refresh ends nothing', async (which) => {
      const { connect, revoke, refresh, api } = await openMercury(door)
      const old = await connect()
      const { access } = tokensOf(await refresh(old.refresh))
      expect(await revoke({ token: old[which] })).toEqual(done)
      expect((await api(access)).status).toBe(200)
    })

    it('takes the id alone from a client without a secret', async () => {
      const { code, exchange, revoke, api } = await (await openMercury(door)).with({ public: true })
      const { access } = tokensOf(await exchange(await code(challenge), { code_verifier: verifier }))
      expect(await revoke({ token: access })).toEqual(done)
      expect(await api(access)).toEqual(notFound)
    })

    it('never says what in particular was wrong', async () => {
      const { request, revoke, clientId, clientSecret } = await openMercury(door)
      const url = 'https://oauth2.mercury.com/oauth2/revoke'
      expect(await request(url, { method: 'POST', headers: basic(clientId, clientSecret) })).toEqual(badRequest)
      expect(await revoke({})).toEqual(badRequest)
      expect(await revoke({ token: 'x' }, {})).toEqual(badRequest)
      expect(await revoke({ token: 'x' }, basic('nobody', 'x'))).toEqual(badClient)
      expect(await revoke({ token: 'x' }, basic(clientId, 'x'))).toEqual(badClient)
      expect(await revoke({ token: 'x', client_id: clientId, client_secret: clientSecret }, {})).toEqual(badClient)
    })
  })
