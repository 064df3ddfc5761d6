import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, tokensOf } from '../answer.ts'
import { browse, hidden } from '../browse.ts'
import { deadGrant } from './answers.ts'
import { callback, type Integration, openMercadoPago, the2024, thePage } from './client.ts'

const host = 'https://auth.mercadopago.com.br'

/** The first seller signs in at the Brazilian host, on the way to a page there. */
async function signIn(program: Integration, page: string) {
  const [seller] = await program.mock.users.list()
  const go = browse(program)
  const at = headerOf(await go(page), 'location') ?? ''
  const csrf = hidden((await go(at)).body, 'csrf')
  const back = await go(at, { csrf, user_id: seller?.email ?? '', password: seller?.password ?? '' })
  return { go, at, next: headerOf(back, 'location') ?? '' }
}

const asked = ({ clientId }: Integration) =>
  `${host}/authorization?${new URLSearchParams({ client_id: clientId, response_type: 'code', platform_id: 'mp', state: 's', redirect_uri: callback })}`

/** What a seller sees. */
export const sellerSuite = (door: Door) =>
  describe.each([thePage, the2024])('a seller at $provider', (edition) => {
    it('signs in, sees who asks for what, authorizes and is sent back', async () => {
      const program = await openMercadoPago(door, edition, { consent: 'page' })
      const { go, at, next } = await signIn(program, asked(program))
      expect(at).toMatch(new RegExp(`^${host}/jms/mla/lgz/login/\\?application_id=${program.clientId}&go=`))
      expect(next).toBe(asked(program))
      const { body } = await go(next)
      for (const said of ['Keep access while you are away', 'Read the data of your account', 'charge and refund']) {
        expect(body).toContain(said)
      }
      const sent = await go(next, { consent: hidden(body, 'consent'), decision: 'approve' })
      expect(headerOf(sent, 'location')).toMatch(
        /^http:\/\/localhost:3000\/callback\?code=TG-[0-9a-f]{24}-\d+&state=s$/,
      )
    })

    it('is sent back with access_denied after a no', async () => {
      const program = await openMercadoPago(door, edition, { consent: 'page' })
      const { go, next } = await signIn(program, asked(program))
      const sent = await go(next, { consent: hidden((await go(next)).body, 'consent'), decision: 'deny' })
      expect(headerOf(sent, 'location')).toBe(
        `${callback}?error=access_denied&error_description=User+denied+access&state=s`,
      )
    })

    it('unlinks the application on a page of the own account: both tokens are dead', async () => {
      const program = await openMercadoPago(door, edition)
      const { access, refresh } = tokensOf(await program.exchange(await program.code()))
      const page = `${host}/connected-applications`
      const { go } = await signIn(program, page)
      const { body } = await go(page)
      const end = /name="disconnect" value="([^"]+)"/.exec(body)?.[1] ?? ''
      expect(body).toContain('Example app for Mercado Pago')
      await go(page, { page_token: hidden(body, 'page_token'), disconnect: end })
      expect((await program.me(access)).status).toBe(401)
      expect(await program.refresh(refresh)).toEqual(deadGrant)
      expect(program.mock.webhooks.list().map(({ event }) => event)).toEqual([
        'application.authorized',
        'application.deauthorized',
      ])
    })
  })
