import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { json, tokenAnswer, tokenError } from './answers.ts'
import { openMekari } from './client.ts'

/** The third grant, seen in the official Ruby gem only. */
export const clientCredentialsSuite = (door: Door) =>
  describe('client_credentials', () => {
    it('is refused unless the client is flagged for it', async () => {
      const { token, clientId, clientSecret } = await openMekari(door)
      const fields = { client_id: clientId, client_secret: clientSecret, scope: 'sso:profile' }
      expect(await token({ ...fields, grant_type: 'client_credentials' })).toEqual(
        tokenError(400, 'unauthorized_client', 'The client may not use this grant type'),
      )
    })

    it('answers a flagged client with three keys: no refresh token, nobody behind it', async () => {
      const { token, api, clientId, clientSecret } = await (await openMekari(door)).with({
        grantTypes: ['client_credentials'],
      })
      const fields = { client_id: clientId, client_secret: clientSecret, grant_type: 'client_credentials' }
      const answer = await token({ ...fields, scope: 'sso:profile' })
      const { access_token } = JSON.parse(answer.body)
      expect(answer).toEqual(tokenAnswer({ access_token, token_type: 'bearer', expires_in: 3600 }))
      expect(await api(access_token)).toEqual(json(200, {}))
      expect((await api(access_token, '/v2/esign/v1/profile')).status).toBe(403)
      expect((await token(fields)).status).toBe(200)
      expect(await token({ ...fields, scope: 'sso:profile jurnal' })).toEqual(
        tokenError(400, 'invalid_scope', 'The client may not ask for this scope'),
      )
      expect(await token({ ...fields, client_secret: 'x' })).toEqual(
        tokenError(401, 'invalid_client', 'Wrong client secret'),
      )
    })

    it('does not open the authorization endpoint', async () => {
      const { authorize } = await (await openMekari(door)).with({ grantTypes: ['client_credentials'] })
      expect(locationOf(await authorize())).toBe(
        'http://localhost:3000/callback?error=unauthorized_client&error_description=The+client+may+not+use+the+authorization+code+grant',
      )
    })
  })
