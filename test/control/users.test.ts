import { describe, expect, it } from 'vitest'
import { mistake, says, serve } from './serve.ts'

describe('users', () => {
  it('are given an account, shown, changed and taken away', async () => {
    const { control } = await serve()
    const person = { name: 'Sri Wahyuni', email: 'sri@example.com', password: 'rahasia', company: 'PT Maju' }
    const made = await control('POST /users', person)
    expect(made).toEqual({ status: 201, body: { id: expect.stringMatching(/^\d{9}$/), ...person } })
    const { id } = made.body as { id: string }
    expect((await control('GET /users')).body).toHaveLength(4)
    expect(await control(`GET /users/${person.email}`)).toEqual({ status: 200, body: { id, ...person } })
    expect(await control(`PATCH /users/${id}`, { name: 'Sri' })).toEqual({
      status: 200,
      body: { id, ...person, name: 'Sri' },
    })
    expect(await control(`DELETE /users/${id}`)).toEqual({ status: 204, body: undefined })
    for (const method of ['GET', 'DELETE']) {
      expect(await control(`${method} /users/${id}`)).toEqual(mistake(404, 'unknown_user', says(id)))
    }
  })

  it.each<[object, string]>([
    [{ email: 'none' }, 'e-mail'],
    [{ name: '' }, '1 to 200'],
    [{ role: 'admin' }, 'role'],
    [{ id: '1' }, 'id'],
  ])('are refused with the mistake named: %j', async (input, word) => {
    const { control } = await serve()
    const { status, body } = await control('POST /users', input)
    expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(word)])
  })

  it('share no e-mail address', async () => {
    const { control, mock } = await serve()
    const [first] = await mock.users.list()
    expect(await control('POST /users', { email: first?.email })).toEqual(
      mistake(400, 'invalid_user', says('account already')),
    )
  })
})
