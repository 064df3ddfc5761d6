import { Crowd } from '../crowd.ts'
import type { Family, Item, Lives } from '../lives.ts'
import { useOf } from '../rotation.ts'
import type { AccessToken, AuthorizationCode, EndedBy, Ending, Grant, RefreshToken, Store, TokenSet } from '../store.ts'

/** A grant and its live codes and tokens. */
interface GrantFamily extends Family {
  grant: Grant
}

type Kept = Pick<
  Store,
  | 'startGrant'
  | 'findGrant'
  | 'listGrants'
  | 'listStanding'
  | 'listFamily'
  | 'endGrant'
  | 'findCode'
  | 'findAccessToken'
  | 'findRefreshToken'
  | 'loseChallenge'
  | 'spendCode'
  | 'rotate'
  | 'endAccessToken'
>

/** Keeps grants, and the codes and tokens that descend from them. */
export function createGrants({ keep, bury, revoke, renew }: Lives) {
  const families = new Map<string, GrantFamily>()
  const codes = new Map<string, Item<AuthorizationCode>>()
  const accessTokens = new Map<string, Item<AccessToken>>()
  const refreshTokens = new Map<string, Item<RefreshToken>>()

  function keepTokens(family: Family, { accessToken, refreshToken }: TokenSet): void {
    keep(accessTokens, accessToken.value, accessToken, family)
    if (refreshToken) keep(refreshTokens, refreshToken.value, refreshToken, family)
  }

  function end(family: GrantFamily, by: EndedBy, ending: Ending): boolean {
    if (family.grant.ended) return false
    family.grant = { ...family.grant, ended: { at: ending.at, by } }
    for (const item of family.live.living()) revoke(item, ending)
    return true
  }

  /** The pair that a refresh token has brought, while the new refresh token is alive and was not used. */
  function pairOf({ rotated }: RefreshToken): TokenSet | undefined {
    const accessToken = rotated && accessTokens.get(rotated.pair.accessToken)
    const refreshToken = rotated && refreshTokens.get(rotated.pair.refreshToken)
    if (!accessToken?.alive || !refreshToken?.alive || refreshToken.record.uses) return undefined
    return { accessToken: accessToken.record, refreshToken: refreshToken.record }
  }

  const kept: Kept = {
    async startGrant(grant, first) {
      const family: GrantFamily = { home: families, key: grant.id, grant, live: new Crowd() }
      families.set(grant.id, family)
      if ('code' in first) keep(codes, first.code.value, first.code, family)
      else keepTokens(family, first.tokens)
    },
    async findGrant(id) {
      return families.get(id)?.grant
    },
    async listGrants() {
      return [...families.values()].map((family) => family.grant)
    },
    async listStanding(environment) {
      const standing = [...families.values()].filter(({ grant, live }) => !grant.ended && live.size > 0)
      return standing.flatMap(({ grant }) => (grant.environment === environment ? [grant] : []))
    },
    async listFamily(grantId) {
      const own = <R extends { readonly grantId: string }>(items: ReadonlyMap<string, { readonly record: R }>) =>
        [...items.values()].flatMap(({ record }) => (record.grantId === grantId ? [record] : []))
      return { codes: own(codes), accessTokens: own(accessTokens), refreshTokens: own(refreshTokens) }
    },
    async endGrant(id, by, ending) {
      const family = families.get(id)
      return family ? end(family, by, ending) : false
    },

    async findCode(value) {
      return codes.get(value)?.record
    },
    async findAccessToken(value) {
      return accessTokens.get(value)?.record
    },
    async findRefreshToken(value) {
      return refreshTokens.get(value)?.record
    },

    async loseChallenge(value, ending) {
      const code = codes.get(value)
      if (code?.alive) code.record = { ...code.record, challengeLost: ending }
    },
    async spendCode(value, tokens, ending) {
      const code = codes.get(value)
      if (!code?.alive || !code.family) return false
      keepTokens(code.family, tokens)
      code.record = { ...code.record, spent: ending }
      bury(code)
      return true
    },
    async rotate(value, fresh, { rotation, endAccessToken }, ending) {
      const token = refreshTokens.get(value)
      if (!token?.alive || !token.family) return undefined
      const use = useOf(token.record, { rotation, fresh, before: pairOf(token.record), ending })
      if (!use) return undefined
      if (use.stored) keepTokens(token.family, use.stored)
      const beside = accessTokens.get(token.record.accessToken)
      if (endAccessToken && use.stored && beside?.alive) {
        beside.record = { ...beside.record, replaced: ending }
        bury(beside)
      }
      if (use.after.expiresAt < token.expiresAt) renew(refreshTokens, token, use.after)
      else token.record = use.after
      if (use.after.spent) bury(token)
      return use.brings
    },
    async endAccessToken(value, ending, as) {
      const token = accessTokens.get(value)
      if (!token?.alive) return false
      if (as === 'expired') {
        token.record = { ...token.record, expiresAt: ending.at, expired: true }
        bury(token)
      } else revoke(token, ending)
      return true
    },
  }
  return {
    ...kept,
    /** Ends the grants of somebody who leaves. */
    endAll(isTheirs: (grant: Grant) => boolean, ending: Ending): void {
      for (const family of [...families.values()]) if (isTheirs(family.grant)) end(family, 'provider', ending)
    },
    /** How many codes and tokens are alive. */
    living(): number {
      let living = 0
      for (const family of families.values()) living += family.live.size
      return living
    },
    clear(): void {
      for (const map of [families, codes, accessTokens, refreshTokens]) map.clear()
    },
  }
}
