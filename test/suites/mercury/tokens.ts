import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { challenge, verifier } from '../../pkce.ts'
import { tokensOf } from '../answer.ts'
import { IC, notFound, tokenAnswer, tokenError } from './answers.ts'
import { basic, openMercury, scope } from './client.ts'

const answerOf = (body: string, granted = scope) => {
  const { access, refresh } = tokensOf({ status: 200, headers: [], body })
  return tokenAnswer({
    access_token: access,
    expires_in: 3599,
    ...(refresh && { refresh_token: refresh }),
    scope: granted,
    token_type: 'bearer',
  })
}

/** Obtain an access token. */
export const exchangeSuite = (door: Door) =>
  describe('the exchange of a code', () => {
    it('answers five members in alphabetical order', async () => {
      const { code, exchange } = await openMercury(door)
      const answer = await exchange(await code())
      expect(answer).toEqual(answerOf(answer.body))
      const { access, refresh } = tokensOf(answer)
      expect(access).toMatch(/^ory_at_[\w-]{43}\.[\w-]{43}$/)
      expect(refresh).toMatch(/^ory_rt_[\w-]{43}\.[\w-]{43}$/)
    })

    it('brings a refresh token only where offline_access was granted', async () => {
      const { code, exchange } = await openMercury(door)
      const answer = await exchange(await code({ scope: 'read' }))
      expect(answer).toEqual(answerOf(answer.body, 'read'))
      expect(answer.body).not.toContain('refresh_token')
    })

    it('takes the verifier of the challenge, from clients with and without a secret', async () => {
      const program = await openMercury(door)
      for (const client of [program, await program.with({ public: true })]) {
        const answer = await client.exchange(await client.code(challenge), { code_verifier: verifier })
        expect(answer).toEqual(answerOf(answer.body))
      }
    })

    it('without PKCE needs no verifier, if the client has a secret', async () => {
      const { code, exchange } = await openMercury(door)
      expect((await exchange(await code())).status).toBe(200)
    })

    it('needs no redirect URI where the authorization request sent none', async () => {
      const { code, exchange } = await openMercury(door)
      const value = await code({ redirect_uri: undefined })
      expect((await exchange(value, { redirect_uri: undefined })).status).toBe(200)
    })

    it('is not used up by a wrong redirect URI, nor by another client', async () => {
      const program = await openMercury(door)
      const value = await program.code()
      await program.exchange(value, { redirect_uri: 'http://localhost:3000/other' })
      await (await program.with({})).exchange(value)
      expect((await program.exchange(value)).status).toBe(200)
    })

    it('ends the connection when the code comes a second time', async () => {
      const { code, exchange, api } = await openMercury(door)
      const once = await code()
      const { access } = tokensOf(await exchange(once))
      expect((await api(access)).status).toBe(200)
      await exchange(once)
      expect(await api(access)).toEqual(notFound)
    })

    it('lives ten minutes', async () => {
      const { code, exchange, wait } = await openMercury(door)
      const value = await code()
      await wait('599s')
      expect((await exchange(value)).status).toBe(200)
    })

    it('judges grant type, client, the code, whose it is, the redirect URI, then the verifier', async () => {
      const program = await openMercury(door)
      const other = await program.with({})
      const used = await program.code(challenge)
      await program.exchange(used, { code_verifier: verifier })
      const live = await program.code(challenge)
      const wrong = { redirect_uri: 'https://x.example/', code_verifier: 'x' }
      const endOf = async (answer: Promise<Answer>): Promise<string> =>
        JSON.parse((await answer).body)
          .error_description.split('. ')
          .at(-1)
      expect(await endOf(program.exchange('x', { grant_type: 'x' }, basic('nobody')))).toMatch(
        /whitelisted the redirect_uri/,
      )
      expect((await program.exchange('x', wrong, basic('nobody'))).status).toBe(401)
      expect(await endOf(other.exchange(used, wrong))).toBe('The authorization code has already been used.')
      expect(await endOf(other.exchange(live, wrong))).toMatch(/^The OAuth 2.0 Client ID/)
      expect(await endOf(program.exchange(live, wrong))).toMatch(/^The 'redirect_uri' from this request/)
      expect(await endOf(program.exchange(live, { code_verifier: 'x' }))).toMatch(/^The PKCE code verifier must be/)
    })

    it('reads both halves of the Authorization header as form-encoded', async () => {
      const program = await openMercury(door)
      const { code, exchange } = await program.with({
        id: 'a:b+c',
        secret: 'p%:+~ ',
      })
      expect((await exchange(await code())).status).toBe(200)
    })

    it('of a client that waits for approval is refused like an unknown one', async () => {
      const program = await openMercury(door)
      const { exchange, clientId } = await program.with({ status: 'pending' })
      expect(await exchange('x')).toEqual(tokenError(401, 'invalid_client', IC))
      expect(await exchange('x', {}, basic(clientId, 'wrong'))).toEqual(tokenError(401, 'invalid_client', IC))
    })
  })

/** The same operation with grant_type refresh_token. */
export const refreshSuite = (door: Door) =>
  describe('the refresh of a token', () => {
    it('answers the same members with two new values', async () => {
      const { connect, refresh } = await openMercury(door)
      const first = await connect()
      const answer = await refresh(first.refresh)
      expect(answer).toEqual(answerOf(answer.body))
      const next = tokensOf(answer)
      expect(new Set([first.access, first.refresh, next.access, next.refresh]).size).toBe(4)
    })

    it('ends the access token before it', async () => {
      const { connect, refresh, api } = await openMercury(door)
      const first = await connect()
      const next = tokensOf(await refresh(first.refresh))
      expect(await api(first.access)).toEqual(notFound)
      expect((await api(next.access)).status).toBe(200)
    })

    it('with a used token ends the connection', async () => {
      const { connect, refresh, api } = await openMercury(door)
      const first = await connect()
      const next = tokensOf(await refresh(first.refresh))
      await refresh(first.refresh)
      expect(await api(next.access)).toEqual(notFound)
      expect((await refresh(next.refresh)).status).toBe(400)
    })

    it('twice at once is a refresh and a reuse: nothing is left', async () => {
      const { connect, refresh, api } = await openMercury(door)
      const first = await connect()
      const answers = await Promise.all([refresh(first.refresh), refresh(first.refresh)])
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 400])
      const winner = answers.find(({ status }) => status === 200)
      const loser = answers.find(({ status }) => status === 400)
      expect(loser?.body).toContain('The refresh token was already used.')
      expect(await api(winner && tokensOf(winner).access)).toEqual(notFound)
    })

    it('gives a token of 720 hours each time', async () => {
      const { connect, refresh, wait } = await openMercury(door)
      const first = await connect()
      await wait('719h')
      const next = tokensOf(await refresh(first.refresh))
      await wait('719h')
      expect((await refresh(next.refresh)).status).toBe(200)
    })

    it('may ask for less; a later one may ask for all that was granted again', async () => {
      const { connect, refresh } = await openMercury(door)
      const narrow = await refresh((await connect()).refresh, { scope: 'read' })
      expect(narrow).toEqual(answerOf(narrow.body, 'read'))
      const whole = await refresh(tokensOf(narrow).refresh, { scope: 'offline_access read' })
      expect(whole).toEqual(answerOf(whole.body, 'offline_access read'))
    })

    it('needs no scope from a client without a secret', async () => {
      const { code, exchange, refresh } = await (await openMercury(door)).with({ public: true })
      const first = tokensOf(await exchange(await code(challenge), { code_verifier: verifier }))
      const answer = await refresh(first.refresh, { scope: undefined })
      expect(answer).toEqual(answerOf(answer.body))
    })

    it('with a scope that the client has no longer is refused, and says which', async () => {
      const { mock, clientId, connect, refresh } = await openMercury(door)
      const first = await connect()
      await mock.clients.change(clientId, { provider: 'mercury', scopes: ['offline_access'] })
      expect(await refresh(first.refresh)).toEqual(
        tokenError(
          400,
          'invalid_scope',
          "The requested scope is invalid, unknown, or malformed. The OAuth 2.0 Client is not allowed to request scope 'read'.",
        ),
      )
    })

    it('judges the token, then whose it is', async () => {
      const program = await openMercury(door)
      const { refresh: own } = await program.connect()
      await program.wait('720h')
      expect((await (await program.with({})).refresh(own)).body).toContain('The refresh token expired.')
    })

    it('is not used up by a refused attempt', async () => {
      const { connect, refresh } = await openMercury(door)
      const { refresh: own } = await connect()
      await refresh(own, { scope: undefined })
      await refresh(own, { scope: 'write' })
      await refresh(own, {}, basic('nobody'))
      expect((await refresh(own)).status).toBe(200)
    })
  })
