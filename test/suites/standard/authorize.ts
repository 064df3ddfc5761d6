import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { formOf } from '../form.ts'
import { onPage, page, returned } from './answers.ts'
import { callback, issuer, openStandard, state } from './client.ts'

const codeIn = (location: string) => new URL(location).searchParams.get('code')

/** The way to a code. */
export const authorizeSuite = (door: Door) =>
  describe('the authorization endpoint', () => {
    it('brings code, state and iss to the callback, by 303, and nothing else', async () => {
      const { authorize } = await openStandard(door)
      const answer = await authorize()
      const code = codeIn(locationOf(answer)) ?? ''
      expect(code).toMatch(/^[\w-]{43}$/)
      expect(answer).toEqual(returned({ code, state, iss: issuer }))
    })

    it('brings no state where none was sent, nor where it was empty', async () => {
      const { authorize } = await openStandard(door)
      for (const sent of [undefined, '']) {
        const answer = await authorize({ state: sent })
        expect(answer).toEqual(returned({ code: codeIn(locationOf(answer)) ?? '', iss: issuer }))
      }
    })

    it('gives any state back as it came', async () => {
      const { authorize } = await openStandard(door)
      const odd = 'a b&c=d+e%20é"<>#?'
      expect(new URL(locationOf(await authorize({ state: odd }))).searchParams.get('state')).toBe(odd)
    })

    it('keeps the query of a registered redirect URI', async () => {
      const kept = 'https://app.example/callback?tenant=1'
      const { authorize } = await (await openStandard(door)).with({ redirectUris: [kept] })
      expect(locationOf(await authorize({ redirect_uri: kept }))).toMatch(
        /^https:\/\/app\.example\/callback\?tenant=1&code=/,
      )
    })

    it('takes parameters that nobody knows, and those without a value, as if they had not come', async () => {
      const { authorize } = await openStandard(door)
      for (const more of [{ unknown: 'x' }, { nonce: '' }, { response_mode: '' }, { max_age: '' }, { prompt: '' }]) {
        expect(codeIn(locationOf(await authorize(more)))).toBeTruthy()
      }
    })

    it('takes a request by POST as by GET', async () => {
      const { request, asked } = await openStandard(door)
      const post = (fields: object) =>
        request(`${issuer}/authorize`, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: formOf({ ...asked(), ...fields }),
        })
      const answer = await post({})
      expect(answer).toEqual(returned({ code: codeIn(locationOf(answer)) ?? '', state, iss: issuer }))
      expect(onPage(await post({ client_id: 'nobody' }))).toEqual(page('invalid_client'))
      expect(onPage(await post({ consent: 'x' }))).toEqual(page('invalid_request'))
    })

    it.each([
      'https://evil.example/callback',
      `${callback}/`,
      `${callback}?more=1`,
      `${callback}#fragment`,
      'http://localhost:3001/callback',
      'https://localhost:3000/callback',
      'HTTP://localhost:3000/callback',
      'http://localhost:3000/%63allback',
    ])('sends nobody to %s, which is not registered', async (redirect_uri) => {
      const { authorize } = await openStandard(door)
      expect(onPage(await authorize({ redirect_uri }))).toEqual(page('invalid_request'))
    })

    it.each(['http://127.0.0.1', 'http://[::1]'])(
      'takes any port of a registered %s, and nothing else of it',
      async (at) => {
        const { authorize } = await (await openStandard(door)).with({ redirectUris: [`${at}/cb`] })
        for (const uri of [`${at}/cb`, `${at}:1/cb`, `${at}:51004/cb`]) {
          expect(locationOf(await authorize({ redirect_uri: uri }))).toContain(`${uri}?code=`)
        }
        for (const uri of [
          `${at}:51004/other`,
          `${at}:51004/cb?x=1`,
          `${at.replace('http', 'https')}:1/cb`,
          `${at}:99999/cb`,
        ]) {
          expect(onPage(await authorize({ redirect_uri: uri }))).toEqual(page('invalid_request'))
        }
      },
    )

    it('grants what the client is registered with where no scope is asked for', async () => {
      const { code, exchange } = await (await openStandard(door)).with({ scopes: ['profile', 'api'] })
      expect(JSON.parse((await exchange(await code({ scope: undefined }))).body).scope).toBe('profile api')
    })

    it('needs a challenge from a client with a secret, and from one without', async () => {
      const program = await openStandard(door)
      const none = { code_challenge: undefined, code_challenge_method: undefined }
      for (const client of [program, await program.with({ public: true })]) {
        expect(codeIn(locationOf(await client.authorize()))).toBeTruthy()
        expect(codeIn(locationOf(await client.authorize(none)))).toBeNull()
      }
    })
  })
