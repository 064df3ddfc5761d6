import { expect } from 'vitest'
import { always, granted, type Law, near, refused, renews, works } from './law.ts'
import { act, demandsChallenge, join, verifier, withChallenge, withoutChallenge } from './party.ts'

/** How a client proves who it is: by its secret, by a verifier. */
export const proofs: readonly Law[] = [
  {
    says: "nothing is granted without the client's secret",
    concerns: always,
    async hold(stage, environment) {
      const [own, other] = [await join(stage, environment), await join(stage, environment)]
      const { access, refresh } = await own.connect()
      await works(own, access)
      for (const secret of [undefined, other.client.secret, ...near(own.client.secret ?? '')]) {
        refused(await own.exchange(await own.code(), { client_secret: secret }), `secret ${secret}`)
        if (refresh) refused(await own.refresh(refresh, { client_secret: secret }), `secret ${secret}`)
      }
      refused(await own.exchange(await own.code(), { client_id: undefined, client_secret: undefined }))
      if (refresh && renews(environment)) granted(await own.refresh(refresh))
    },
  },
  {
    says: 'a code with a challenge works with its verifier only',
    concerns: ({ rules: { authorize } }) => authorize.challengeMethods.length > 0 && authorize.pkce !== 'ignored',
    async hold(stage, environment) {
      const party = await join(stage, environment)
      for (const wrong of [undefined, ...near(verifier), withChallenge.code_challenge]) {
        refused(await party.exchange(await party.code(withChallenge), { code_verifier: wrong }), `verifier ${wrong}`)
      }
      granted(await party.exchange(await party.code(withChallenge), { code_verifier: verifier }))
      const tried = await party.code(withChallenge)
      refused(await party.exchange(tried, { code_verifier: `${verifier}x` }))
      const again = await party.exchange(tried, { code_verifier: verifier })
      if (environment.rules.authorize.code.failedVerifier !== 'challengeLost') return void granted(again)
      refused(again, 'the challenge is spent')
      refused(await party.exchange(tried, { code_verifier: undefined }), 'nor does it work without')
    },
  },
  {
    says: 'a public client gets no code without a challenge, and no tokens without the verifier',
    concerns: ({ rules }) => rules.client.publicClients && rules.authorize.challengeMethods.length > 0,
    async hold(stage, environment) {
      const party = await join(stage, environment, true)
      await expect(party.code(withoutChallenge)).rejects.toThrow('no code')
      if (!environment.rules.authorize.challengeMethods.includes('plain')) {
        await expect(party.code({ code_challenge_method: 'plain' })).rejects.toThrow('no code')
      }
      refused(await party.exchange(await party.code(), { code_verifier: undefined }))
      granted(await party.exchange(await party.code()))
    },
  },
  {
    says: 'where every client has to send a challenge, one with a secret gets no code without, nor tokens without the verifier',
    concerns: demandsChallenge,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      await expect(party.code(withoutChallenge)).rejects.toThrow('no code')
      for (const missing of [{ code_challenge: undefined }, { code_challenge: '' }]) {
        await expect(party.code(missing)).rejects.toThrow('no code')
      }
      refused(await party.exchange(await party.code(), { code_verifier: undefined }))
      granted(await party.exchange(await party.code()))
    },
  },
  {
    says: 'a plain challenge is answered by its verifier only',
    concerns: ({ rules: { authorize } }) =>
      authorize.challengeMethods.includes('plain') && authorize.pkce !== 'ignored',
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const plain = { code_challenge: verifier, code_challenge_method: 'plain' }
      for (const wrong of [undefined, ...near(verifier), withChallenge.code_challenge]) {
        refused(await party.exchange(await party.code(plain), { code_verifier: wrong }), `verifier ${wrong}`)
      }
      granted(await party.exchange(await party.code(plain), { code_verifier: verifier }))
    },
  },
  {
    says: 'where a client has switched PKCE on, no code of it works without a challenge and its verifier',
    concerns: ({ rules }) => rules.client.pkceSwitch === true && rules.authorize.challengeMethods.includes('S256'),
    async hold(stage, environment) {
      const strict = act(stage, environment, await stage.register({ provider: environment.key, requiresPkce: true }))
      for (const code_verifier of demandsChallenge(environment) ? [] : [undefined, verifier]) {
        refused(
          await strict.exchange(await strict.code(withoutChallenge), { code_verifier }),
          `no challenge, verifier ${code_verifier}`,
        )
      }
      refused(await strict.exchange(await strict.code(withChallenge), { code_verifier: undefined }))
      granted(await strict.exchange(await strict.code(withChallenge)))
    },
  },
  {
    says: 'a client gets tokens for itself by its secret only',
    concerns: ({ rules }) => rules.clientCredentials !== undefined,
    async hold(stage, environment) {
      const grantTypes = ['client_credentials'] as const
      const given = { provider: environment.key, grantTypes }
      const flagged = act(stage, environment, await stage.register(given))
      const scope = flagged.client.scopes.join(' ')
      const alone = { grant_type: 'client_credentials', code: undefined, scope, code_verifier: undefined }
      granted(await flagged.exchange('', alone))
      refused(await flagged.exchange('', { ...alone, client_secret: undefined }))
      const other = await stage.register({ provider: environment.key, grantTypes: ['authorization_code'] })
      refused(await act(stage, environment, other).exchange('', alone), 'a client that is not flagged')
      if (!environment.rules.client.publicClients) return
      const open = act(stage, environment, await stage.register({ ...given, public: true }))
      refused(await open.exchange('', alone), 'a public client')
    },
  },
]
