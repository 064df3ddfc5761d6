import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, locationOf } from '../answer.ts'
import { browse, hidden } from '../browse.ts'
import { redirect } from './answers.ts'
import { type Integration, openMekari } from './client.ts'

/** The way of a person from the authorization request to the consent page. */
export async function signIn(program: Integration, authorizeUrl: string) {
  const [person] = await program.mock.users.list()
  const go = browse(program)
  const at = locationOf(await go(authorizeUrl))
  const token = hidden((await go(at)).body, 'authenticity_token')
  const credentials = { 'user[email]': person?.email ?? '', 'user[password]': person?.password ?? '' }
  const back = await go(at, { authenticity_token: token, ...credentials })
  return { go, at, back, next: locationOf(back) }
}

const urlFor = ({ clientId }: Integration) =>
  `https://account.mekari.com/auth?client_id=${clientId}&response_type=code&scope=esign&state=s`

/** What a person meets who has not signed in: observed at the own products. */
export const signInSuite = (door: Door) =>
  describe('the way of a person', () => {
    it('starts at the sign-in page, with the way back in padded URL-safe base64', async () => {
      const program = await openMekari(door, { consent: 'page' })
      await program.mock.clients.register({ id: 'TAL-73645', scopes: ['sso:profile'] })
      const url = 'https://account.mekari.com/auth?client_id=TAL-73645&response_type=code&scope=sso:profile'
      expect(await program.request(url)).toEqual(
        redirect(
          'https://account.mekari.com/users/sign_in?client_id=TAL-73645&return_to=L2F1dGg_Y2xpZW50X2lkPVRBTC03MzY0NSZyZXNwb25zZV90eXBlPWNvZGUmc2NvcGU9c3NvOnByb2ZpbGU%3D',
        ),
      )
    })

    it('leads over sign-in and consent to the client', async () => {
      const program = await openMekari(door, { consent: 'page' })
      const { go, back, next } = await signIn(program, urlFor(program))
      expect([back.status, next]).toEqual([302, urlFor(program)])
      const page = await go(next)
      expect(page.status).toBe(200)
      expect(page.body).toContain('esign')
      const consent = hidden(page.body, 'consent')
      const approved = await go(next, { consent, decision: 'approve' })
      expect(locationOf(approved)).toMatch(/^http:\/\/localhost:3000\/callback\?code=\w{32}&state=s$/)
      const again = await go(next, { consent, decision: 'approve' })
      expect([again.status, headerOf(again, 'location')]).toEqual([400, undefined])
    })

    it('ends at the client with access_denied when the person denies', async () => {
      const program = await openMekari(door, { consent: 'page' })
      const { go, next } = await signIn(program, urlFor(program))
      const consent = hidden((await go(next)).body, 'consent')
      expect(await go(next, { consent, decision: 'deny' })).toEqual(
        redirect(
          'http://localhost:3000/callback?error=access_denied&error_description=The+resource+owner+denied+the+request&state=s',
        ),
      )
    })

    it('stays at the sign-in page after a wrong password', async () => {
      const program = await openMekari(door, { consent: 'page' })
      const go = browse(program)
      const at = locationOf(await go(urlFor(program)))
      const authenticity_token = hidden((await go(at)).body, 'authenticity_token')
      const wrong = { authenticity_token, 'user[email]': 'nobody@example.com', 'user[password]': 'x' }
      const answer = await go(at, wrong)
      expect(answer.status).toBe(200)
      expect(answer.body).toContain('Invalid email or password')
    })

    it('knows the browser from then on', async () => {
      const program = await openMekari(door, { consent: 'page' })
      const { go, next } = await signIn(program, urlFor(program))
      expect((await go(next)).status).toBe(200)
      program.wait('24h')
      expect(locationOf(await go(next))).toContain('/users/sign_in?')
    })

    it("has no consent page for the provider's own applications", async () => {
      const program = await (await openMekari(door, { consent: 'page' })).with({ firstParty: true })
      const { go, next } = await signIn(program, urlFor(program))
      expect(locationOf(await go(next))).toMatch(/^http:\/\/localhost:3000\/callback\?code=\w{32}&state=s$/)
    })

    it('never leads to another place than an authorization request', async () => {
      const program = await openMekari(door, { consent: 'page' })
      for (const path of ['https://evil.example/', '//evil.example/auth', '/v1/me', '/users/sign_in']) {
        const return_to = Buffer.from(path).toString('base64url')
        const answer = await program.request(
          `https://account.mekari.com/users/sign_in?${new URLSearchParams({ return_to })}`,
        )
        expect([path, answer.status, headerOf(answer, 'location')]).toEqual([path, 400, undefined])
      }
    })
  })
