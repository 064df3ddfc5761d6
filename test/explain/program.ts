import { createMockOAuth, type Fault } from 'mock-oauth'
import type { ProviderDefinition, RotationPolicy } from 'mock-oauth/define'
import { mekari } from '../../src/providers/mekari.ts'

/** The moment at which the clock stands still. */
const noon = Date.UTC(2026, 0, 31, 12)

/** World time so many seconds behind noon, as it is shown. */
export const isoAfter = (seconds: number): string => new Date(noon + seconds * 1000).toISOString()

/** Mekari under another name, with another policy. */
const withRotation = (rotation: RotationPolicy): ProviderDefinition => {
  const { refresh } = mekari
  return { ...mekari, id: 'acme', refresh: { ...refresh, token: { ...refresh.token, rotation } } }
}

/** One client of Mekari, with a rotation policy of choice, at noon. */
export async function openProgram(rotation?: RotationPolicy) {
  const definition = rotation ? withRotation(rotation) : mekari
  const mock = await createMockOAuth({ providers: [definition], seed: 'a life', consent: 'approve' })
  await mock.clock.move({ set: isoAfter(0), freeze: true })
  const {
    clientId: client_id,
    clientSecret: client_secret = '',
    tokenUrl,
    apiUrl,
    authorizeUrl,
  } = mock.provider(definition.id)
  const headers = { 'content-type': 'application/json' }
  const token = async (fields: object) => {
    const body = JSON.stringify({ client_id, client_secret, scope: 'esign', ...fields })
    const answer = await mock.handle({ method: 'POST', url: tokenUrl, headers, body })
    const { access_token = '', refresh_token = '' } = JSON.parse(answer.body || '{}')
    return { ...answer, access: access_token as string, refresh: refresh_token as string }
  }
  const authorize = async () => {
    const url = `${authorizeUrl}?client_id=${client_id}&response_type=code&scope=esign`
    const { redirectTo = '' } = await mock.authorize(url)
    return new URL(redirectTo).searchParams.get('code') ?? ''
  }
  const exchange = (code: string) => token({ grant_type: 'authorization_code', code })
  return {
    mock,
    client_id,
    token,
    authorize,
    exchange,
    connect: async () => exchange(await authorize()),
    refresh: (refresh_token: string) => token({ grant_type: 'refresh_token', refresh_token }),
    api: (access: string, method = 'GET') =>
      mock.handle({ method, url: apiUrl, headers: { authorization: `Bearer ${access}` }, body: '' }),
    arm: (fault: Pick<Fault, 'kind'> & Record<string, string>) =>
      mock.faults.arm({ on: 'token:refresh_token', ...fault } as Fault),
  }
}
