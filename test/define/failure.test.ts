import { createMockOAuth } from 'mock-oauth'
import { defineProvider, leaf } from 'mock-oauth/define'
import { expect, it, vi } from 'vitest'
import { acmeOf } from '../guide/guide.ts'

const acme = await acmeOf()
const [resource] = acme.api.resources

/** Well behaved until the first real user comes. */
const failing = leaf('the branch', ({ user }) => {
  if (user?.email.endsWith('@example.com')) return 'Jakarta'
  throw new Error('no branch')
})

it('a function that fails later is shown as the bug that it is, and the mock plays on', async () => {
  const log = vi.spyOn(console, 'error').mockReturnValue()
  if (!resource) expect.fail('the guide has a resource')
  const own = defineProvider({
    ...acme,
    api: { ...acme.api, resources: [{ ...resource, answer: { branch: failing } }] },
  })
  await using mock = await createMockOAuth({ providers: [own] })
  const user = await mock.users.add({ name: 'Budi Santoso', email: 'budi@other.example' })
  const { accessToken } = await mock.mint({ user: user.id })
  const headers = { authorization: `Bearer ${accessToken}` }
  await expect(mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers, body: '' })).rejects.toThrow(
    'no branch',
  )

  const listening = await mock.listen({ port: 0 })
  expect((await fetch(listening.provider().apiUrl, { headers })).status).toBe(500)
  expect(log).toHaveBeenCalledWith(
    expect.stringContaining('a function in a definition of your own'),
    expect.objectContaining({ message: 'no branch' }),
  )
  expect((await fetch(listening.provider().apiUrl)).status).toBe(401)
})
