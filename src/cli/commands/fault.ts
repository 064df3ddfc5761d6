import type { Command } from 'commander'
import type { FaultKind, WebhookFaultKind } from '../../vocabulary/fault.ts'
import { callFields, type FaultFields, webhookFields } from '../../vocabulary/fault-fields.ts'
import { faultForm } from '../../vocabulary/fault-text.ts'
import { json, remote } from './flags.ts'

/** Each kind of fault in calls, in a few words. */
const callKinds: Readonly<Record<FaultKind, string>> = {
  error: 'a refusal, as show lists them',
  status: 'another answer',
  delay: 'it takes longer',
  hang: 'no answer, as long as the client waits',
  drop: 'the connection is reset: after the work, a lost reply',
  truncate: 'the connection breaks off within the body',
  slow: 'the body comes in small pieces',
  close: 'the connection is closed behind the answer',
  malformed: 'a body that is no JSON, or has a mark (bom) before it',
  html: "a proxy's error page",
  empty: 'no body',
  contentType: 'another Content-Type than the body has',
  rateLimit: "429 until so much of the mock's time is over",
  redirect: 'the client is sent elsewhere',
  omit: 'fields are left out',
  replace: 'other values, which are the issued ones from then on',
  tamper: 'other values on the way only',
  expireEarly: 'a token ends sooner than the answer says',
  hold: 'calls wait until there are so many',
}

/** The same of webhooks. */
const webhookKinds: Readonly<Record<WebhookFaultKind, string>> = {
  drop: 'never sent',
  delay: 'sent later',
  duplicate: 'sent twice or more often',
  reorder: 'some are held back, the newest goes first',
  early: 'sent before the answer of the call that caused it',
  wrongSignature: 'signed wrongly',
  noSignature: 'not signed',
  replay: 'the one before comes once more, as it was',
  newSecret: 'signed with a secret that the receiver does not have',
}

/** `  delay           it takes longer: ms=…`, in brackets what may be left out. */
function lineOf(kind: string, what: string, fields: FaultFields): string {
  const said = Object.entries(fields).map(([name, { required }]) => (required ? `${name}=…` : `[${name}=…]`))
  return `  ${kind.padEnd(16)}${what}${said.length > 0 ? `: ${said.join(' ')}` : ''}`
}

const linesOf = (words: Readonly<Record<string, string>>, fields: Readonly<Record<string, FaultFields>>): string =>
  Object.entries(words)
    .map(([kind, what]) => lineOf(kind, what, fields[kind] ?? {}))
    .join('\n')

/** How a fault is said, and all that can be. */
const grammar = `
A fault is ${faultForm}
  on       a place: authorize, token, token:refresh_token, revoke, api, webhook …
  before   in place of the work; after it, all is done and only the answer suffers
  name     as below, or which calls: nth=3, nth=2-4, nth=3n (each third), nth=!3n,
           times=2, rate=0.05, client=<id>; cites=<who permits it> for the journal

Kinds:
${linesOf(callKinds, callFields)}
Kinds on webhook:
${linesOf(webhookKinds, webhookFields)}

Examples:
  mock-oauth fault add token:refresh_token drop after
  mock-oauth fault add mekari/token error refusal=refresh_token_reused times=2
  mock-oauth fault add token replace 'fields.expires_in="3600"'
  mock-oauth fault add token:refresh_token hold count=5 order=reverse`

/** Commands that make things go wrong on a running server. */
export function addFaults(program: Command): void {
  const fault = program
    .command('fault')
    .description('arm what goes wrong, list it, take it away, let go what it holds')
    .addHelpText('after', `${grammar}\n  mock-oauth fault release f3`)
  remote(fault.command('add'))
    .description('arm a fault')
    .argument('<on>', 'where it strikes, or the whole fault in quotes')
    .argument('[kind]', 'what goes wrong')
    .argument('[more...]', 'before or after, and name=value')
    .addOption(json())
    .addHelpText('after', grammar)
    .action(async (on, kind, more, options) => (await import('../fault.ts')).add([on, kind, ...more], options))
  remote(fault.command('list'))
    .description('list what is armed, and how often each fired')
    .addOption(json())
    .action(async (options) => (await import('../fault.ts')).list(options))
  remote(fault.command('remove'))
    .description('take a fault away; whoever it holds is let go')
    .argument('[id]', 'as in the list; all when none is named')
    .addOption(json())
    .action(async (id, options) => (await import('../fault.ts')).remove(id, options))
  remote(fault.command('release'))
    .description('let go whoever a hold holds, full or not')
    .argument('<id>', 'as in the list')
    .addOption(json())
    .action(async (id, options) => (await import('../fault.ts')).release(id, options))
}
