import type { FaultAim, FaultKind, Misbehaviours, WebhookFaultKind, WebhookMisbehaviours } from './fault.ts'

/** What stands behind a name in a fault: `names` are a list of names, `order` one of places, a record has values by name. */
export type FieldForm = 'text' | 'number' | 'json' | 'names' | 'order' | 'jsonByName' | 'textByName' | 'numberByName'

type FormsOf<T> = keyof T extends never ? Record<string, never> : { readonly [Name in keyof Required<T>]: FieldForm }

/** What may be said of every fault. */
export const aimFields: FormsOf<Omit<FaultAim, 'provider' | 'on' | 'at'> & { cites?: string }> = {
  client: 'text',
  nth: 'json',
  times: 'number',
  rate: 'number',
  cites: 'text',
}

/** What may be said of each kind of fault in calls. */
export const callFields: { readonly [Kind in FaultKind]: FormsOf<Misbehaviours[Kind]> } = {
  error: { refusal: 'text', status: 'number' },
  status: { status: 'number', body: 'json', contentType: 'text', headers: 'textByName' },
  delay: { ms: 'number' },
  hang: {},
  drop: {},
  truncate: { bytes: 'number' },
  slow: { bytesPerSecond: 'number' },
  close: {},
  malformed: { how: 'text' },
  html: { status: 'number' },
  empty: { status: 'number' },
  contentType: { value: 'text' },
  rateLimit: { retryAfter: 'text', form: 'text' },
  redirect: { to: 'text', status: 'number' },
  omit: { fields: 'names' },
  replace: { fields: 'jsonByName', lengths: 'numberByName' },
  tamper: { fields: 'jsonByName' },
  expireEarly: { after: 'text', token: 'text' },
  hold: { count: 'number', order: 'order', forMs: 'number' },
}

/** What may be said of each kind of fault in webhook deliveries. */
export const webhookFields: { readonly [Kind in WebhookFaultKind]: FormsOf<WebhookMisbehaviours[Kind]> } = {
  drop: {},
  delay: { by: 'text' },
  duplicate: { copies: 'number' },
  reorder: { count: 'number' },
  early: {},
  wrongSignature: {},
  noSignature: {},
  replay: {},
  newSecret: { secret: 'text' },
}

/** The kinds that there are at a place, each with what may be said of it. */
export const fieldsByKind = (on: string): Readonly<Record<string, Readonly<Record<string, FieldForm>>>> =>
  on === 'webhook' ? webhookFields : callFields
