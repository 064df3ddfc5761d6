import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { challenge } from '../../pkce.ts'
import { locationOf } from '../answer.ts'
import { redirect } from './answers.ts'
import { callback, openFinexer, tokensOf } from './client.ts'

/** Steps 1 and 3: the OAuth link, and how the user comes back. */
export const authorizeSuite = (door: Door) =>
  describe('the OAuth link', () => {
    it('takes a client id and nothing else, and brings a code and nothing else', async () => {
      const platform = await openFinexer(door)
      const answer = await platform.request(`https://finexer.com/oauth/?client_id=${platform.clientId}`)
      const code = new URL(locationOf(answer)).searchParams.get('code')
      expect(code).toMatch(/^[A-Za-z0-9]{40}$/)
      expect(answer).toEqual(redirect(`${callback}?code=${code}`))
    })

    it('has a slash at the end of its path', async () => {
      const { request, clientId } = await openFinexer(door)
      expect((await request(`https://finexer.com/oauth?client_id=${clientId}`)).status).toBe(404)
    })

    it('is for apps whose id is app_ and 13 letters and digits', async () => {
      const { clientId, mock } = await openFinexer(door)
      for (const id of [clientId, (await mock.clients.register({})).id]) expect(id).toMatch(/^app_[A-Za-z0-9]{13}$/)
    })

    it('takes response_type=code as well, and no other', async () => {
      const { authorize } = await openFinexer(door)
      expect(locationOf(await authorize({ response_type: 'code' }))).toContain('?code=')
      expect(await authorize({ response_type: 'token' })).toEqual(
        redirect(`${callback}?error=unsupported_response_type&error_code=unsupported_response_type`),
      )
    })

    it('goes to the default redirect URL, or to another declared one that is asked for', async () => {
      const platform = await openFinexer(door)
      const redirectUris = ['https://yourplatformwebsite.com/authorize', 'https://yourplatformwebsite.com/other?a=1']
      const { authorize, mock, clientId } = await platform.with({ redirectUris })
      expect(locationOf(await authorize())).toMatch(/^https:\/\/yourplatformwebsite\.com\/authorize\?code=\w+$/)
      const other = { redirect_uri: redirectUris[1] ?? '', state: 's' }
      expect(locationOf(await authorize(other))).toMatch(
        /^https:\/\/yourplatformwebsite\.com\/other\?a=1&code=\w+&state=s$/,
      )
      const url = `https://finexer.com/oauth/?${new URLSearchParams({ client_id: clientId, ...other })}`
      const { redirectTo } = await mock.authorize(url, { decision: 'deny' })
      expect(redirectTo).toBe(`${other.redirect_uri}&error=access_denied&error_code=access_denied&state=s`)
    })

    it('goes to no redirect URL that is not declared', async () => {
      const { authorize } = await openFinexer(door)
      for (const redirect_uri of ['https://evil.example/', `${callback}/`, `${callback}?x=1`, callback.toUpperCase()]) {
        const answer = await authorize({ redirect_uri, state: 's' })
        expect([redirect_uri, answer.status, locationOf(answer)]).toEqual([redirect_uri, 400, ''])
      }
    })

    it.each([
      'customer_read,customer_write',
      'customer_read customer_write',
      'customer_read, customer_write',
      ',customer_read,,customer_write ',
    ])('takes several scopes by comma or space: %j', async (scope) => {
      const { connect, mock } = await openFinexer(door)
      expect((await connect({ scope })).scope).toBe('customer_read,customer_write')
      expect((await mock.grants.list())[0]?.scope).toBe('customer_read customer_write')
    })

    it('grants what is asked for, once each, or without a scope all that the app has', async () => {
      const { connect } = await openFinexer(door)
      expect((await connect({ scope: 'customer_write,customer_write' })).scope).toBe('customer_write')
      expect((await connect()).scope).toBe('customer_read,customer_write')
    })

    it('asks for no scope that is not selected in the app', async () => {
      const { authorize } = await openFinexer(door)
      expect(await authorize({ scope: 'customer_read,payment_write' })).toEqual(
        redirect(`${callback}?error=invalid_scope&error_code=invalid_scope`),
      )
    })

    it('returns state as it was sent, after the code', async () => {
      const { authorize } = await openFinexer(door)
      const state = 'a+b/c=&d é%'
      const { searchParams } = new URL(locationOf(await authorize({ state })))
      expect([...searchParams.keys()]).toEqual(['code', 'state'])
      expect(searchParams.get('state')).toBe(state)
    })

    it('brings a denial as error and error_code, with the state if one was sent', async () => {
      const { authorize } = await openFinexer(door, { consent: 'deny' })
      const denied = `${callback}?error=access_denied&error_code=access_denied`
      expect(await authorize()).toEqual(redirect(denied))
      expect(await authorize({ state: 's' })).toEqual(redirect(`${denied}&state=s`))
    })

    it('keeps a challenge that is sent, and wants its verifier', async () => {
      const { code, exchange } = await openFinexer(door)
      expect((await exchange(await code(challenge))).status).toBe(400)
    })

    it('takes a challenge once', async () => {
      const { request, clientId } = await openFinexer(door)
      const sent = `client_id=${clientId}&${new URLSearchParams(challenge)}`
      const refused = redirect(`${callback}?error=invalid_request&error_code=invalid_request`)
      for (const [name, value] of Object.entries(challenge)) {
        expect(await request(`https://finexer.com/oauth/?${sent}&${name}=${value}`)).toEqual(refused)
      }
    })

    it('lets the developer approve some of the scopes only', async () => {
      const { mock, clientId, exchange } = await openFinexer(door)
      const { redirectTo = '' } = await mock.authorize(`https://finexer.com/oauth/?client_id=${clientId}`, {
        scope: 'customer_read',
      })
      const code = new URL(redirectTo).searchParams.get('code') ?? ''
      expect(tokensOf(await exchange(code)).scope).toBe('customer_read')
    })
  })
