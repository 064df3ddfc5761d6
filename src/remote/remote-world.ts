import type { Desks } from '../control/desks.ts'
import type { FaultShown } from '../control/faults.ts'
import type { MockWorld } from '../control/mock-world.ts'
import type { ClockState } from '../control/time.ts'
import { prefixOf } from '../control/world-name.ts'
import type { User } from '../store/store.ts'
import { type MisuseCode, MockOAuthError } from '../vocabulary/misuse.ts'
import { type ControlAddress, callControl } from './control-call.ts'

/** The same methods, each answered by a promise. */
type Promised<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends (...given: infer Given) => infer Answer
    ? (...given: Given) => Promise<Awaited<Answer>>
    : never
}

/** What desks do that takes no part of the process where the world is. */
interface RemoteDesks {
  readonly users: Promised<Desks['users']> & { find(idOrEmail: string): Promise<User> }
  readonly clients: Promised<Desks['clients']>
  readonly applications: Promised<Desks['applications']>
  readonly grants: Promised<Desks['grants']>
  readonly keys: Promised<Desks['keys']>
  readonly webhooks: Promised<Pick<Desks['webhooks'], 'list' | 'test' | 'redeliver' | 'explain'>>
  readonly faults: Promised<Pick<Desks['faults'], 'arm' | 'list' | 'unfired' | 'remove' | 'release'>>
  readonly rotations: {
    /** As the embedded mock does, of a provider that is named. */
    set(policy: Parameters<Desks['rotations']['set']>[0], provider: string): Promise<void>
  }
}

/** A world of a server, over its control API, in the words of the embedded mock. `requests` brings no secrets. */
export interface RemoteWorld
  extends RemoteDesks,
    Promised<Pick<MockWorld, 'authorize' | 'mint' | 'requests' | 'explain' | 'reset' | 'snapshot' | 'restore'>> {
  readonly name: string
  /** `http://127.0.0.1:4420/~name` */
  readonly url: string
  readonly clock: Promised<MockWorld['clock']>
}

const query = (fields: object): string => {
  const given = Object.entries(fields).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]]))
  return given.length === 0 ? '' : `?${new URLSearchParams(given)}`
}

/** Those of the control API that are no mistakes of the embedded mock. */
const ofHttpAlone = new Set(['forbidden', 'invalid_request', 'unknown_route', 'bug', ''])

/**
 * Calls the control API.
 * @throws {MockOAuthError} as the embedded mock does, and `control_refused`, `no_server`
 */
export async function askControl<Answer>(
  at: ControlAddress,
  method: string,
  path: string,
  body?: object,
): Promise<Answer> {
  const called = await callControl<Answer>(at, method, path, body)
  if ('answer' in called) return called.answer
  if ('failed' in called) {
    throw new MockOAuthError('no_server', `The mock-oauth server at ${at.base} broke off. Is it still running?`)
  }
  const { code = '', message } = called.refused
  throw new MockOAuthError(ofHttpAlone.has(code) ? 'control_refused' : (code as MisuseCode), message)
}

/** A world of a server, by its name. */
export function remoteWorld({ base, controlToken }: ControlAddress, name: string): RemoteWorld {
  const url = base + prefixOf(name)
  const ask = <Answer>(method: string, path: string, body?: object) =>
    askControl<Answer>({ base: url, controlToken }, method, path, body)
  const get = <Answer>(path: string) => ask<Answer>('GET', path)
  const post = <Answer>(path: string, body: object = {}) => ask<Answer>('POST', path, body)
  const change = <Answer>(path: string, body: object) => ask<Answer>('PATCH', path, body)
  const remove = (path: string) => ask<void>('DELETE', path)
  const by = encodeURIComponent
  const listFaults = () => get<readonly FaultShown[]>('/faults')
  const move: RemoteWorld['clock']['move'] = (input) => post('/clock', input)
  return {
    name,
    url,
    authorize: (asked, person) => post('/authorize', { url: asked, ...person }),
    clock: { read: () => get<ClockState>('/clock'), move, advance: (time) => move({ advance: time }) },
    mint: (input) => post('/tokens', input),
    requests: (filter = {}) => get(`/requests${query(filter)}`),
    explain: (id = 'last') => get(`/requests/${by(id)}/explain`),
    reset: (seed) => post('/reset', { seed }),
    snapshot: ({ secrets } = {}) => get(`/snapshot${query({ secrets })}`),
    restore: (snapshot) => ask('PUT', '/snapshot', snapshot),
    users: {
      list: () => get('/users'),
      find: (idOrEmail) => get(`/users/${by(idOrEmail)}`),
      add: (input) => post('/users', input),
      change: (idOrEmail, changes) => change(`/users/${by(idOrEmail)}`, changes),
      remove: (idOrEmail) => remove(`/users/${by(idOrEmail)}`),
    },
    clients: {
      list: () => get('/clients'),
      find: (id, provider) => get(`/clients/${by(id)}${query({ provider })}`),
      register: (input) => post('/clients', input),
      change: (id, { provider, ...changes }) => change(`/clients/${by(id)}${query({ provider })}`, changes),
      remove: (id, provider) => remove(`/clients/${by(id)}${query({ provider })}`),
    },
    applications: {
      list: () => get('/applications'),
      find: (id) => get(`/applications/${by(id)}`),
      submit: (input) => post('/applications', input),
      complete: (id, answers) => post(`/applications/${by(id)}`, { answers }),
      review: (id, review) => post(`/applications/${by(id)}/review`, review),
      setUp: (id, answers) => post(`/applications/${by(id)}/setup`, { answers }),
    },
    grants: {
      list: () => get('/grants'),
      find: (id) => get(`/grants/${by(id)}`),
      revoke: (id, revoker) => post(`/grants/${by(id)}/revoke`, { by: revoker }),
    },
    keys: {
      list: (provider) => get(`/keys${query({ provider })}`),
      rotate: (input) => post('/keys/rotate', input),
    },
    webhooks: {
      list: (filter = {}) => get(`/webhooks${query(filter)}`),
      test: (input) => post('/webhooks/test', input),
      redeliver: (id) => post(`/webhooks/${by(id)}/redeliver`),
      explain: (id) => get(`/webhooks/${by(id)}/explain`),
    },
    faults: {
      arm: (fault) => post('/faults', typeof fault === 'string' ? { fault } : fault),
      list: listFaults,
      unfired: async () => (await listFaults()).filter(({ fired, rate }) => fired === 0 && rate === undefined),
      remove: (id) => remove(`/faults/${by(id)}`),
      release: (id) => post(`/faults/${by(id)}/release`),
    },
    rotations: {
      set: async (rotation, provider) => void (await change(`/providers/${by(provider)}`, { rotation })),
    },
  }
}
