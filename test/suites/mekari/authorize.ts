import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge } from '../../pkce.ts'
import { headerOf, locationOf } from '../answer.ts'
import { redirect } from './answers.ts'
import { openMekari } from './client.ts'

const callback = 'http://localhost:3000/callback'

/** User Authorization: the request, and where the browser goes. */
export const authorizeSuite = (door: Door) =>
  describe('the authorization endpoint', () => {
    it('sends the browser to the registered URI with a code and nothing else', async () => {
      const { authorize } = await openMekari(door)
      const answer = await authorize()
      const code = new URL(locationOf(answer)).searchParams.get('code')
      expect(code).toMatch(/^[A-Za-z0-9]{32}$/)
      expect(answer).toEqual(redirect(`${callback}?code=${code}`))
    })

    it('gives each approval a code of its own', async () => {
      const { code } = await openMekari(door)
      expect(await code()).not.toBe(await code())
    })

    it('returns state as it was sent, after the code', async () => {
      const { authorize } = await openMekari(door)
      const state = 'a+b/c=&d é%'
      const { searchParams } = new URL(locationOf(await authorize({ state })))
      expect([...searchParams.keys()]).toEqual(['code', 'state'])
      expect(searchParams.get('state')).toBe(state)
    })

    it('leaves an empty state out', async () => {
      const { authorize } = await openMekari(door)
      expect(locationOf(await authorize({ state: '' }))).toMatch(/\?code=\w{32}$/)
    })

    it('adds to the query of the registered URI', async () => {
      const program = await openMekari(door)
      const { authorize } = await program.with({ redirectUris: ['https://example.com/foo?a=1'] })
      expect(locationOf(await authorize({ state: 's' }))).toMatch(
        /^https:\/\/example\.com\/foo\?a=1&code=\w{32}&state=s$/,
      )
    })

    it('takes lang, PKCE parameters, unknown ones, and the path with a slash at its end', async () => {
      const { authorize, request, clientId } = await openMekari(door)
      expect(locationOf(await authorize({ lang: 'id', unknown: 'x', ...challenge }))).toMatch(/\?code=\w{32}$/)
      const slash = `https://account.mekari.com/auth/?client_id=${clientId}&response_type=code&scope=esign`
      expect(locationOf(await request(slash))).toMatch(/\?code=\w{32}$/)
    })

    it('takes a redirect_uri that is registered, and goes to the first one without', async () => {
      const uris = ['https://example.com/first', 'https://example.com/second']
      const { authorize } = await (await openMekari(door)).with({ redirectUris: uris })
      expect(locationOf(await authorize())).toMatch(/^https:\/\/example\.com\/first\?code=/)
      expect(locationOf(await authorize({ redirect_uri: uris[1] }))).toMatch(/^https:\/\/example\.com\/second\?code=/)
    })

    describe('shows a page and redirects nowhere', () => {
      it.each([
        ['without a client', { client_id: undefined }],
        ['for an unknown client', { client_id: 'nobody' }],
        ['for a redirect URI that is not registered', { redirect_uri: 'https://evil.example/' }],
        ['for a longer one', { redirect_uri: `${callback}/more` }],
        ['for one in other letters', { redirect_uri: callback.toUpperCase() }],
        ['for one with a query', { redirect_uri: `${callback}?x=1` }],
        ['for one with userinfo', { redirect_uri: 'http://localhost:3000@evil.example/callback' }],
      ])('%s', async (_, parameters) => {
        const { authorize } = await openMekari(door)
        const answer = await authorize(parameters)
        expect(answer.status).toBe(400)
        expect(headerOf(answer, 'location')).toBeUndefined()
        expect(headerOf(answer, 'content-type')).toBe('text/html; charset=utf-8')
      })

      it('for a client that is pending or suspended', async () => {
        const program = await openMekari(door)
        for (const status of ['pending', 'suspended'] as const) {
          const answer = await (await program.with({ status })).authorize({ state: 's' })
          expect([answer.status, headerOf(answer, 'location')]).toEqual([400, undefined])
          expect(answer.body).toContain('unauthorized_client')
        }
      })
    })

    describe('tells the client', () => {
      const responseType = ['unsupported_response_type', 'Invalid response_type']
      const method = ['invalid_request', 'code_challenge_method is not supported, must be S256']
      it.each<[string, Record<string, string | undefined>, (string | undefined)[]]>([
        ['that response_type is missing', { response_type: undefined }, responseType],
        ['that response_type is not code', { response_type: 'token' }, responseType],
        ['that the scope is missing', { scope: undefined }, ['invalid_scope', 'You must specify a scope']],
        ['that the scope is empty', { scope: '' }, ['invalid_scope', 'You must specify a scope']],
        [
          'of a scope it is not registered with',
          { scope: 'esign jurnal' },
          ['invalid_scope', '"jurnal" is an invalid scope'],
        ],
        [
          'of a method without challenge',
          { code_challenge_method: 'S256' },
          ['invalid_request', 'code_challenge is required when code_method is present'],
        ],
        ['that a challenge without method is plain', { code_challenge: challenge.code_challenge }, method],
        ['that plain is not supported', { ...challenge, code_challenge_method: 'plain' }, method],
        [
          'that a challenge is too short',
          { code_challenge: 'short', code_challenge_method: 'S256' },
          ['invalid_request', 'The code challenge is not a base64url SHA-256'],
        ],
      ])('%s', async (_, parameters, [error = '', error_description = '']) => {
        const { authorize } = await openMekari(door)
        const expected = (more: Record<string, string>) =>
          redirect(`${callback}?${new URLSearchParams({ error, error_description, ...more })}`)
        expect(await authorize(parameters)).toEqual(expected({}))
        expect(await authorize({ ...parameters, state: 'a b' })).toEqual(expected({ state: 'a b' }))
      })

      it('that a parameter came twice', async () => {
        const { request, clientId } = await openMekari(door)
        const url = `https://account.mekari.com/auth?client_id=${clientId}&response_type=code&scope=esign&scope=sso:profile`
        expect(await request(url)).toEqual(
          redirect(`${callback}?error=invalid_request&error_description=The+parameter+scope+is+sent+more+than+once`),
        )
      })

      it('that a public client needs a challenge', async () => {
        const { authorize } = await (await openMekari(door)).with({ public: true })
        expect(await authorize()).toEqual(
          redirect(`${callback}?error=invalid_request&error_description=code_challenge+is+required+for+public+clients`),
        )
      })

      it('that the person said no', async () => {
        const { authorize } = await openMekari(door, { consent: 'deny' })
        const denied = `${callback}?error=access_denied&error_description=The+resource+owner+denied+the+request`
        expect(await authorize()).toEqual(redirect(denied))
        expect(await authorize({ state: 'xyz' })).toEqual(redirect(`${denied}&state=xyz`))
      })
    })
  })
