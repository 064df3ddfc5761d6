import type { Explanation, Life, WebhookExplanation } from '../index.ts'
import { eventWords } from '../lines/life-line.ts'
import { findServer, type ServerOptions } from './control.ts'
import { print, printJson } from './print.ts'
import { Stop } from './stop.ts'
import { table } from './table.ts'

/** Says why a request was refused, and what was done to it on purpose: the one with this id, or the last refused or struck one. */
export async function explain(
  id: string | undefined,
  { json, last, ...at }: ServerOptions & { json?: boolean; last?: boolean },
): Promise<void> {
  if (last && id !== undefined) throw new Stop(2, `Either --last or ${id}, not both.`)
  const server = await findServer(at)
  if (id?.startsWith('w')) {
    const told = await server.get<WebhookExplanation>(`/webhooks/${encodeURIComponent(id)}/explain`)
    return json ? printJson(told) : print(...deliveryLines(told))
  }
  const which = id === undefined ? 'last' : encodeURIComponent(id)
  const explanation = await server.get<Explanation>(`/requests/${which}/explain`)
  if (json) return printJson(explanation)
  const { request, status, refused, kind, rule, source, parameter, expected, came, fix, evidence, lift, life } =
    explanation
  const { faults = [], done, sent } = explanation
  if (!refused && faults.length === 0) return print(`${explanation.id}  ${request}  ${status}: not refused.`)
  const facts = [
    ['Request', `${explanation.id}  ${request}`],
    // What was done and what was sent say more where a fault stood between them.
    ['Status', faults.length > 0 ? undefined : String(status)],
    ['Refused', kind],
    ['Rule', rule],
    ['Source', source],
    ['Parameter', parameter],
    ['Expected', expected],
    ['Came', came],
    ['Known by', evidence && `${evidence.grade}: ${evidence.source} (${evidence.path})`],
    ['Fix', fix],
    ['Lift', lift && `mock-oauth serve ${lift}`],
    ...(life ? linesOf(life).map((line, i) => [i === 0 ? 'Life' : '', line]) : []),
    ...faults.flatMap((fault) => [
      ['Fault', `${fault.id}  ${fault.kind}, ${fault.at} the work: ${fault.words}`],
      ['Permitted', fault.cites],
    ]),
    ['Done', done],
    ['Sent', sent],
    ...faults.map((one) => ['Advice', one.fix]),
  ]
  print(...table(facts.flatMap(([name, value]) => (name !== undefined && value ? [[name, value]] : []))))
}

/** What was done to the delivery of an event. */
function deliveryLines({ id, environment, clientId, event, state, faults }: WebhookExplanation): string[] {
  if (faults.length === 0) return [`${id}  ${event}  ${state}: no fault has struck it.`]
  const facts = [
    ['Webhook', `${id}  ${event} of ${environment} for client ${clientId}`],
    ['State', state],
    ...faults.flatMap(({ id: fault, kind, words, cites = '', fix }) => [
      ['Fault', `${fault}  ${kind}: ${words}`],
      ['Permitted', cites],
      ['Advice', fix],
    ]),
  ]
  return table(facts.filter(([, value]) => value !== ''))
}

/** A life as a small timeline: whose it is, and then what happened, when and by which request. */
function linesOf({ kind, value, provider, client, grant, from, expiresAt, uses, events, over }: Life): string[] {
  const whose = [
    `${kind.replaceAll('_', ' ')} ${value}`,
    `of ${provider}`,
    `for client ${client}`,
    ...(grant === undefined ? [] : [`in ${grant}`]),
    ...(from === undefined ? [] : [`from ${from}`]),
  ].join(' ')
  const rows = events.map((event) => [
    event.at,
    event.until === undefined ? eventWords(event) : `${eventWords(event)}, usable again until ${event.until}`,
    event.what ?? '',
  ])
  const times = uses === undefined || (over && uses === 1) ? [] : [`used ${uses} time${uses === 1 ? '' : 's'}`]
  const end = over ? [] : [`alive${expiresAt === undefined ? '' : ` until ${expiresAt}`}`]
  return [whose, ...table(rows), ...times, ...end]
}
