import { Crowd } from './crowd.ts'
import { createLives, type Family, type Item, livingOf } from './lives.ts'
import type {
  AccessToken,
  Application,
  AuthorizationCode,
  Client,
  DeviceRequest,
  EndedBy,
  Ending,
  Grant,
  KeyRing,
  OpenPage,
  PushedRequest,
  RefreshToken,
  Session,
  Store,
  TokenSet,
  User,
} from './store.ts'
import { createTakenIds } from './taken-ids.ts'

/** A grant and its live codes and tokens. */
interface GrantFamily extends Family {
  grant: Grant
}

/**
 * Keeps a world in memory, where what is alive is found by hash.
 * @param remembered how many dead entries to keep for `explain`
 */
export function createMemoryStore(remembered = 10_000): Store {
  const clients = new Map<string, Client>()
  const applications = new Map<string, Application>()
  const users = new Map<string, User>()
  const sessions = new Map<string, Item<Session>>()
  const pages = new Map<string, Item<OpenPage>>()
  const requests = new Map<string, Item<PushedRequest>>()
  const devices = new Map<string, Item<DeviceRequest>>()
  const assertions = createTakenIds(remembered)
  const keyRings = new Map<string, KeyRing>()
  const families = new Map<string, GrantFamily>()
  const codes = new Map<string, Item<AuthorizationCode>>()
  const accessTokens = new Map<string, Item<AccessToken>>()
  const refreshTokens = new Map<string, Item<RefreshToken>>()
  const { keep, bury, revoke, sweep, ...lives } = createLives(remembered)
  const clientKey = (environment: string, id: string) => `${environment} ${id}`

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

  /** Forgets what a client that leaves has asked for: another may come under its id. */
  function forgetAsked(environment: string, clientId: string): void {
    for (const item of [...requests.values(), ...devices.values()]) {
      if (item.record.environment === environment && item.record.clientId === clientId) lives.forget(item)
    }
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
      forgetAsked(environment, id)
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
    async settleSession(id) {
      const session = sessions.get(id)
      if (!session) return
      const { signedInFor: _, ...settled } = session.record
      session.record = settled
    },
    async putPage(page) {
      keep(pages, page.id, page)
    },
    async takePage(id) {
      const page = pages.get(id)
      if (page) bury(page)
      return page?.record
    },

    async putRequest(request) {
      keep(requests, request.uri, request, undefined, true)
    },
    async findRequest(uri) {
      return requests.get(uri)?.record
    },
    async spendRequest(uri, ending) {
      const request = requests.get(uri)
      if (!request?.alive) return false
      request.record = { ...request.record, spent: ending }
      bury(request)
      return true
    },

    async putDevice(device) {
      keep(devices, device.deviceCode, device, undefined, true)
    },
    async findDevice(deviceCode) {
      return devices.get(deviceCode)?.record
    },
    async findDeviceByUserCode(environment, plainUserCode) {
      let over: DeviceRequest | undefined
      for (const { record, alive } of devices.values()) {
        if (record.plainUserCode !== plainUserCode || record.environment !== environment) continue
        if (alive) return record
        over = record
      }
      return over
    },
    async pollDevice(deviceCode, at, more) {
      const device = devices.get(deviceCode)
      if (!device) return true
      const { polledAt, interval } = device.record
      const tooSoon = polledAt !== undefined && at >= polledAt && at - polledAt < interval
      device.record = { ...device.record, polledAt: at, ...(tooSoon && { interval: interval + more }) }
      return !tooSoon
    },
    async decideDevice(deviceCode, decided) {
      const device = devices.get(deviceCode)
      if (!device?.alive || device.record.decided) return false
      device.record = { ...device.record, decided }
      // Dead before the code that takes over, it is forgotten before it too.
      bury(device)
      return true
    },

    takeAssertion: async (id, expiresAt, over) => assertions.take(id, expiresAt, over),

    async rotateKeyRing(environment, most) {
      const ring = keyRings.get(environment)
      const newest = (ring?.newest ?? 0) + 1
      keyRings.set(environment, { environment, newest, oldest: Math.max(ring?.oldest ?? 0, newest - most + 1) })
    },
    async findKeyRing(environment) {
      return keyRings.get(environment)
    },

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
      sweep(now)
    },
    async size() {
      let live = sessions.size + pages.size + livingOf(requests) + livingOf(devices)
      for (const family of families.values()) live += family.live.size
      return { live, remembered: lives.remembered() }
    },
    async clear() {
      for (const map of [
        clients,
        applications,
        users,
        sessions,
        pages,
        requests,
        devices,
        assertions,
        keyRings,
        families,
        codes,
        accessTokens,
        refreshTokens,
      ]) {
        map.clear()
      }
      lives.clear()
    },
  }
}
