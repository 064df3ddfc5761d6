/** The types that a user of a mock may name. */

export type { Answers } from '../control/application-answers.ts'
export type { ApplicationInput, ApplicationState, HandedOver, ReviewInput } from '../control/applications.ts'
export type { BrowserOutcome, PersonInput } from '../control/browser.ts'
export type { ClientInput } from '../control/clients.ts'
export type {
  ApplicationDesk,
  ClientDesk,
  Desks,
  FaultDesk,
  GrantDesk,
  KeyDesk,
  RotationDesk,
  UserDesk,
  WebhookDesk,
} from '../control/desks.ts'
export type { FaultInput, FaultShown, ResetReport } from '../control/faults.ts'
export type { Released } from '../control/holds.ts'
export type { RotationInput, SigningKeys } from '../control/keys.ts'
export type { Lineage, LineageToken } from '../control/lineage.ts'
export type { EmbeddedProvider, MockWorld } from '../control/mock-world.ts'
export type { PlayedProvider, ProviderEvidence } from '../control/played.ts'
export type { RotationShown } from '../control/rotations.ts'
export type { SetupOptions } from '../control/setup.ts'
export type { Snapshot, SnapshotOptions } from '../control/snapshot.ts'
export type { ClockInput, ClockState } from '../control/time.ts'
export type { Minted, MintInput } from '../control/tokens.ts'
export type { UserInput } from '../control/users.ts'
export type { WebhookFilter, WebhookTestInput } from '../control/webhooks.ts'
export type { WorldLimits } from '../control/world-limits.ts'
export type { Unfired, WorldSummary } from '../control/worlds.ts'
export type { Explanation } from '../engine/explain.ts'
export type { ExplainedFault } from '../engine/explain-faults.ts'
export type { WebhookExplanation } from '../engine/explain-webhook.ts'
export type { Life, LifeEvent } from '../engine/life.ts'
export type { ListenOptions } from '../server/listen.ts'
export type { Client, Grant, Receiver, User } from '../store/store.ts'
export type { Fault } from '../vocabulary/fault.ts'
export type { Lifetimes } from '../vocabulary/lifetimes.ts'
export type { MisuseCode } from '../vocabulary/misuse.ts'
export type { Mood } from '../vocabulary/mood.ts'
export type { EvidenceEntry } from '../vocabulary/plain.ts'
export type { RotationPolicy } from '../vocabulary/rotation.ts'
export type { Delivery, HttpRequest, HttpResponse } from '../vocabulary/wire.ts'
export type { Exchange, ExchangeFilter, FaultAct } from '../world/journal.ts'
export type { ReceiverInput } from '../world/receiver.ts'
export type { WebhookAttempt, WebhookEvent } from '../world/webhook-event.ts'
export type { ConsentMode, DefaultClient } from '../world/world.ts'
export type { Listening, ListeningWorld, MockOAuth, MockOAuthOptions, WorldDesk } from './mock-oauth.ts'
