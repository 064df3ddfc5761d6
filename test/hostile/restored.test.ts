import fc from 'fast-check'
import type { HttpRequest, MockOAuth, Snapshot } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { serve } from '../control/serve.ts'
import { sendRaw } from '../laws/http.ts'
import { seed } from '../seed.ts'
import { createDoor } from '../state/door.ts'
import { damaged, damages } from './damage.ts'

const effort = Number(process.env.MOCK_OAUTH_TEST_EFFORT ?? 1)

/** A world in which something of each kind has happened. */
async function lived(mock: MockOAuth, receiver: string) {
  const door = createDoor(mock)
  await mock.clients.register({ provider: 'finexer', id: 'told', webhooks: { url: receiver } })
  await mock.mint({ provider: 'finexer', client: 'told' })
  const faults = [
    'webhook duplicate copies=3',
    'webhook reorder count=2',
    'standard/token replace fields.access_token=a-token-of-my-own',
    'standard/token:refresh_token error after refusal=refresh_token_reused nth=9',
    'standard/token hold count=1 order=[1] nth=2',
    'standard/token rateLimit retryAfter=30s nth=4',
    'standard/api expireEarly nth=7',
    'standard/authorize tamper fields.state=other nth=9',
    'standard/revoke status status=200 body={"a":1} headers.x-a=1 nth=9',
  ]
  for (const fault of faults) mock.faults.arm(fault)
  const { redirectTo = '' } = (await door.askForCode()) as { redirectTo?: string }
  await door.push()
  await door.askForDevice()
  await door.signIn()
  await door.assert()
  await door.apply()
  const { accessToken, refreshToken = '' } = await mock.mint({ provider: 'standard' })
  mock.rotations.set('grace:30', 'standard')
  const { tokenUrl, apiUrl, client } = mock.provider('standard')
  const { clientId, clientSecret } = client
  const form = {
    authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
    'content-type': 'application/x-www-form-urlencoded',
  }
  const post = (fields: Record<string, string>): HttpRequest => ({
    ...{ method: 'POST', url: tokenUrl, headers: form, body: String(new URLSearchParams(fields)) },
  })
  const refresh = post({ grant_type: 'refresh_token', refresh_token: refreshToken })
  const requests = [
    refresh,
    post({ grant_type: 'authorization_code', code: new URL(redirectTo).searchParams.get('code') ?? '' }),
    { method: 'GET', url: apiUrl, headers: { authorization: `Bearer ${accessToken}` }, body: '' },
  ]
  for (const request of [...requests, refresh]) await mock.handle(request)
  await mock.keys.rotate({ provider: 'standard' })
  return { door, requests }
}

describe(`a snapshot that somebody has damaged (seed ${seed})`, () => {
  it('is refused and changes nothing, or is restored and played', async () => {
    const { mock, url } = await serve({ providers: ['standard', 'finexer', 'mercury'] })
    const { door, requests } = await lived(mock, 'http://127.0.0.1:1/')
    await mock.clock.move({ freeze: true })
    const [shown, whole] = [await mock.snapshot(), await mock.snapshot({ secrets: true })]
    const send = (method: string, path: string, body = '') =>
      sendRaw(url, {
        ...{ method, url: `http://control/_mock${path}`, body },
        headers: body === '' ? {} : { 'content-type': 'application/json' },
      })
    const put = (document: Snapshot) => send('PUT', '/snapshot', JSON.stringify(document))
    let taken = 0
    await fc.assert(
      fc.asyncProperty(damages, fc.boolean(), async (damage, secrets) => {
        await mock.restore(whole)
        const { status, body } = await put(damaged(secrets ? whole : shown, damage))
        expect(status, body).toBeOneOf([200, 204, 400])
        if (status === 400) {
          expect(JSON.parse(body).error, body).toMatchObject({ code: expect.stringMatching(/^invalid_/) })
          expect(body.length, body).toBeLessThan(1_000)
          expect(await mock.snapshot({ secrets: true })).toEqual(whole)
          return
        }
        taken++
        const lists = ['/providers', '/clients', '/users', '/applications', '/clock', '/grants', '/webhooks', '/faults']
        const looks = [...lists, '/requests', '/requests/last/explain', '/worlds', '/keys', '/snapshot?secrets=true']
        for (const { id } of mock.requests()) looks.push(`/requests/${encodeURIComponent(id)}/explain`)
        for (const { id } of mock.webhooks.list()) looks.push(`/webhooks/${encodeURIComponent(id)}/explain`)
        for (const { id } of await mock.grants.list()) looks.push(`/grants/${encodeURIComponent(id)}`)
        for (const path of looks) {
          const answer = await send('GET', path)
          expect(answer.status, `${path}: ${answer.body.slice(0, 200)}`).toBeLessThan(500)
        }
        const { body: again } = await send('GET', '/snapshot?secrets=true')
        expect((await send('PUT', '/snapshot', again)).status, 'what it gives it takes').toBe(204)
        for (const request of requests) expect((await mock.handle(request)).status).toBeLessThan(500)
        for (const act of [door.askForCode, door.push, door.askForDevice]) {
          await act().catch((why: { code?: string }) => expect(why.code, `${why}`).toBeTypeOf('string'))
        }
        expect((await send('POST', '/clock', '{"advance":"61m"}')).status).toBeLessThan(500)
        await mock.reset()
      }),
      { seed, numRuns: 300 * effort },
    )
    expect(taken).toBeGreaterThan(0)
  })
})
