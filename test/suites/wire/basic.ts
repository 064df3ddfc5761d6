import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { tokenError } from '../mekari/answers.ts'
import { openMekari, scope } from '../mekari/client.ts'

const basic = (pair: string) => `Basic ${Buffer.from(pair).toString('base64')}`
const formEncode = (text: string) => new URLSearchParams({ '': text }).toString().slice(1)

/** HTTP Basic, both halves form-encoded (RFC 6749 §2.3.1). */
export const basicSuite = (door: Door) =>
  describe('Basic credentials', () => {
    it.each([
      ['a:b', 'c:d'],
      ['100%25', '50%'],
      ['one+two', 'three+four'],
      ['plain', 'with space'],
      ['a&b=c/d?e', '~!@#$^*()"\'<>\\'],
    ])('carry the id %s and the secret %s', async (id, secret) => {
      const program = await (await openMekari(door)).with({ id, secret })
      const fields = { grant_type: 'authorization_code', code: await program.code(), scope }
      const authorization = basic(`${formEncode(id)}:${formEncode(secret)}`)
      expect((await program.token(fields, { authorization })).status).toBe(200)
      const fromBody = await program.exchange(await program.code())
      expect(fromBody.status).toBe(200)
    })

    it('are not the same unencoded', async () => {
      const program = await (await openMekari(door)).with({ id: 'id', secret: 'a+b' })
      const fields = { grant_type: 'authorization_code', code: await program.code(), scope }
      expect((await program.token(fields, { authorization: basic('id:a+b') })).status).toBe(401)
      expect((await program.token(fields, { authorization: basic('id:a%2Bb') })).status).toBe(200)
    })

    it('may hold letters of any language, which no client has', async () => {
      const { token, clientId } = await openMekari(door)
      const fields = { grant_type: 'authorization_code', code: 'x', scope }
      const challenge: [string, string][] = [['www-authenticate', 'Basic realm="oauth"']]
      for (const secret of ['gehÜim', formEncode('gehÜim'), '秘密', '%F0%9F%98%80']) {
        expect(await token(fields, { authorization: basic(`${clientId}:${secret}`) })).toEqual(
          tokenError(401, 'invalid_client', 'Wrong client secret', challenge),
        )
      }
    })

    it('are recognised by a scheme in any case', async () => {
      const { token, code, clientId, clientSecret } = await openMekari(door)
      const fields = { grant_type: 'authorization_code', code: await code(), scope }
      const authorization = basic(`${clientId}:${clientSecret}`).replace('Basic', 'bASIC')
      expect((await token(fields, { authorization })).status).toBe(200)
    })
  })
