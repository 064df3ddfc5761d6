import { createLives, type Item, livingOf } from './lives.ts'
import { createGrants } from './memory/grants.ts'
import type {
  Application,
  Client,
  DeviceRequest,
  Ending,
  Grant,
  KeyRing,
  OpenPage,
  PushedRequest,
  Session,
  Store,
  User,
} from './store.ts'
import { createTakenIds } from './taken-ids.ts'

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
  const lives = createLives(remembered)
  const { keep, bury, sweep } = lives
  const { endAll, living, clear: clearGrants, ...grants } = createGrants(lives)
  const clientKey = (environment: string, id: string) => `${environment} ${id}`

  /** Forgets what a client that leaves has asked for: another may come under its id. */
  function forgetAsked(environment: string, clientId: string): void {
    for (const item of [...requests.values(), ...devices.values()]) {
      if (item.record.environment === environment && item.record.clientId === clientId) lives.forget(item)
    }
  }

  /** Ends the grants and sessions of somebody who leaves. */
  function forget(isTheirs: (one: Grant | Session) => boolean, ending: Ending): void {
    endAll(isTheirs, ending)
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

    ...grants,

    async sweep(now) {
      sweep(now)
    },
    async size() {
      const live = sessions.size + pages.size + livingOf(requests) + livingOf(devices) + living()
      return { live, remembered: lives.remembered() }
    },
    async clear() {
      for (const map of [clients, applications, users, sessions, pages, requests, devices, assertions, keyRings]) {
        map.clear()
      }
      clearGrants()
      lives.clear()
    },
  }
}
