import type { WebhookExplanation } from '../engine/explain-webhook.ts'
import { redactAttempt, redactWebhook } from '../engine/redact-webhook.ts'
import type { Client, Grant, User } from '../store/store.ts'
import type { RotationPolicy } from '../vocabulary/rotation.ts'
import type { WebhookAttempt, WebhookEvent } from '../world/webhook-event.ts'
import type { World } from '../world/world.ts'
import type { Answers } from './application-answers.ts'
import {
  type ApplicationInput,
  type ApplicationState,
  completeApplication,
  findApplication,
  type HandedOver,
  listApplications,
  type ReviewInput,
  reviewApplication,
  setUpApplication,
  submitApplication,
} from './applications.ts'
import { type ClientInput, findClient, listClients, registerClient, removeClient, updateClient } from './clients.ts'
import { armFault, type FaultInput, type FaultShown, listFaults, removeFault, unfiredFaults } from './faults.ts'
import { listGrants, type Revoker, revokeGrant } from './grants.ts'
import { gatheredAt, type Released, releaseFault } from './holds.ts'
import { listKeys, type RotationInput, rotateKeys, type SigningKeys } from './keys.ts'
import { findLineage, type Lineage } from './lineage.ts'
import { listRotations, type RotationShown, setRotation } from './rotations.ts'
import { findUser, listUsers, registerUser, removeUser, type UserInput, updateUser } from './users.ts'
import {
  explainDelivery,
  listWebhooks,
  redeliver,
  sendTest,
  type WebhookFilter,
  type WebhookTestInput,
} from './webhooks.ts'

/** The people with an account, to look at and change. */
export interface UserDesk {
  list(): Promise<readonly User[]>
  find(idOrEmail: string): Promise<User>
  add(input: UserInput): Promise<User>
  change(idOrEmail: string, changes: UserInput): Promise<User>
  remove(idOrEmail: string): Promise<void>
}

/** Requesting access, for providers whose credentials are applied for. */
export interface ApplicationDesk {
  list(): Promise<readonly ApplicationState[]>
  find(id: string): Promise<ApplicationState>
  submit(input: ApplicationInput): Promise<ApplicationState>
  /** Tells more, after a reviewer asked. */
  complete(id: string, answers: Answers): Promise<ApplicationState>
  review(id: string, review: ReviewInput): Promise<ApplicationState>
  /** Takes the technical set-up and hands the credentials over, unencrypted. */
  setUp(id: string, answers: Answers): Promise<HandedOver>
}

/** The registered clients, to look at and change. */
export interface ClientDesk {
  /** Of every provider and environment, or of one. */
  list(provider?: string): Promise<readonly Client[]>
  find(id: string, provider?: string): Promise<Client>
  register(input: ClientInput): Promise<Client>
  change(id: string, changes: ClientInput): Promise<Client>
  remove(id: string, provider?: string): Promise<void>
}

/** What clients are told of their grants. No secret in it. */
export interface WebhookDesk {
  list(filter?: WebhookFilter): readonly WebhookEvent[]
  /** Sends a test, as the provider's own button does. */
  test(input?: WebhookTestInput): Promise<WebhookEvent>
  redeliver(id: string): Promise<WebhookEvent>
  /** What was done on purpose to a delivery, and what a receiver does about it. */
  explain(id: string): WebhookExplanation
  /** Waits until no attempt is under way and none is due. */
  settled(): Promise<void>
  /** Calls back with each change of an event, and with the attempt that has just ended, if one has; returns the way to stop. */
  onChange(listener: (event: WebhookEvent, ended: WebhookAttempt | undefined) => void): () => void
}

/** The keys that ID tokens are signed with, to look at and rotate; for providers that have them. */
export interface KeyDesk {
  list(provider?: string): Promise<SigningKeys>
  /** Makes new keys sign; the old ones are shown on, unless they retire. */
  rotate(input?: RotationInput): Promise<SigningKeys>
}

/** What has been connected, to look at and end. */
export interface GrantDesk {
  list(): Promise<readonly Grant[]>
  /** A grant with the tree of its codes and tokens. No secret in it. */
  find(id: string): Promise<Lineage>
  revoke(id: string, by?: Revoker): Promise<Grant>
}

/** What goes wrong on purpose. */
export interface FaultDesk {
  /** Arms a fault, given by its parts or on one line: `token:refresh_token drop after`. One that could never fire is refused. */
  arm(fault: FaultInput): FaultShown
  list(): readonly FaultShown[]
  /** Those that have not fired, and were not left to chance. */
  unfired(): readonly FaultShown[]
  /** Takes it away; whoever it holds is let go. */
  remove(id: string): void
  /** Lets go whoever a `hold` holds, full or not. */
  release(id: string): Released
  /** Waits until a `hold` holds so many requests: one, when not told. */
  gathered(id: string, count?: number): Promise<void>
}

/** What becomes of refresh tokens that are used, to look at and change. */
export interface RotationDesk {
  /** The policy of each environment that has refresh tokens. */
  list(): readonly RotationShown[]
  /**
   * Sets the policy of a provider with all its environments, or of one environment: `set('grace:30', 'acme:sandbox')`; null
   * takes it back. It holds from now on, until the next reset.
   */
  set(policy: RotationPolicy | null, provider?: string): void
}

/** What a world holds, to look at and change. */
export interface Desks {
  readonly users: UserDesk
  readonly clients: ClientDesk
  readonly applications: ApplicationDesk
  readonly grants: GrantDesk
  readonly keys: KeyDesk
  readonly webhooks: WebhookDesk
  readonly faults: FaultDesk
  readonly rotations: RotationDesk
}

/** The desks of a world. */
export const desksOf = (world: World): Desks => ({
  users: {
    list: () => listUsers(world),
    find: (idOrEmail) => findUser(world, idOrEmail),
    add: (input) => registerUser(world, input),
    change: (idOrEmail, changes) => updateUser(world, idOrEmail, changes),
    remove: (idOrEmail) => removeUser(world, idOrEmail),
  },
  clients: {
    list: (provider) => listClients(world, provider),
    find: (id, provider) => findClient(world, id, provider),
    register: (input) => registerClient(world, input),
    change: (id, changes) => updateClient(world, id, changes),
    remove: (id, provider) => removeClient(world, id, provider),
  },
  applications: {
    list: () => listApplications(world),
    find: (id) => findApplication(world, id),
    submit: (input) => submitApplication(world, input),
    complete: (id, answers) => completeApplication(world, id, answers),
    review: (id, review) => reviewApplication(world, id, review),
    setUp: (id, answers) => setUpApplication(world, id, answers),
  },
  grants: {
    list: () => listGrants(world),
    find: (id) => findLineage(world, id),
    revoke: (id, by = 'provider') => revokeGrant(world, id, by),
  },
  keys: {
    list: (provider) => listKeys(world, provider),
    rotate: (input) => rotateKeys(world, input),
  },
  faults: {
    arm: (fault) => armFault(world, fault),
    list: () => listFaults(world),
    unfired: () => unfiredFaults(world),
    remove: (id) => removeFault(world, id),
    release: (id) => releaseFault(world, id),
    gathered: (id, count = 1) => gatheredAt(world, id, count),
  },
  rotations: {
    list: () => listRotations(world),
    set: (policy, provider) => setRotation(world, policy, provider),
  },
  webhooks: {
    list: (filter) => listWebhooks(world, filter),
    test: (input) => sendTest(world, input),
    redeliver: (id) => redeliver(world, id),
    explain: (id) => explainDelivery(world, id),
    settled: () => world.outbox.settled(),
    onChange: (listener) =>
      world.outbox.subscribe((event, ended) => listener(redactWebhook(event), ended && redactAttempt(ended))),
  },
})
