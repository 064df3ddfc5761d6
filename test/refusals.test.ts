import { describe, expect, it } from 'vitest'
import { direct } from './doors.ts'
import { apiCases } from './refusals/api.ts'
import { authorizeCases } from './refusals/authorize.ts'
import { refreshCases } from './refusals/refresh.ts'
import { tokenCases } from './refusals/token.ts'
import { type Integration, openMekari } from './suites/mekari/client.ts'

const lastOf = ({ mock }: Integration) => mock.requests().at(-1)?.refusal

describe('the journal says of', () => {
  it.each([...authorizeCases, ...tokenCases, ...refreshCases, ...apiCases])(
    '%s: which rule refused it, what was expected and what came',
    async (_, act) => {
      const program = await openMekari(direct)
      const because = await act(program)
      expect(lastOf(program)).toEqual(because)
    },
  )

  it('the uses of a code or refresh token that lost a race: that it was used', async () => {
    const { mock, code, connect, exchange, refresh } = await openMekari(direct)
    const refusalsSince = (id: string | undefined) =>
      mock.requests(id ? { since: id } : {}).flatMap((one) => one.refusal?.kind ?? [])
    const value = await code()
    await Promise.all([1, 2, 3].map(() => exchange(value)))
    expect(refusalsSince(undefined)).toEqual(['code_used', 'code_used'])
    const pair = await connect()
    const last = mock.requests().at(-1)?.id
    await Promise.all([1, 2, 3].map(() => refresh(pair.refresh)))
    expect(refusalsSince(last)).toEqual(['refresh_token_reused', 'refresh_token_reused'])
  })

  it('a token that a refresh replaced: which rule refused it', async () => {
    const program = await openMekari(direct, { assume: { 'mekari.old-access-token': 'dies' } })
    const { access: came, refresh } = await program.connect()
    await program.refresh(refresh)
    await program.api(came)
    expect(lastOf(program)).toEqual({
      kind: 'access_token_replaced',
      parameter: 'authorization',
      came,
      rule: 'refresh.token.oldAccessToken',
      expected: 'the newest access token',
    })
  })
})
