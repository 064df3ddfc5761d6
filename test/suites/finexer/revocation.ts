import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { codeNotFound, deadToken, refreshTokenNotFound, revoked } from './answers.ts'
import { openFinexer, revokeUrl, tokensOf } from './client.ts'

/** Revoking a token, by the program. */
export const revocationSuite = (door: Door) =>
  describe('a revocation', () => {
    it('takes the form of the page, answers 204 and ends both tokens', async () => {
      const { connect, request, api, refresh, clientId, clientSecret } = await openFinexer(door)
      const tokens = await connect()
      const renewed = tokensOf(await refresh(tokens.refresh))
      const body = `client_id=${clientId}&client_secret=${clientSecret}&refresh_token=${tokens.refresh}`
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      expect(await request(revokeUrl, { method: 'POST', headers, body })).toEqual(revoked)
      for (const access of [tokens.access, renewed.access]) expect(await api(access)).toEqual(deadToken)
      expect(await refresh(tokens.refresh)).toEqual(refreshTokenNotFound(tokens.refresh))
    })

    it('answers 400 and a JSON object where nothing is revoked', async () => {
      const { connect, revoke, api } = await openFinexer(door)
      const { access, refresh } = await connect()
      const answer = await revoke('made-up')
      expect(answer).toEqual(refreshTokenNotFound('made-up'))
      expect(Object.keys(JSON.parse(answer.body))).toEqual(['error', 'error_description'])
      for (const changes of [{ client_secret: 'wrong' }, { client_id: 'nobody' }, { refresh_token: undefined }]) {
        expect((await revoke(refresh, changes)).status).toBe(400)
      }
      expect(await revoke(access)).toEqual(refreshTokenNotFound(access))
      expect((await api(access)).status).toBe(200)
      await revoke(refresh)
      expect(await revoke(refresh)).toEqual(refreshTokenNotFound(refresh))
    })

    it('takes each parameter once', async () => {
      const { mock, connect, request, api, clientId, clientSecret } = await openFinexer(door)
      const { access, refresh } = await connect()
      const body = `client_id=${clientId}&client_secret=${clientSecret}&refresh_token=${refresh}`
      const headers = { 'content-type': 'application/x-www-form-urlencoded' }
      for (const name of ['client_id', 'client_secret', 'refresh_token']) {
        const answer = await request(revokeUrl, { method: 'POST', headers, body: `${body}&${name}=x` })
        expect([name, answer.status, JSON.parse(answer.body).error]).toEqual([name, 400, 'invalid_request'])
        const because = { kind: 'parameter_repeated', parameter: name, expected: 'sent once' }
        expect(mock.requests().at(-1)?.refusal).toEqual(because)
      }
      expect((await api(access)).status).toBe(200)
    })

    it('is explained where it is refused: which rule, what was expected and what came', async () => {
      const platform = await openFinexer(door, { assume: { 'finexer.rotation': 'single-use' } })
      const { mock, connect, revoke, refresh: renew } = platform
      const why = async (answer: Promise<unknown>) => {
        await answer
        return mock.requests().at(-1)?.refusal
      }
      const about = (came: string) => ({ parameter: 'refresh_token', came })
      expect(await why(revoke('', { refresh_token: undefined }))).toEqual({
        kind: 'parameter_missing',
        parameter: 'refresh_token',
        rule: 'revoke.by',
        expected: 'a token that was issued to this client',
      })
      expect(await why(revoke('x'))).toEqual({
        kind: 'refresh_token_unknown',
        ...about('x'),
        expected: 'a token that was issued',
      })
      const { refresh: own } = await connect()
      expect(await why((await platform.with({})).revoke(own))).toEqual({
        kind: 'refresh_token_of_another_client',
        ...about(own),
        expected: 'an own token',
      })
      await renew(own)
      expect(await why(revoke(own))).toEqual({
        kind: 'refresh_token_reused',
        ...about(own),
        expected: 'the newest refresh token',
      })
      const { refresh: gone } = await connect()
      await revoke(gone)
      expect(await why(revoke(gone))).toEqual({
        kind: 'refresh_token_revoked',
        ...about(gone),
        expected: 'an authorization that stands',
      })
    })

    it('is for the own tokens only', async () => {
      const platform = await openFinexer(door)
      const { access, refresh } = await platform.connect()
      expect(await (await platform.with({})).revoke(refresh)).toEqual(refreshTokenNotFound(refresh))
      expect((await platform.api(access)).status).toBe(200)
    })

    it('ends what the same person granted the app before and since, and nobody else’s', async () => {
      const { connect, revoke, api, code, exchange, mock, clientId } = await openFinexer(door)
      const [first, second, pending] = [await connect(), await connect(), await code()]
      const [, other] = await mock.users.list()
      const kept = await mock.mint({ client: clientId, user: other?.id ?? '' })
      expect((await api(first.access)).status).toBe(200)
      expect(await revoke(second.refresh)).toEqual(revoked)
      for (const { access } of [first, second]) expect(await api(access)).toEqual(deadToken)
      expect(await exchange(pending)).toEqual(codeNotFound(pending))
      expect((await api(kept.accessToken)).status).toBe(200)
    })

    it('may be followed by another login', async () => {
      const { connect, revoke, api } = await openFinexer(door)
      await revoke((await connect()).refresh)
      expect((await api((await connect()).access)).status).toBe(200)
    })
  })
