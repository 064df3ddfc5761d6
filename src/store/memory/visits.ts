import { type Home, type Item, type Lives, livingOf } from '../lives.ts'
import type { DeviceRequest, OpenPage, PushedRequest, Session, Store } from '../store.ts'
import { putBack, type Reviving, type Shelf, Table } from '../table.ts'
import { createTakenIds, type Forgetting, type TakenId } from '../taken-ids.ts'

type Kept = Pick<
  Store,
  | 'putSession'
  | 'findSession'
  | 'removeSession'
  | 'settleSession'
  | 'putPage'
  | 'takePage'
  | 'putRequest'
  | 'findRequest'
  | 'spendRequest'
  | 'putDevice'
  | 'findDevice'
  | 'findDeviceByUserCode'
  | 'pollDevice'
  | 'decideDevice'
  | 'takeAssertion'
>

/** Keeps what is open between a first request and what it leads to: sessions, pages, pushed requests, devices, assertions. */
export function createVisits(shelf: Shelf, lives: Lives, room: number) {
  const tables = {
    sessions: new Table<Session, Item<Session>>(shelf, ({ id }) => id),
    pages: new Table<OpenPage, Item<OpenPage>>(shelf, ({ id }) => id),
    requests: new Table<PushedRequest, Item<PushedRequest>>(shelf, ({ uri }) => uri),
    devices: new Table<DeviceRequest, Item<DeviceRequest>>(shelf, ({ deviceCode }) => deviceCode),
    assertions: new Table<TakenId>(shelf, ({ id }) => id),
    forgetting: new Table<Forgetting>(shelf, () => 'assertions'),
  }
  const { sessions, pages, requests, devices } = tables
  const { keep, bury, revive } = lives
  const assertions = createTakenIds(tables.assertions, tables.forgetting, room)

  function change<R>(table: Home<R>, item: Item<R>, record: R): void {
    item.record = record
    table.touch(item)
  }

  const kept: Kept = {
    async putSession(session) {
      keep(sessions, session)
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
      change(sessions, session, settled)
    },
    async putPage(page) {
      keep(pages, page)
    },
    async takePage(id) {
      const page = pages.get(id)
      if (page) bury(page)
      return page?.record
    },

    async putRequest(request) {
      keep(requests, request, undefined, true)
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
      keep(devices, device, undefined, true)
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
      change(devices, device, { ...device.record, polledAt: at, ...(tooSoon && { interval: interval + more }) })
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
  }
  return {
    tables,
    kept,
    revive: {
      sessions: (one) => revive(sessions, one),
      pages: (one) => revive(pages, one),
      requests: (one) => revive(requests, one, undefined, true),
      devices: (one) => revive(devices, one, undefined, true),
      assertions: (one) => putBack(tables.assertions, one),
      forgetting: (one) => putBack(tables.forgetting, one),
    } satisfies Reviving<typeof tables>,
    /** Forgets what a client that leaves has asked for: another may come under its id. */
    forgetAsked(environment: string, clientId: string): void {
      for (const item of [...requests.values(), ...devices.values()]) {
        if (item.record.environment === environment && item.record.clientId === clientId) lives.forget(item)
      }
    },
    /** Ends the sessions of somebody who leaves. */
    endSessions(isTheirs: (session: Session) => boolean): void {
      for (const session of [...sessions.values()]) if (isTheirs(session.record)) bury(session)
    },
    living: () => sessions.size + pages.size + livingOf(requests) + livingOf(devices),
  }
}
