import * as v from 'valibot'
import { count, end, exchangeId, maybe, moment, only, plain, text, texts, truth } from './values.ts'

const ending = v.looseObject({ at: moment, request: maybe(exchangeId) })
const life = { environment: text, clientId: text, expiresAt: end, expired: maybe(only) }
const issued = {
  ...{ ...life, value: text, grantId: text, issuedAt: moment, issuedBy: maybe(exchangeId), from: maybe(text) },
  ...{ test: maybe(only), revoked: maybe(ending), spent: maybe(ending) },
}
const receiver = v.looseObject({ url: text, secret: maybe(text), events: maybe(texts) })
const answers = v.record(text, v.union([text, texts]))

/** More generations of keys than are ever shown. */
const mostKeys = 10

/** What each table holds. */
export const records = {
  clients: {
    ...{ environment: text, id: text, secret: maybe(text), name: text, redirectUris: v.pipe(texts, v.minLength(1)) },
    ...{ scopes: texts, status: v.picklist(['active', 'pending', 'suspended']), firstParty: truth, grantTypes: texts },
    ...{ ownerId: text, requiresPkce: maybe(truth), postLogoutRedirectUris: maybe(texts), webhooks: maybe(receiver) },
    idTokenAlgorithm: maybe(v.picklist(['RS256', 'ES256', 'EdDSA'])),
    jwks: maybe(v.looseObject({ keys: v.array(plain) })),
  },
  applications: {
    ...{ id: text, environment: text, answers, setup: maybe(answers), note: maybe(text) },
    status: v.picklist(['submitted', 'information_requested', 'approved', 'rejected', 'set_up']),
    clients: maybe(v.array(v.looseObject({ environment: text, id: text }))),
  },
  users: { id: text, name: text, email: text, password: text, company: text, role: maybe(text) },
  keyRings: { environment: text, newest: count, oldest: count },
  sessions: {
    ...{ id: text, environment: text, userId: maybe(text), clientId: maybe(text), startedAt: moment, expiresAt: end },
    signedInFor: maybe(text),
  },
  pages: { id: text, sessionId: text, request: text, expiresAt: end },
  requests: { ...life, uri: text, query: text, spent: maybe(ending) },
  devices: {
    ...{ ...life, deviceCode: text, userCode: text, plainUserCode: text, scope: text, issuedAt: moment },
    ...{ issuedBy: exchangeId, interval: moment, polledAt: maybe(moment) },
    decided: maybe(v.picklist(['approved', 'denied'])),
  },
  assertions: { id: text, expiresAt: moment },
  forgetting: { forgotten: moment, fullAt: count },
  grants: {
    ...{ id: text, environment: text, clientId: text, userId: maybe(text), scope: text, scopeAsked: text, type: text },
    ...{ startedAt: moment, signedInAt: maybe(moment), ended: maybe(v.looseObject({ at: moment, by: text })) },
  },
  codes: {
    ...{ ...issued, redirectUri: text, redirectUriSent: truth, device: maybe(only), nonce: maybe(text) },
    ...{ challenge: maybe(text), challengeMethod: maybe(v.picklist(['S256', 'plain'])), challengeLost: maybe(ending) },
  },
  accessTokens: { ...issued, toldEnd: maybe(end), scope: text, replaced: maybe(ending) },
  refreshTokens: {
    ...{ ...issued, uses: maybe(count), accessToken: text },
    rotated: maybe(
      v.looseObject({
        ...{ at: moment, request: maybe(exchangeId), until: moment, wouldEnd: end, further: count },
        pair: v.looseObject({ accessToken: text, refreshToken: text }),
      }),
    ),
  },
} satisfies Record<string, v.ObjectEntries>

/** Whether the generations of a key ring are so many as there can be. */
export const isRing = ({ newest, oldest }: { readonly newest?: unknown; readonly oldest?: unknown }): boolean =>
  Number(oldest) <= Number(newest) && Number(newest) - Number(oldest) < mostKeys
