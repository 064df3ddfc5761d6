import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { bearerError, shown } from './answers.ts'
import { type Integration, issuer, openStandard, scope } from './client.ts'

const noToken = shown(401, {}, [['www-authenticate', 'Bearer realm="oauth"']])
const needs = (one: string) =>
  shown(403, { error: 'insufficient_scope', error_description: `This needs the scope ${one}` }, [
    ['www-authenticate', `Bearer error="insufficient_scope", scope="${one}"`],
  ])

/** A token of this scope, made without a browser and without a signature. */
const minted = async ({ mock }: Integration, of: string) => (await mock.mint({ scope: of })).accessToken

/** What bearer tokens open (RFC 6750). */
export const resourcesSuite = (door: Door) => {
  describe.each(['/api/me', '/userinfo'])('with a bearer token %s', (path) => {
    it('names no error where no token came', async () => {
      const { request, get, connect } = await openStandard(door)
      expect(await get(path)).toEqual(noToken)
      const { access } = await connect()
      for (const headers of [
        { authorization: `Basic ${btoa('a:b')}` },
        { authorization: access },
        { authorization: 'Bearer' },
      ]) {
        expect(await request(issuer + path, { headers })).toEqual(noToken)
      }
      expect(await request(`${issuer}${path}?access_token=${access}`)).toEqual(noToken)
    })

    it('says invalid_token of one that is unknown, expired or revoked', async () => {
      const program = await openStandard(door)
      const { get, post, wait } = program
      expect(await get(path, 'x')).toEqual(bearerError('The access token is invalid'))
      const [gone, old] = [await minted(program, 'openid'), await minted(program, 'openid')]
      await post('/revoke', { token: gone })
      expect(await get(path, gone)).toEqual(bearerError('The access token was revoked'))
      await wait('1h')
      expect(await get(path, old)).toEqual(bearerError('The access token expired'))
    })

    it('takes the scheme in any case', async () => {
      const program = await openStandard(door)
      const token = await minted(program, 'openid')
      for (const scheme of ['bearer', 'BEARER']) {
        expect(
          (await program.request(issuer + path, { headers: { authorization: `${scheme} ${token}` } })).status,
        ).toBe(200)
      }
    })
  })

  describe('the API', () => {
    it('shows whose token it is, and what it is for', async () => {
      const { connect, get, clientId, mock } = await openStandard(door)
      const [person] = await mock.users.list()
      expect(await get('/api/me', (await connect()).access)).toEqual(
        shown(200, { sub: person?.id, client_id: clientId, scope }),
      )
    })

    it('wants the scope that a resource takes', async () => {
      const { connect, get } = await openStandard(door)
      expect(await get('/api/notes', (await connect()).access)).toEqual(needs('api'))
      expect(await get('/api/notes', (await connect({ scope: 'api' })).access)).toEqual(shown(200, { notes: [] }))
    })

    it('has nothing else', async () => {
      const { get, connect } = await openStandard(door)
      expect(await get('/api/nothing', (await connect()).access)).toEqual(shown(404, { error: 'not_found' }))
    })
  })

  describe('the user information', () => {
    it('tells what the scopes allow, by GET and by POST', async () => {
      const program = await openStandard(door)
      const { request, mock } = program
      const [person] = await mock.users.list()
      const sub = person?.id
      const { name, email } = person ?? {}
      for (const [of, claims] of [
        ['openid', { sub }],
        ['openid profile', { sub, name }],
        ['openid email', { sub, email, email_verified: true }],
        ['openid profile email api', { sub, name, email, email_verified: true }],
      ] as const) {
        const headers = { authorization: `Bearer ${await minted(program, of)}` }
        for (const method of ['GET', 'POST']) {
          expect(await request(`${issuer}/userinfo`, { method, headers })).toEqual(shown(200, claims))
        }
      }
    })

    it('wants openid', async () => {
      const { connect, get } = await openStandard(door)
      expect(await get('/userinfo', (await connect()).access)).toEqual(needs('openid'))
    })
  })
}
