import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, tokensOf } from '../answer.ts'
import { notFound } from './answers.ts'
import { openMercury } from './client.ts'

const openWith = (door: Door, name: string, choice: string) =>
  openMercury(door, { assume: { [`mercury.${name}`]: choice } })

/** Where the documents are silent or disagree, the other plausible behaviours. */
export const assumptionsSuite = (door: Door) =>
  describe('the other plausible behaviour', () => {
    it('refresh-scope=ignored: a refresh needs no scope, and one that is sent changes nothing', async () => {
      const { connect, refresh } = await openWith(door, 'refresh-scope', 'ignored')
      const first = tokensOf(await refresh((await connect()).refresh, { scope: undefined }))
      const second = await refresh(first.refresh, { scope: 'write' })
      expect(JSON.parse(second.body)).toMatchObject({ scope: 'read offline_access' })
    })

    it('authorize-scope=optional: without a scope all that the client has is asked for', async () => {
      const { code, exchange } = await openWith(door, 'authorize-scope', 'optional')
      const { body } = await exchange(await code({ scope: undefined }))
      expect(JSON.parse(body)).toMatchObject({ scope: 'read offline_access' })
    })

    it('authorize-errors=plain-400: a wrong parameter is answered where it came; a denial is not', async () => {
      const program = await openWith(door, 'authorize-errors', 'plain-400')
      const wrong = [{ client_id: 'x' }, { redirect_uri: 'x' }, { scope: 'x' }, { response_type: 'x' }, { state: 'x' }]
      for (const changes of [...wrong, { code_challenge: 'x' }]) {
        const answer = await program.authorize(changes)
        expect([changes, answer.status, headerOf(answer, 'location')]).toEqual([changes, 400, undefined])
        expect(answer.body).toContain(
          'Invalid `code_challenge_method` or `code_challenge` or `response_type` or `state` or `scope` or `redirect_uri` or `client_id`',
        )
      }
      expect((await program.authorize()).status).toBe(303)
    })

    it('reuse=refused: a used refresh token harms nobody', async () => {
      const { connect, refresh, api } = await openWith(door, 'reuse', 'refused')
      const first = await connect()
      const next = tokensOf(await refresh(first.refresh))
      expect((await refresh(first.refresh)).status).toBe(400)
      expect((await api(next.access)).status).toBe(200)
    })

    it('reuse=grace: for 30 seconds a used refresh token brings a further pair; after that it ends all of them', async () => {
      const { connect, refresh, api, wait } = await openWith(door, 'reuse', 'grace')
      const first = await connect()
      const siblings = [tokensOf(await refresh(first.refresh)), tokensOf(await refresh(first.refresh))]
      await wait('30s')
      for (const { access } of siblings) expect((await api(access)).status).toBe(200)
      expect((await refresh(first.refresh)).body).toContain('The refresh token was already used.')
      for (const { access } of siblings) expect(await api(access)).toEqual(notFound)
    })

    it('old-access-token=lives: a refresh leaves the access token before it alone', async () => {
      const { connect, refresh, api } = await openWith(door, 'old-access-token', 'lives')
      const first = await connect()
      await refresh(first.refresh)
      expect((await api(first.access)).status).toBe(200)
    })

    it('token-type=capital and expires-in=whole: Bearer, 3600', async () => {
      const capital = await openWith(door, 'token-type', 'capital')
      expect(JSON.parse((await capital.exchange(await capital.code())).body).token_type).toBe('Bearer')
      const whole = await openWith(door, 'expires-in', 'whole')
      const { refresh } = await whole.connect()
      expect(JSON.parse((await whole.refresh(refresh)).body).expires_in).toBe(3600)
    })
  })
