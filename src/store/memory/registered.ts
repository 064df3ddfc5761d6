import type { Application, Client, KeyRing, Store, User } from '../store.ts'
import { putBack, putRecord, type Reviving, type Shelf, Table } from '../table.ts'

type Kept = Pick<
  Store,
  | 'putClient'
  | 'findClient'
  | 'findClientBySecret'
  | 'listClients'
  | 'putApplication'
  | 'findApplication'
  | 'listApplications'
  | 'putUser'
  | 'findUser'
  | 'listUsers'
  | 'rotateKeyRing'
  | 'findKeyRing'
>

const clientKey = (environment: string, id: string) => `${environment} ${id}`

/** Keeps who is registered: clients and what was told to get them, people, and the providers' own keys. */
export function createRegistered(shelf: Shelf) {
  const tables = {
    clients: new Table<Client>(shelf, ({ environment, id }) => clientKey(environment, id)),
    applications: new Table<Application>(shelf, ({ id }) => id),
    users: new Table<User>(shelf, ({ id }) => id),
    keyRings: new Table<KeyRing>(shelf, ({ environment }) => environment),
  }
  const { clients, applications, users, keyRings } = tables

  const kept: Kept = {
    async putClient(client) {
      putRecord(clients, client)
    },
    async findClient(environment, id) {
      return clients.get(clientKey(environment, id))?.record
    },
    async findClientBySecret(environment, secret) {
      for (const { record: client } of clients.values()) {
        if (client.secret === secret && client.environment === environment) return client
      }
      return undefined
    },
    async listClients(environment) {
      return clients.records().filter((client) => environment === undefined || client.environment === environment)
    },

    async putApplication(application, from) {
      if (from !== undefined && applications.get(application.id)?.record.status !== from) return false
      putRecord(applications, application)
      return true
    },
    async findApplication(id) {
      return applications.get(id)?.record
    },
    async listApplications() {
      return applications.records()
    },

    async putUser(user) {
      putRecord(users, user)
    },
    async findUser(id) {
      return users.get(id)?.record
    },
    async listUsers() {
      return users.records()
    },

    async rotateKeyRing(environment, most) {
      const ring = keyRings.get(environment)?.record
      const newest = (ring?.newest ?? 0) + 1
      putRecord(keyRings, { environment, newest, oldest: Math.max(ring?.oldest ?? 0, newest - most + 1) })
    },
    async findKeyRing(environment) {
      return keyRings.get(environment)?.record
    },
  }
  const remove = <R>(table: Table<R>, key: string): boolean => {
    const entry = table.get(key)
    return entry !== undefined && table.forget(entry)
  }
  return {
    tables,
    kept,
    revive: {
      clients: (one) => putBack(clients, one),
      applications: (one) => putBack(applications, one),
      users: (one) => putBack(users, one),
      keyRings: (one) => putBack(keyRings, one),
    } satisfies Reviving<typeof tables>,
    removeClient: (environment: string, id: string) => remove(clients, clientKey(environment, id)),
    removeUser: (id: string) => remove(users, id),
  }
}
