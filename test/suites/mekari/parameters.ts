import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { type Integration, openMekari, scope } from './client.ts'

const twice = (text: string, name: string, value: string) => `${text}&${name}=${value}&${name}=${value}`

/** What Mekari reads is sent once (RFC 6749 §3.1 and §3.2). */
export const parametersSuite = (door: Door) =>
  describe('a parameter sent twice', () => {
    it.each(['response_type', 'scope', 'redirect_uri', 'state', 'lang', 'code_challenge', 'code_challenge_method'])(
      'is refused at the authorization endpoint: %s',
      async (name) => {
        const { request, clientId } = await openMekari(door)
        const value = name === 'redirect_uri' ? encodeURIComponent('http://localhost:3000/callback') : 'x'
        const url = `https://account.mekari.com/auth?client_id=${clientId}`
        const { searchParams } = new URL(locationOf(await request(twice(url, name, value))))
        expect(searchParams.get('error')).toBe('invalid_request')
        expect(searchParams.get('error_description')).toBe(`The parameter ${name} is sent more than once`)
      },
    )

    it('gets a page where it is the client_id', async () => {
      const { request, clientId } = await openMekari(door)
      const url = `https://account.mekari.com/auth?response_type=code&scope=esign`
      const answer = await request(twice(url, 'client_id', clientId))
      expect([answer.status, locationOf(answer)]).toEqual([400, ''])
      expect(answer.body).toContain('The parameter client_id is sent more than once')
    })

    it.each([
      ['authorization_code', ['grant_type', 'code', 'scope', 'redirect_uri', 'code_verifier']],
      ['refresh_token', ['grant_type', 'refresh_token', 'scope', 'code_verifier']],
      ['client_credentials', ['grant_type', 'scope']],
    ])('is refused at the token endpoint with %s', async (grantType, names) => {
      const flagged = ['authorization_code', 'refresh_token', 'client_credentials'] as const
      const program = await (await openMekari(door)).with({ grantTypes: flagged })
      for (const name of names) {
        const values: Record<string, string> = { grant_type: grantType, scope }
        expect(await said(program, twice('', name, encodeURIComponent(values[name] ?? 'x')), grantType, name)).toEqual({
          error: 'invalid_request',
          error_description: `The parameter ${name} is sent more than once`,
        })
      }
    })
  })

async function said({ request, clientId, clientSecret }: Integration, more: string, grantType: string, but: string) {
  const grant = but === 'grant_type' ? '' : `&grant_type=${grantType}`
  const { body } = await request('https://account.mekari.com/auth/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `client_id=${clientId}&client_secret=${clientSecret}${grant}${more}`,
  })
  return JSON.parse(body) as unknown
}
