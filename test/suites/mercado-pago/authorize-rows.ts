import { describe, expect, it } from 'vitest'
import type { Answer, Door } from '../../doors.ts'
import { headerOf } from '../answer.ts'
import { redirect } from './answers.ts'
import { callback, type Integration, openMercadoPago, the2024, thePage } from './client.ts'

/** What is shown on an error page, and nowhere else. */
const pageThatSays = (...said: string[]) => ({
  status: 400,
  headers: expect.not.arrayContaining([['location', expect.anything()]]),
  body: expect.stringMatching(new RegExp(said.map((text) => `(?=[^]*${text})`).join(''))),
})

/** What the authorization endpoint refuses, each with its answer. */
interface Row {
  readonly condition: string
  readonly answer: unknown
  readonly provoked: readonly ((program: Integration) => Promise<Answer>)[]
  /** An assumption that is chosen. */
  readonly assume?: string
}

const asking =
  (changes: Parameters<Integration['authorize']>[0]) =>
  ({ authorize }: Integration) =>
    authorize(changes)

const denied = `${callback}?error=access_denied&error_description=User+denied+access`

/** The seller says no. */
const denying = async ({ mock, clientId }: Integration, state?: string): Promise<Answer> => {
  const { authorizeUrl } = mock.provider()
  const query = new URLSearchParams({ client_id: clientId, response_type: 'code', redirect_uri: callback })
  if (state) query.set('state', state)
  const { redirectTo, errorPage } = await mock.authorize(`${authorizeUrl}?${query}`, { decision: 'deny' })
  return errorPage ? { status: errorPage.status, headers: [], body: '' } : redirect(redirectTo ?? '')
}

const played: readonly Row[] = [
  {
    condition: 'a redirect_uri that is not the Redirect URL',
    answer: pageThatSays('redirect_uri_mismatch', 'La aplicación no puede conectarse'),
    provoked: ['https://evil.example/', `${callback}/`, `${callback}?x=1`, callback.toUpperCase()].map((redirect_uri) =>
      asking({ redirect_uri }),
    ),
  },
  {
    condition: 'no redirect_uri',
    answer: pageThatSays('invalid_request', 'redirect_uri is a required parameter'),
    provoked: [asking({ redirect_uri: undefined })],
  },
  {
    condition: 'an operator instead of the owner of the account',
    answer: pageThatSays('invalid_operator_user_id', 'Only the owner of the account can connect applications'),
    provoked: [
      async ({ authorize, mock }) => {
        const [person] = await mock.users.list()
        await mock.users.change(person?.id ?? '', { role: 'operator' })
        return authorize()
      },
    ],
  },
  {
    condition: 'an unknown application, or none',
    answer: pageThatSays('<code>(invalid_client|invalid_request)</code>'),
    provoked: [asking({ client_id: '1234567890123456' }), asking({ client_id: undefined })],
  },
  {
    condition: 'the seller says no',
    answer: redirect(denied),
    provoked: [(program) => denying(program)],
  },
  {
    condition: 'the seller says no, and a state was sent',
    answer: redirect(`${denied}&state=s`),
    provoked: [(program) => denying(program, 's')],
  },
  {
    condition: 'the seller says no and stays, as denial=page has it',
    answer: { status: 400, headers: [], body: '' },
    provoked: [(program) => denying(program)],
    assume: 'denial=page',
  },
  {
    condition: 'a missing or wrong response_type',
    answer: pageThatSays('<code>(unsupported_response_type|invalid_request)</code>', '<code>response_type</code>'),
    provoked: [asking({ response_type: undefined }), asking({ response_type: 'token' })],
  },
  {
    condition: 'a blocked application',
    answer: pageThatSays('unauthorized_application'),
    provoked: [async (program) => (await program.with({ status: 'suspended' })).authorize()],
  },
  {
    condition: 'a challenge that is none',
    answer: pageThatSays('The code challenge is not well formed'),
    provoked: [asking({ code_challenge: 'short', code_challenge_method: 'S256' })],
  },
  {
    condition: 'a challenge method that nobody has',
    answer: pageThatSays('The code challenge method is not supported'),
    provoked: [asking({ code_challenge: 'x'.repeat(43), code_challenge_method: 'S512' })],
  },
  {
    condition: 'a parameter that comes twice',
    answer: pageThatSays('Wrong number of parameters with duplicate values.'),
    provoked: [
      ({ request, clientId }) =>
        request(
          `https://auth.mercadopago.com.ar/authorization?client_id=${clientId}&response_type=code&state=1&state=2&redirect_uri=${callback}`,
        ),
    ],
  },
]

/** What has been seen at the authorization endpoint and is not played. */
const leftOut = {
  'a wrong redirect_uri is told to that very redirect_uri (2015, 2016)':
    'an open redirect: nothing is ever sent to an unregistered URI; today a page is shown',
  'the same with a sentence about hosts and domains (2016)': 'the same, and there are no application domains here',
  'the same with a third sentence (2020)': 'the same; only the sentence of today is shown, on a page',
  'the seller lands on the dashboard without a dialog (2021)': 'reported once; nobody knows why',
}

/** Every refusal of the authorization endpoint. */
export const authorizeRowsSuite = (door: Door) =>
  describe.each([thePage, the2024])('the authorization endpoint of $provider answers', (edition) => {
    it.each(played)('$condition', async ({ answer, provoked, assume }) => {
      const [name = '', choice = ''] = assume?.split('=') ?? []
      for (const provoke of provoked) {
        const program = await openMercadoPago(door, edition, {
          ...(assume === undefined ? {} : { assume: { [`${edition.provider}.${name}`]: choice } }),
        })
        const { status, headers, body } = await provoke(program)
        expect({ status, headers, body }).toEqual(answer)
        if (status === 400) expect(headerOf({ status, headers, body }, 'location')).toBeUndefined()
      }
    })

    it('what has been seen, or leaves it out for a reason', () => {
      expect([played.length, Object.keys(leftOut).length]).toEqual([12, 4])
    })
  })
