import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, locationOf } from '../answer.ts'
import { browse, type Go, hidden } from '../browse.ts'
import { redirect } from './answers.ts'
import { callback, openFinexer, type Platform } from './client.ts'
import { signIn, textOf } from './person.ts'

const open = (door: Door) => openFinexer(door, { consent: 'page', client: { name: 'Payroll Sync' } })
const linkOf = ({ clientId }: Platform, more = '') => `https://finexer.com/oauth/?client_id=${clientId}${more}`
const ada = { name: 'Ada Byron', company: 'Analytical Ltd', email: 'ada@example.com', password: 'difference' }
/** Opens the sign-up page that the sign-in page links to. */
async function openSignUp(go: Go, link: string): Promise<{ at: string; authenticity_token: string }> {
  const signInPage = await go(locationOf(await go(link)))
  const at = /<a href="([^"]+)"/.exec(signInPage.body)?.[1]?.replaceAll('&amp;', '&') ?? ''
  return { at, authenticity_token: hidden((await go(at)).body, 'authenticity_token') }
}

/** Step 2: the user at Finexer's pages. */
export const consentSuite = (door: Door) =>
  describe('a user who follows the link', () => {
    it('signs in, is asked to accept or deny the app, and is taken back with a code', async () => {
      const platform = await open(door)
      const go = browse(platform)
      const next = await signIn(platform, go, locationOf(await go(linkOf(platform, '&state=s'))))
      expect(next).toBe(linkOf(platform, '&state=s'))
      const page = await go(next)
      expect(textOf(page)).toContain('Payroll Sync asks for access to your Finexer account')
      expect(textOf(page)).toContain('See customers customer_read')
      const consent = hidden(page.body, 'consent')
      expect(await platform.mock.grants.list()).toEqual([])
      expect(locationOf(await go(next, { consent, decision: 'approve' }))).toMatch(/\/callback\?code=\w{40}&state=s$/)
      expect(await platform.mock.grants.list()).toHaveLength(1)
    })

    it('may deny, and is taken back with an error', async () => {
      const platform = await open(door)
      const go = browse(platform)
      const next = await signIn(platform, go, locationOf(await go(linkOf(platform))))
      const consent = hidden((await go(next)).body, 'consent')
      expect(await go(next, { consent, decision: 'deny' })).toEqual(
        redirect(`${callback}?error=access_denied&error_code=access_denied`),
      )
      expect(await platform.mock.grants.list()).toEqual([])
    })

    it('may make an account on the way, and goes on with the same authorization', async () => {
      const platform = await open(door)
      const go = browse(platform)
      const { at, authenticity_token } = await openSignUp(go, linkOf(platform, '&state=s'))
      expect(at).toMatch(/^https:\/\/finexer\.com\/signup\?/)
      const made = await go(at, { authenticity_token, ...ada })
      expect([made.status, locationOf(made)]).toEqual([302, linkOf(platform, '&state=s')])
      const { password: _, ...shown } = ada
      const page = await go(locationOf(made))
      for (const fact of Object.values(shown)) expect(page.body).toContain(fact)
      const consent = hidden(page.body, 'consent')
      expect(locationOf(await go(locationOf(made), { consent, decision: 'approve' }))).toMatch(/\?code=\w{40}&state=s$/)
      const user = (await platform.mock.users.list()).at(-1)
      expect(user).toEqual({ id: expect.stringMatching(/^\d{9}$/), ...ada })
      expect(await platform.mock.grants.list()).toMatchObject([{ userId: user?.id }])
    })

    it.each<[string, Partial<typeof ada>, string]>([
      ['without a name', { name: ' ' }, 'Name, company and password take 1 to 200 characters.'],
      ['without a company', { company: '' }, 'Name, company and password take 1 to 200 characters.'],
      ['without a password', { password: '' }, 'Name, company and password take 1 to 200 characters.'],
      ['with too long a name', { name: 'a'.repeat(201) }, 'Name, company and password take 1 to 200 characters.'],
      ['with an address that is none', { email: 'ada' }, 'This is not an e-mail address.'],
    ])('gets no account %s, and keeps what was typed', async (_, changes, said) => {
      const platform = await open(door)
      const go = browse(platform)
      const { at, authenticity_token } = await openSignUp(go, linkOf(platform))
      const typed = { ...ada, ...changes }
      const again = await go(at, { authenticity_token, ...typed })
      expect(again.status).toBe(200)
      expect(again.body).toContain(`<p role="alert" id="failure">${said}</p>`)
      for (const value of [typed.name, typed.company, typed.email]) expect(again.body).toContain(`value="${value}"`)
      expect(again.body).not.toContain(ada.password)
      expect(await platform.mock.users.list()).toHaveLength(3)
      expect(platform.mock.explain().kind).toBe('sign_up_wrong')
      const mended = { authenticity_token: hidden(again.body, 'authenticity_token'), ...ada }
      expect((await go(at, mended)).status).toBe(302)
    })

    it('gets no second account for one address', async () => {
      const platform = await open(door)
      const go = browse(platform)
      const { at, authenticity_token } = await openSignUp(go, linkOf(platform))
      const [person] = await platform.mock.users.list()
      const again = await go(at, { authenticity_token, ...ada, email: person?.email ?? '' })
      expect(again.body).toContain('This e-mail address has an account already.')
      expect(await platform.mock.users.list()).toHaveLength(3)
    })

    it('gets no account by a form of another page, nor away from an authorization', async () => {
      const platform = await open(door)
      const go = browse(platform)
      const { at } = await openSignUp(go, linkOf(platform))
      const forged = await go(at, { authenticity_token: 'x'.repeat(32), ...ada })
      expect(forged.body).toContain('This form did not come from the page')
      for (const away of ['', '?return_to=aHR0cHM6Ly9ldmlsLmV4YW1wbGUv', '?return_to=L29hdXRoL3Rva2Vu']) {
        const answer = await go(`https://finexer.com/signup${away}`)
        expect([away, answer.status, headerOf(answer, 'location')]).toEqual([away, 400, undefined])
      }
      expect(await platform.mock.users.list()).toHaveLength(3)
    })
  })
