import { providers } from 'mock-oauth/providers'
import { describe, expect, it } from 'vitest'
import { theirOwn } from '../src/control/addresses.ts'
import { playBrowser } from '../src/control/browser.ts'
import { registerUser } from '../src/control/users.ts'
import { serve } from '../src/engine/serve.ts'
import { itself } from '../src/engine/visit.ts'
import type { ProviderDefinition } from '../src/vocabulary/definition.ts'
import { environmentsOf } from '../src/vocabulary/environment.ts'
import { type ConsentMode, createWorld } from '../src/world/world.ts'

const grant_type = 'urn:ietf:params:oauth:grant-type:device_code'

/** No provider has both devices and roles, and no public door takes a definition. */
async function plug(consent: ConsentMode) {
  const { standard } = providers
  if (!standard) throw new Error('standard is not played')
  const authorize = { ...standard.authorize, roles: { admin: 'allowed', viewer: 'refused' } }
  const environments = environmentsOf({ ...standard, authorize } as ProviderDefinition)
  const world = await createWorld({ environments, seed: 'roles', realTime: () => 0, consent })
  const [client] = await world.store.listClients()
  const post = async (path: string, fields: Readonly<Record<string, string>>) => {
    const own = { client_id: client?.id ?? '', client_secret: client?.secret ?? '' }
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const body = String(new URLSearchParams({ ...own, ...fields }))
    const answer = await serve({ method: 'POST', url: `https://standard.example${path}`, headers, body }, world, itself)
    return JSON.parse(answer.body) as Record<string, string>
  }
  return { world, post }
}

describe('where roles decide who may connect', () => {
  it('a device waits on when somebody whose role may not has tried to approve', async () => {
    const { world, post } = await plug('page')
    const { device_code = '', verification_uri_complete = '' } = await post('/device_authorization', {})
    for (const role of ['viewer', 'admin']) await registerUser(world, { email: `${role}@example.com`, role })
    const approve = (user: string) => playBrowser(world, theirOwn, verification_uri_complete, { user })
    expect(await approve('viewer@example.com')).toMatchObject({
      errorPage: { kind: 'user_not_allowed', expected: 'admin', came: 'viewer' },
    })
    expect((await post('/token', { grant_type, device_code })).error).toBe('authorization_pending')
    expect(await approve('admin@example.com')).toEqual({ device: 'approved' })
    expect((await post('/token', { grant_type, device_code })).access_token).toBeDefined()
  })

  it('the first person denies, where no page is shown and the role does not let them approve', async () => {
    const { world, post } = await plug('approve')
    for (const { id } of await world.people()) await world.store.removeUser(id, { at: 0 })
    await registerUser(world, { email: 'viewer@example.com', role: 'viewer' })
    const { device_code = '' } = await post('/device_authorization', {})
    expect((await post('/token', { grant_type, device_code })).error).toBe('access_denied')
  })
})
