import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { shown } from './answers.ts'
import { issuer, openStandard } from './client.ts'

const signing = ['RS256', 'PS256', 'ES256', 'EdDSA', 'Ed25519']
const proving = ['client_secret_basic', 'client_secret_post', 'private_key_jwt']
const documents = ['openid-configuration', 'oauth-authorization-server']

/** What a program learns without asking anybody. */
export const discoverySuite = (door: Door) =>
  describe('discovery', () => {
    it.each(documents)('tells all that is played at /.well-known/%s', async (name) => {
      const { request } = await openStandard(door)
      const answer = await request(`${issuer}/.well-known/${name}`)
      const told = JSON.parse(answer.body)
      expect(answer).toEqual(shown(200, told))
      const device = 'urn:ietf:params:oauth:grant-type:device_code'
      expect(told).toEqual({
        issuer,
        authorization_endpoint: `${issuer}/authorize`,
        token_endpoint: `${issuer}/token`,
        jwks_uri: `${issuer}/jwks`,
        subject_types_supported: ['public'],
        response_types_supported: ['code'],
        grant_types_supported: ['authorization_code', 'refresh_token', 'client_credentials', device],
        userinfo_endpoint: `${issuer}/userinfo`,
        scopes_supported: ['openid', 'profile', 'email', 'offline_access', 'api'],
        token_endpoint_auth_methods_supported: [...proving, 'none'],
        token_endpoint_auth_signing_alg_values_supported: signing,
        id_token_signing_alg_values_supported: ['RS256', 'ES256', 'EdDSA'],
        revocation_endpoint: `${issuer}/revoke`,
        introspection_endpoint: `${issuer}/introspect`,
        pushed_authorization_request_endpoint: `${issuer}/par`,
        device_authorization_endpoint: `${issuer}/device_authorization`,
        end_session_endpoint: `${issuer}/logout`,
        code_challenge_methods_supported: ['S256'],
        response_modes_supported: ['query', 'form_post'],
        authorization_response_iss_parameter_supported: true,
        claims_supported: 'sub iss aud exp iat auth_time nonce at_hash name email email_verified'.split(' '),
        prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
        revocation_endpoint_auth_methods_supported: [...proving, 'none'],
        revocation_endpoint_auth_signing_alg_values_supported: signing,
        introspection_endpoint_auth_methods_supported: proving,
        introspection_endpoint_auth_signing_alg_values_supported: signing,
        request_parameter_supported: false,
        request_uri_parameter_supported: false,
        require_pushed_authorization_requests: false,
      })
    })

    it('takes no other method, and shows nothing under another name', async () => {
      const { request } = await openStandard(door)
      for (const name of documents) {
        expect((await request(`${issuer}/.well-known/${name}`, { method: 'POST' })).status).toBe(405)
      }
      expect((await request(`${issuer}/.well-known/openid-configuration/standard`)).status).toBe(404)
    })

    it('names the endpoints as a server writes them, by prefix and at the root', async () => {
      const { mock } = await openStandard(door)
      const { url } = await mock.listen({ port: 0 })
      const at = async (path: string) => (await fetch(url + path)).json()
      for (const name of documents) {
        const byPrefix = { issuer: `${url}/standard`, token_endpoint: `${url}/standard/token` }
        expect(await at(`/standard/.well-known/${name}`)).toMatchObject(byPrefix)
        expect(await at(`/.well-known/${name}/standard`)).toMatchObject(byPrefix)
        expect(await at(`/.well-known/${name}`)).toMatchObject({ issuer: url, token_endpoint: `${url}/token` })
      }
    })
  })
