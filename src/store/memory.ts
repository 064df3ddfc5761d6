import { Crowd } from './crowd.ts'
import type {
  AccessToken,
  Application,
  AuthorizationCode,
  Client,
  EndedBy,
  Ending,
  Grant,
  OpenPage,
  RefreshToken,
  Session,
  Store,
  TokenSet,
  User,
} from './store.ts'

interface Mortal {
  readonly expiresAt: number
  readonly revoked?: Ending
  readonly expired?: true
}

/** Something with a life of its own. Its record is replaced, never changed, so callers may keep what they got. */
interface Item<R = Mortal> {
  record: R
  alive: boolean
  readonly home: { delete(key: string): boolean }
  readonly key: string
  readonly expiresAt: number
  readonly family: Family | undefined
}

/** A grant and its live codes and tokens. */
interface Family {
  grant: Grant
  readonly live: Crowd<Item>
}

const bucketLength = 60_000

/**
 * Keeps a world in memory. What is alive is found by hash; what dies goes to a queue of fixed length, from which the
 * oldest is forgotten; so memory is bounded by what is alive.
 * @param remembered how many dead entries to keep for `explain`
 */
export function createMemoryStore(remembered = 10_000): Store {
  const clients = new Map<string, Client>()
  const applications = new Map<string, Application>()
  const users = new Map<string, User>()
  const sessions = new Map<string, Item<Session>>()
  const pages = new Map<string, Item<OpenPage>>()
  const families = new Map<string, Family>()
  const codes = new Map<string, Item<AuthorizationCode>>()
  const accessTokens = new Map<string, Item<AccessToken>>()
  const refreshTokens = new Map<string, Item<RefreshToken>>()
  const expiring = new Map<number, Crowd<Item>>()
  // A ring: `buried % remembered` is where the next dead one goes, over the oldest.
  const dead: (Item | Family)[] = []
  let buried = 0
  const clientKey = (environment: string, id: string) => `${environment} ${id}`

  const bucketOf = (expiresAt: number) => Math.floor(expiresAt / bucketLength)

  function keep<R extends Mortal>(home: Map<string, Item<R>>, key: string, record: R, family?: Family): void {
    const item: Item<R> = { record, alive: true, home, key, expiresAt: record.expiresAt, family }
    home.set(key, item)
    family?.live.join(item)
    if (record.expiresAt === Number.POSITIVE_INFINITY) return
    const bucket = bucketOf(record.expiresAt)
    const due = expiring.get(bucket) ?? new Crowd()
    due.join(item)
    expiring.set(bucket, due)
  }

  function remember(what: Item | Family): void {
    const place = buried++ % remembered
    const oldest = dead[place]
    dead[place] = what
    if (!oldest) return
    if ('home' in oldest) oldest.home.delete(oldest.key)
    else families.delete(oldest.grant.id)
  }

  /** Takes an item out of what is alive; its record stays findable while it is remembered. */
  function bury(item: Item): void {
    item.alive = false
    const due = expiring.get(bucketOf(item.expiresAt))
    due?.lost()
    if (due?.size === 0) expiring.delete(bucketOf(item.expiresAt))
    if (!item.family) {
      item.home.delete(item.key)
      return
    }
    item.family.live.lost()
    remember(item)
    if (item.family.live.size === 0) remember(item.family)
  }

  function revoke(item: Item, ending: Ending): void {
    item.record = { ...item.record, revoked: ending }
    bury(item)
  }

  function keepTokens(family: Family, { accessToken, refreshToken }: TokenSet): void {
    keep(accessTokens, accessToken.value, accessToken, family)
    if (refreshToken) keep(refreshTokens, refreshToken.value, refreshToken, family)
  }

  function end(family: Family, by: EndedBy, ending: Ending): boolean {
    if (family.grant.ended) return false
    family.grant = { ...family.grant, ended: { at: ending.at, by } }
    for (const item of family.live.living()) revoke(item, ending)
    return true
  }

  /** Ends the grants and sessions of somebody who leaves. */
  function forget(isTheirs: (one: Grant | Session) => boolean, ending: Ending): void {
    for (const family of [...families.values()]) if (isTheirs(family.grant)) end(family, 'provider', ending)
    for (const session of [...sessions.values()]) if (isTheirs(session.record)) bury(session)
  }

  return {
    async putClient(client) {
      clients.set(clientKey(client.environment, client.id), client)
    },
    async findClient(environment, id) {
      return clients.get(clientKey(environment, id))
    },
    async findClientBySecret(environment, secret) {
      for (const client of clients.values()) {
        if (client.secret === secret && client.environment === environment) return client
      }
      return undefined
    },
    async listClients(environment) {
      return [...clients.values()].filter((client) => environment === undefined || client.environment === environment)
    },
    async removeClient(environment, id, ending) {
      forget((one) => one.environment === environment && one.clientId === id, ending)
      return clients.delete(clientKey(environment, id))
    },

    async putApplication(application, from) {
      if (from !== undefined && applications.get(application.id)?.status !== from) return false
      applications.set(application.id, application)
      return true
    },
    async findApplication(id) {
      return applications.get(id)
    },
    async listApplications() {
      return [...applications.values()]
    },

    async putUser(user) {
      users.set(user.id, user)
    },
    async findUser(id) {
      return users.get(id)
    },
    async listUsers() {
      return [...users.values()]
    },
    async removeUser(id, ending) {
      forget(({ userId }) => userId === id, ending)
      return users.delete(id)
    },

    async putSession(session) {
      keep(sessions, session.id, session)
    },
    async findSession(id) {
      return sessions.get(id)?.record
    },
    async removeSession(id) {
      const session = sessions.get(id)
      if (session) bury(session)
    },
    async putPage(page) {
      keep(pages, page.id, page)
    },
    async takePage(id) {
      const page = pages.get(id)
      if (page) bury(page)
      return page?.record
    },

    async startGrant(grant, first) {
      const family: Family = { grant, live: new Crowd() }
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
    async rotate(value, tokens, old, ending) {
      const token = refreshTokens.get(value)
      if (!token?.alive || !token.family) return false
      keepTokens(token.family, tokens)
      const beside = accessTokens.get(token.record.accessToken)
      if (old.endAccessToken && beside?.alive) {
        beside.record = { ...beside.record, replaced: ending }
        bury(beside)
      }
      if (old.spend) {
        token.record = { ...token.record, spent: ending }
        bury(token)
      } else {
        token.record = { ...token.record, accessToken: tokens.accessToken.value }
      }
      return true
    },
    async endAccessToken(value, ending) {
      const token = accessTokens.get(value)
      if (!token?.alive) return false
      revoke(token, ending)
      return true
    },

    async sweep(now) {
      for (const [bucket, due] of expiring) {
        if (bucket * bucketLength > now) continue
        for (const item of due.living()) {
          if (item.expiresAt > now) continue
          if (item.family) item.record = { ...item.record, expired: true }
          bury(item)
        }
      }
    },
    async size() {
      let live = sessions.size + pages.size
      for (const family of families.values()) live += family.live.size
      return { live, remembered: dead.length }
    },
    async clear() {
      for (const map of [
        clients,
        applications,
        users,
        sessions,
        pages,
        families,
        codes,
        accessTokens,
        refreshTokens,
        expiring,
      ]) {
        map.clear()
      }
      dead.length = 0
      buried = 0
    },
  }
}
