import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { openMekari } from './client.ts'
import { signIn } from './sign-in.ts'

/** User Authorization: the user reads what the scope parameter asks for. */
export const consentPageSuite = (door: Door) =>
  describe('the consent page', () => {
    async function show(scopes: readonly string[], more = '') {
      const program = await openMekari(door, { consent: 'page' })
      const { clientId } = await program.with({ scopes })
      const url = `https://account.mekari.com/auth?client_id=${clientId}&response_type=code`
      const { go, next } = await signIn(program, `${url}&scope=${encodeURIComponent(scopes.join(' '))}${more}`)
      return (await go(next)).body
    }

    it('says each scope in words', async () => {
      const words = {
        esign: 'Documents and signatures in Mekari Sign',
        'sso:profile': 'Your name, e-mail address and company',
        'qontak-chat:all': 'Everything in Qontak Chat',
        'qontak-crm:all': 'Everything in Qontak CRM',
      }
      const page = await show(Object.keys(words))
      for (const [scope, said] of Object.entries(words)) {
        expect(page).toContain(said)
        expect(page).toContain(`<code>${scope}</code>`)
      }
    })

    it.each([
      ['', 'en'],
      ['&lang=en', 'en'],
      ['&lang=id', 'id'],
      ['&lang=fr', 'en'],
    ])('with "%s" speaks %s', async (more, language) => {
      expect(await show(['esign'], more)).toContain(`<html lang="${language}">`)
    })
  })
