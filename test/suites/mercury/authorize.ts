import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge } from '../../pkce.ts'
import { headerOf, locationOf } from '../answer.ts'
import { hidden } from '../browse.ts'
import { returned, told } from './answers.ts'
import { callback, openMercury, scope, state } from './client.ts'
import { authorizeUrl, signIn } from './person.ts'

const code = /^ory_ac_[\w-]{43}\.[\w-]{43}$/
const insecure = 'http://app.example/callback'

/** Start OAuth2 web flow. */
export const authorizeSuite = (door: Door) =>
  describe('the authorization request', () => {
    it('brings code, scope and state to the callback, in this order, by 303', async () => {
      const { authorize } = await openMercury(door)
      const answer = await authorize()
      const query = new URL(locationOf(answer)).searchParams
      expect(answer).toEqual(returned({ code: query.get('code') ?? '', scope, state }))
      expect(query.get('code')).toMatch(code)
      expect(locationOf(answer)).toContain('&scope=read+offline_access&state=state-12')
    })

    it('leads over sign-in and consent to the client', async () => {
      const program = await openMercury(door, { consent: 'page' })
      const { go, at, next } = await signIn(program)
      expect(at).toMatch(/^https:\/\/oauth2\.mercury\.com\/oauth2\/fallbacks\/login\?login_challenge=/)
      expect(next).toBe(authorizeUrl(program))
      const page = await go(next)
      expect(page.body).toContain('See accounts and transactions')
      expect(page.body).toContain('Stay connected while you are away')
      const approved = await go(next, { consent: hidden(page.body, 'consent'), decision: 'approve' })
      expect([approved.status, locationOf(approved)]).toEqual([
        303,
        expect.stringContaining(`${callback}?code=ory_ac_`),
      ])
      const denied = await go(next, { consent: hidden((await go(next)).body, 'consent'), decision: 'deny' })
      expect(denied).toEqual(told('access_denied', 'User denied consent.'))
    })

    it('goes to the only registered redirect URI where it names none', async () => {
      const { authorize } = await openMercury(door)
      expect(locationOf(await authorize({ redirect_uri: undefined }))).toMatch(
        /^http:\/\/localhost:3000\/callback\?code=/,
      )
    })

    it('takes a loopback redirect URI on any port, and nothing else that differs', async () => {
      const program = await openMercury(door)
      const { authorize } = await program.with({ public: true, redirectUris: ['http://127.0.0.1/callback'] })
      const on = async (redirect_uri: string) => (await authorize({ redirect_uri, ...challenge })).status
      expect([await on('http://127.0.0.1:49152/callback'), await on('http://127.0.0.1:1/callback')]).toEqual([303, 303])
      for (const other of [
        'http://127.0.0.1:49152/other',
        'http://127.0.0.2:49152/callback',
        'http://localhost/callback',
      ])
        expect([other, await on(other)]).toEqual([other, 302])
    })

    it('asks for a scope; a client asks for those it is registered with', async () => {
      const { authorize } = await openMercury(door)
      const bad = 'The requested scope is invalid, unknown, or malformed.'
      expect(await authorize({ scope: undefined })).toEqual(told('invalid_scope', bad))
    })

    it('judges client, redirect URI, scope, response type, then state', async () => {
      const { authorize } = await openMercury(door)
      const errorOf = async (changes: Record<string, string>) => {
        const answer = await authorize(changes)
        return [answer.status, new URL(locationOf(answer)).searchParams.get('error')]
      }
      const wrong = { client_id: 'x', redirect_uri: 'x', scope: 'x', response_type: 'x', state: 'x' }
      const { client_id: _, ...noClient } = wrong
      const { redirect_uri: __, ...noUri } = noClient
      const { scope: ___, ...noScope } = noUri
      expect(await errorOf(wrong)).toEqual([302, 'invalid_client'])
      expect(await errorOf(noClient)).toEqual([302, 'invalid_request'])
      expect(await errorOf(noUri)).toEqual([303, 'invalid_scope'])
      expect(await errorOf(noScope)).toEqual([303, 'unsupported_response_type'])
      expect(await errorOf({ state: 'x' })).toEqual([303, 'invalid_state'])
    })

    it('judges an insecure redirect URI and PKCE only when the person has approved', async () => {
      const program = await openMercury(door, { consent: 'page' })
      const { go, next } = await signIn(program, authorizeUrl(program, { code_challenge_method: 'plain' }))
      const page = await go(next)
      expect(page.status).toBe(200)
      const consent = { consent: hidden(page.body, 'consent') }
      expect(locationOf(await go(next, { ...consent, decision: 'approve' }))).toContain('?error=invalid_request&')
      const again = { consent: hidden((await go(next)).body, 'consent') }
      expect(locationOf(await go(next, { ...again, decision: 'deny' }))).toContain('?error=access_denied&')
    })

    it('judges the redirect URI before PKCE there', async () => {
      const { authorize } = await (await openMercury(door)).with({ redirectUris: [insecure] })
      const answer = await authorize({ redirect_uri: insecure, code_challenge: 'x', code_challenge_method: 'x' })
      expect(new URL(locationOf(answer)).searchParams.get('error_description')).toContain('insecure protocol')
    })

    it('of an employee is denied before anybody is asked, that of an admin is not', async () => {
      const program = await openMercury(door, { consent: 'page' })
      const [person] = await program.mock.users.list()
      const { go, next } = await signIn(program)
      const become = (role: string) => program.mock.users.change(person?.id ?? '', { role })
      await become('employee')
      expect(await go(next)).toEqual(told('login_request_denied', 'The requested scope is not allowed'))
      for (const role of ['admin', 'custom user']) {
        await become(role)
        expect((await go(next)).status).toBe(200)
      }
    })

    it('of a client that waits for approval is one of a client that does not exist', async () => {
      const program = await openMercury(door)
      const unknown = await program.authorize({ client_id: 'nobody' })
      for (const status of ['pending', 'suspended'] as const) {
        expect(await (await program.with({ status })).authorize({ redirect_uri: 'x' })).toEqual(unknown)
      }
    })

    it('knows none of the addresses that are found in the wild', async () => {
      const { request } = await openMercury(door)
      for (const path of ['/authorize', '/token', '/oauth/authorize', '/oauth2/introspect']) {
        expect((await request(`https://oauth2.mercury.com${path}`)).status).toBe(404)
      }
      expect((await request('https://api.mercury.com/api/v1/oauth/token')).status).toBe(404)
    })
  })

/** The error page that the browser is redirected to. */
export const errorPageSuite = (door: Door) =>
  describe('the error page', () => {
    it('says what was wrong and how to mend it', async () => {
      const { authorize, request, clientId } = await openMercury(door)
      const page = await request(locationOf(await authorize({ redirect_uri: 'https://app.example/new' })))
      expect([page.status, headerOf(page, 'content-type')]).toEqual([400, 'text/html; charset=utf-8'])
      expect(page.body).toContain('does not match any of the OAuth 2.0 Client&#39;s pre-registered redirect urls.')
      expect(page.body).toContain(`serve --redirect-uri &#39;https://app.example/new&#39;`)
      expect(page.body).toContain(`/_mock/clients/${clientId}`)
      expect(page.body).toContain('mock-oauth explain r1')
    })

    it('repeats nothing that this mock did not write', async () => {
      const { request } = await openMercury(door)
      const { status, body } = await request(
        'https://oauth2.mercury.com/oauth2/fallbacks/error?error=you_won&error_description=Call+555',
      )
      expect(status).toBe(400)
      expect(body).not.toMatch(/you_won|555/)
    })

    it('leads back to the request whose consent page is no longer open', async () => {
      const program = await openMercury(door, { consent: 'page' })
      const { go, next } = await signIn(program)
      const late = await go(next, { consent: 'gone', decision: 'approve' })
      expect(late.status).toBe(302)
      const page = await go(locationOf(late))
      expect(page.body).toContain(`href="${next.replaceAll('&', '&amp;')}"`)
    })

    it('is what the played browser ends on', async () => {
      const program = await openMercury(door)
      const { errorPage } = await program.mock.authorize(authorizeUrl(program, { client_id: 'nobody' }))
      expect(errorPage).toMatchObject({ status: 400, kind: 'client_unknown', came: 'nobody' })
    })
  })
