import { challenge } from '../pkce.ts'
import { scope } from '../suites/mekari/client.ts'
import type { Case } from './case.ts'

/** What the authorization endpoint refuses. */
export const authorizeCases: readonly Case[] = [
  [
    'an authorization without a client',
    async ({ authorize }) => {
      await authorize({ client_id: undefined })
      return { kind: 'client_missing', parameter: 'client_id', rule: 'authorize.parameters.client_id' }
    },
  ],
  [
    'an authorization for nobody',
    async ({ authorize }) => {
      await authorize({ client_id: 'nobody' })
      return { kind: 'client_unknown', parameter: 'client_id', came: 'nobody', expected: 'a registered client id' }
    },
  ],
  [
    "an authorization for the sandbox's client",
    async ({ mock, authorize }) => {
      const came = mock.provider('mekari:sandbox').clientId
      await authorize({ client_id: came })
      const expected = 'a client id of this environment; this one is of mekari:sandbox'
      return { kind: 'client_unknown', parameter: 'client_id', came, expected }
    },
  ],
  [
    'an authorization for a suspended client',
    async (program) => {
      const { authorize } = await program.with({ status: 'suspended' })
      await authorize()
      return {
        kind: 'client_inactive',
        rule: 'client.registration',
        expected: 'status active',
        came: 'status suspended',
      }
    },
  ],
  [
    'an unregistered redirect URI',
    async (program) => {
      const { authorize } = await program.with({ redirectUris: ['https://a.example/1', 'https://a.example/2'] })
      await authorize({ redirect_uri: 'https://a.example/3' })
      return {
        kind: 'redirect_uri_mismatch',
        parameter: 'redirect_uri',
        rule: 'authorize.parameters.redirect_uri',
        expected: 'https://a.example/1 or https://a.example/2',
        came: 'https://a.example/3',
      }
    },
  ],
  [
    'an authorization without response_type',
    async ({ authorize }) => {
      await authorize({ response_type: undefined })
      return {
        kind: 'parameter_missing',
        parameter: 'response_type',
        rule: 'authorize.parameters.response_type',
        expected: 'required, always code',
        came: 'nothing',
      }
    },
  ],
  [
    'another response_type',
    async ({ authorize }) => {
      await authorize({ response_type: 'token' })
      return {
        kind: 'response_type_unsupported',
        parameter: 'response_type',
        rule: 'authorize.parameters.response_type',
        expected: 'code',
        came: 'token',
      }
    },
  ],
  [
    'an authorization by a client without the grant',
    async (program) => {
      const { authorize } = await program.with({ grantTypes: ['refresh_token', 'client_credentials'] })
      await authorize()
      return {
        kind: 'grant_not_allowed',
        expected: 'authorization_code',
        came: 'refresh_token client_credentials',
      }
    },
  ],
  [
    'a scope of spaces',
    async ({ authorize }) => {
      await authorize({ scope: '  ' })
      return { kind: 'scope_missing', parameter: 'scope', came: 'separators only' }
    },
  ],
  [
    'a scope that is not registered',
    async ({ authorize }) => {
      await authorize({ scope: 'esign qontak-crm:all' })
      return {
        kind: 'scope_not_allowed',
        parameter: 'scope',
        rule: 'client.registration',
        expected: scope,
        came: 'qontak-crm:all',
      }
    },
  ],
  [
    'a public client without a challenge',
    async (program) => {
      const { authorize } = await program.with({ public: true })
      await authorize()
      return {
        kind: 'challenge_missing',
        parameter: 'code_challenge',
        expected: 'a public client sends a code challenge',
      }
    },
  ],
  [
    'a challenge method without a challenge',
    async ({ authorize }) => {
      await authorize({ code_challenge_method: 'S256' })
      return {
        kind: 'challenge_missing',
        parameter: 'code_challenge',
        expected: 'a challenge beside its method',
        came: 'the method alone',
      }
    },
  ],
  [
    'a challenge without its method',
    async ({ authorize }) => {
      await authorize({ code_challenge: challenge.code_challenge })
      return {
        kind: 'challenge_method_unsupported',
        parameter: 'code_challenge_method',
        rule: 'authorize.challengeMethods',
        expected: 'S256',
        came: 'none, which means plain',
      }
    },
  ],
  [
    'a challenge of another form',
    async ({ authorize }) => {
      await authorize({ ...challenge, code_challenge: 'short' })
      return {
        kind: 'challenge_malformed',
        parameter: 'code_challenge',
        expected: '43 base64url characters',
        came: 'short',
      }
    },
  ],
  [
    'a parameter sent twice',
    async ({ authorize, request, clientId }) => {
      await authorize()
      await request(`https://account.mekari.com/auth?client_id=${clientId}&scope=esign&scope=esign`)
      return { kind: 'parameter_repeated', parameter: 'scope', expected: 'sent once' }
    },
  ],
]
