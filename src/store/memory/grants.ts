import { Crowd } from '../crowd.ts'
import type { Family, Home, Item, Lives } from '../lives.ts'
import { useOf } from '../rotation.ts'
import type { AccessToken, AuthorizationCode, EndedBy, Ending, Grant, RefreshToken, Store, TokenSet } from '../store.ts'
import { type Reviving, type Shelf, Table } from '../table.ts'

/** A grant and its live codes and tokens. */
interface GrantFamily extends Family {
  record: Grant
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
export function createGrants(shelf: Shelf, { keep, bury, revoke, renew, revive, rebury }: Lives) {
  const tables = {
    grants: new Table<Grant, GrantFamily>(shelf, ({ id }) => id),
    codes: new Table<AuthorizationCode, Item<AuthorizationCode>>(shelf, ({ value }) => value),
    accessTokens: new Table<AccessToken, Item<AccessToken>>(shelf, ({ value }) => value),
    refreshTokens: new Table<RefreshToken, Item<RefreshToken>>(shelf, ({ value }) => value),
  }
  const { grants: families, codes, accessTokens, refreshTokens } = tables

  function begin(grant: Grant, place: number): GrantFamily {
    const family: GrantFamily = { home: families, key: grant.id, place, record: grant, live: new Crowd() }
    families.put(family)
    return family
  }

  function keepTokens(family: Family, { accessToken, refreshToken }: TokenSet): void {
    keep(accessTokens, accessToken, family)
    if (refreshToken) keep(refreshTokens, refreshToken, family)
  }

  function end(family: GrantFamily, by: EndedBy, ending: Ending): boolean {
    if (family.record.ended) return false
    family.record = { ...family.record, ended: { at: ending.at, by } }
    families.touch(family)
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
      const family = begin(grant, families.nextPlace())
      if ('code' in first) keep(codes, first.code, family)
      else keepTokens(family, first.tokens)
    },
    async findGrant(id) {
      return families.get(id)?.record
    },
    async listGrants() {
      return families.records()
    },
    async listStanding(environment) {
      const standing = [...families.values()].filter(({ record, live }) => !record.ended && live.size > 0)
      return standing.flatMap(({ record: grant }) => (grant.environment === environment ? [grant] : []))
    },
    async listFamily(grantId) {
      const own = <R extends { readonly grantId: string }>(items: Home<R>) =>
        items.records().filter((record) => record.grantId === grantId)
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
      if (!code?.alive) return
      code.record = { ...code.record, challengeLost: ending }
      codes.touch(code)
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
      else {
        token.record = use.after
        refreshTokens.touch(token)
      }
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
  const familyOf = ({ grantId }: { readonly grantId: string }) => families.get(grantId)
  return {
    tables,
    kept,
    revive: {
      grants({ record, place, buried }) {
        const family = begin(record, place)
        if (buried !== undefined) rebury(family, buried)
      },
      codes: (one) => revive(codes, one, familyOf(one.record), true),
      accessTokens: (one) => revive(accessTokens, one, familyOf(one.record), true),
      refreshTokens: (one) => revive(refreshTokens, one, familyOf(one.record), true),
    } satisfies Reviving<typeof tables>,
    /** Ends the grants of somebody who leaves. */
    endAll(isTheirs: (grant: Grant) => boolean, ending: Ending): void {
      for (const family of [...families.values()]) if (isTheirs(family.record)) end(family, 'provider', ending)
    },
    /** How many codes and tokens are alive. */
    living(): number {
      let living = 0
      for (const family of families.values()) living += family.live.size
      return living
    },
  }
}
