import { challenge, verifier } from '../pkce.ts'
import { scope } from '../suites/mekari/client.ts'
import { type Case, callback } from './case.ts'

const basic = (text: string) => ({ authorization: `Basic ${text}` })

/** What the token endpoint refuses to exchange a code for. */
export const tokenCases: readonly Case[] = [
  [
    'an unreadable Authorization header',
    async ({ token }) => {
      await token({ grant_type: 'authorization_code' }, basic('Og=='))
      return {
        kind: 'client_authentication_malformed',
        parameter: 'authorization',
        expected: 'Basic base64(id:secret)',
      }
    },
  ],
  [
    'a token request without a client',
    async ({ exchange }) => {
      await exchange('x', { client_id: undefined, client_secret: undefined })
      return { kind: 'client_missing', parameter: 'client_id', rule: 'token.client' }
    },
  ],
  [
    'a token request of nobody',
    async ({ exchange }) => {
      await exchange('x', { client_id: 'nobody' })
      return { kind: 'client_unknown', parameter: 'client_id', came: 'nobody', expected: 'a registered client id' }
    },
  ],
  [
    "a token request with the sandbox's client id",
    async ({ mock, exchange }) => {
      const came = mock.provider('mekari:sandbox').clientId
      await exchange('x', { client_id: came })
      const expected = 'a client id of this environment; this one is of mekari:sandbox'
      return { kind: 'client_unknown', parameter: 'client_id', came, expected }
    },
  ],
  [
    'a token request without the secret',
    async ({ exchange }) => {
      await exchange('x', { client_secret: undefined })
      return { kind: 'client_secret_missing', parameter: 'client_secret', rule: 'token.client' }
    },
  ],
  [
    'a token request with a wrong secret',
    async ({ exchange }) => {
      await exchange('x', { client_secret: 'wrong' })
      return {
        kind: 'client_secret_wrong',
        parameter: 'client_secret',
        came: 'wrong',
        expected: 'the secret of this client',
      }
    },
  ],
  [
    'a public client with a secret',
    async (program) => {
      const { exchange } = await program.with({ public: true })
      await exchange('x', { client_secret: 'one' })
      return { kind: 'client_secret_unexpected', parameter: 'client_secret' }
    },
  ],
  [
    'a token request without a grant type',
    async ({ exchange }) => {
      await exchange('x', { grant_type: undefined })
      return {
        kind: 'grant_type_missing',
        parameter: 'grant_type',
        expected: 'authorization_code or refresh_token or client_credentials',
      }
    },
  ],
  [
    'an unknown grant type',
    async ({ exchange }) => {
      await exchange('x', { grant_type: 'password' })
      return {
        kind: 'grant_type_unsupported',
        parameter: 'grant_type',
        expected: 'authorization_code or refresh_token or client_credentials',
        came: 'password',
      }
    },
  ],
  [
    'a grant that the client is not registered for',
    async ({ token, clientId: client_id, clientSecret: client_secret }) => {
      await token({ client_id, client_secret, grant_type: 'client_credentials' })
      return {
        kind: 'grant_not_allowed',
        parameter: 'grant_type',
        expected: 'authorization_code or refresh_token',
        came: 'client_credentials',
      }
    },
  ],
  [
    'a missing code',
    async ({ token, clientId: client_id, clientSecret: client_secret }) => {
      await token({ client_id, client_secret, grant_type: 'authorization_code', scope })
      return {
        kind: 'parameter_missing',
        parameter: 'code',
        rule: 'token.exchange.parameters.code',
        expected: 'required',
        came: 'nothing',
      }
    },
  ],
  [
    'a made-up code',
    async ({ exchange }) => {
      await exchange('made-up')
      return { kind: 'code_unknown', parameter: 'code', came: 'made-up', expected: 'a code that was issued' }
    },
  ],
  [
    "another client's code",
    async (program) => {
      const came = await program.code()
      await (await program.with({})).exchange(came)
      return { kind: 'code_of_another_client', parameter: 'code', came, expected: 'an own code' }
    },
  ],
  [
    'a used code',
    async ({ code, exchange }) => {
      const came = await code()
      await exchange(came)
      await exchange(came)
      return {
        kind: 'code_used',
        parameter: 'code',
        came,
        rule: 'authorize.code.replay',
        expected: 'a code not used before',
      }
    },
  ],
  [
    'a revoked code',
    async ({ code, exchange, mock }) => {
      const came = await code()
      for (const { id } of await mock.grants.list()) await mock.grants.revoke(id)
      await exchange(came)
      return { kind: 'code_revoked', parameter: 'code', came, expected: 'an authorization that stands' }
    },
  ],
  [
    'an expired code',
    async ({ code, exchange, wait }) => {
      const came = await code()
      wait('5m')
      await exchange(came)
      return {
        kind: 'code_expired',
        parameter: 'code',
        came,
        rule: 'authorize.code.lifetime',
        expected: 'use before 2026-01-31T12:05:00.000Z',
      }
    },
  ],
  [
    'the redirect URI of another request',
    async ({ code, exchange }) => {
      await exchange(await code(), { redirect_uri: 'https://a.example/' })
      return {
        kind: 'redirect_uri_mismatch',
        parameter: 'redirect_uri',
        rule: 'token.exchange.parameters.redirect_uri',
        expected: callback,
        came: 'https://a.example/',
      }
    },
  ],
  [
    'a verifier without a challenge',
    async ({ code, exchange }) => {
      await exchange(await code(), { code_verifier: verifier })
      return {
        kind: 'verifier_unexpected',
        parameter: 'code_verifier',
        expected: 'no verifier: the authorization request had no challenge',
      }
    },
  ],
  [
    'a missing verifier',
    async ({ code, exchange }) => {
      await exchange(await code(challenge))
      return { kind: 'verifier_missing', parameter: 'code_verifier', expected: 'the verifier of the challenge' }
    },
  ],
  [
    'a malformed verifier',
    async ({ code, exchange }) => {
      await exchange(await code(challenge), { code_verifier: 'short' })
      return {
        kind: 'verifier_malformed',
        parameter: 'code_verifier',
        expected: '43 to 128 unreserved characters',
        came: 'short',
      }
    },
  ],
  [
    'another verifier',
    async ({ code, exchange }) => {
      await exchange(await code(challenge), { code_verifier: `${verifier}x` })
      return {
        kind: 'verifier_mismatch',
        parameter: 'code_verifier',
        expected: 'the verifier of the challenge',
        came: `${verifier}x`,
      }
    },
  ],
  [
    'another scope than the authorized one',
    async ({ code, exchange }) => {
      await exchange(await code(), { scope: 'esign' })
      return {
        kind: 'scope_mismatch',
        parameter: 'scope',
        rule: 'token.exchange.parameters.scope',
        expected: scope,
        came: 'esign',
      }
    },
  ],
  [
    'a scope that was taken from the client since',
    async ({ code, exchange, mock, clientId }) => {
      const came = await code()
      await mock.clients.change(clientId, { provider: 'mekari', scopes: ['esign'] })
      await exchange(came)
      return {
        kind: 'scope_withdrawn',
        parameter: 'scope',
        rule: 'client.registration',
        expected: 'esign',
        came: 'sso:profile',
      }
    },
  ],
  [
    'a scope for the client itself that it does not have',
    async (program) => {
      const { token, clientId, clientSecret } = await program.with({ grantTypes: ['client_credentials'] })
      await token({
        client_id: clientId,
        client_secret: clientSecret,
        grant_type: 'client_credentials',
        scope: 'qontak-crm:all',
      })
      return {
        kind: 'scope_not_allowed',
        parameter: 'scope',
        rule: 'clientCredentials.parameters.scope',
        expected: scope,
        came: 'qontak-crm:all',
      }
    },
  ],
]
