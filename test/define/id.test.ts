import { createMockOAuth } from 'mock-oauth'
import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { acmeOf } from '../guide/guide.ts'
import { saidOf } from './said.ts'

const acme = await acmeOf()

describe('the id of a definition', () => {
  it.each(['acme2', 'acme@2024', 'acme-pay@v1.2', '4pay'])('may be %s', async (id) => {
    await using mock = await createMockOAuth({ providers: [{ ...acme, id }] })
    const { providers: played, url } = await mock.listen({ port: 0 })
    expect(played()[id]?.baseUrl).toBe(`${url}/${id}`)
    const { accessToken } = await mock.mint()
    const { status } = await fetch(played()[id]?.apiUrl ?? '', { headers: { authorization: `Bearer ${accessToken}` } })
    expect(status).toBe(200)
  })

  it.each(['_mock', '~world', 'Acme', 'acme:sandbox', 'acme/pay', 'acme pay', '-acme', 'acme@', '', '..'])(
    'may not be "%s"',
    async (id) => {
      expect(await saidOf({ ...acme, id })).toMatch(/id is ".*"\. Expected lower-case letters, digits and hyphens/)
    },
  )

  it('is its own: no provider of the list has it, played or not', async () => {
    const says =
      'mekari: id is "mekari", and so is that of a provider of mock-oauth. Expected an id of its own, such as "my-mekari".'
    expect(await saidOf({ ...acme, id: 'mekari' })).toBe(says)
    expect(await saidOf('mekari', { ...acme, id: 'mekari' })).toBe(says)
  })

  it('is its own: no other definition has it', async () => {
    expect(await saidOf(acme, { ...acme })).toBe(
      'acme: id is "acme", and so is that of another definition. Expected an id of its own, such as "my-acme".',
    )
  })

  it('may be said twice of one definition, by name or as a value', async () => {
    const { mekari } = providers
    await using mock = await createMockOAuth({ providers: [acme, acme, 'mekari', ...(mekari ? [mekari] : [])] })
    const { providers: played } = await mock.listen({ port: 0 })
    expect(Object.keys(played())).toEqual(['acme', 'mekari', 'mekari:sandbox'])
  })
})
