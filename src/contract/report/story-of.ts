import { faultWords, statusWords } from '../../lines/fault-words.ts'
import type { Evidence, Seen, Step } from '../evidence.ts'
import type { Veil } from '../redact-evidence.ts'
import type { AnsweredEvent, AskedEvent, Event, ExchangeEvent, Header, Story } from './story.ts'

/** Longer texts are cut; whoever needs all of it replays the clause. */
const longest = 2_000
const linesOfOutput = 20
const longestLine = 300

/** What happened, in order, with nothing secret in it. */
export function storyOf(evidence: Evidence, shownBy: readonly string[], veil: Veil): Story {
  const written = evidence.output.split('\n').filter((line) => line.trim() !== '')
  const deaths = evidence.deaths.map(({ process, how }) => ({ what: 'death' as const, process, how: veil.text(how) }))
  return {
    events: [...eventsOf(evidence, veil), ...deaths],
    shownBy,
    output: written.slice(-linesOfOutput).map((line) => cut(veil.output(line), longestLine)),
  }
}

interface Numbered {
  readonly step: Step
  readonly number: number
}

function eventsOf({ exchanges, steps }: Evidence, veil: Veil): readonly Event[] {
  // They stand in the order of their answers.
  const inOrder = steps.toSorted((one, other) => one.from - other.from)
  const numbered = inOrder.map((step, i): Numbered => ({ step, number: i + 1 }))
  const told: Event[] = []
  let mark = ''
  const under = (name: string, ...events: readonly Event[]) => {
    if (name !== mark) told.push({ what: 'mark', name })
    mark = name
    told.push(...events)
  }
  for (let at = 0; at <= exchanges.length; at++) {
    // First the answers to what was asked before the last exchange, then what was asked behind it.
    for (const one of numbered.filter(({ step }) => step.to === at && step.from < at)) under(mark, answered(one, veil))
    for (const one of numbered.filter(({ step }) => step.from === at)) {
      under(one.step.mark, asked(one, veil))
      if (one.step.to === at) under(mark, answered(one, veil))
    }
    const exchange = exchanges[at]
    if (exchange) under(exchange.mark, exchangeEvent(exchange, exchanges[at - 1], veil))
  }
  return told
}

const asked = ({ step: { op, process, asked }, number }: Numbered, veil: Veil): AskedEvent => ({
  what: 'asked',
  step: number,
  process,
  op,
  text: cut(veil.json(asked)),
})

function answered({ step, number }: Numbered, veil: Veil): AnsweredEvent {
  const { op, process, answer, problem, lost } = step
  const [how, text] = problem
    ? (['problem', veil.text(`${problem.kind}: ${problem.message}`)] as const)
    : lost
      ? (['lost', lost] as const)
      : (['answer', veil.json(answer ?? {})] as const)
  return { what: 'answered', step: number, process, op, how, text: cut(text) }
}

/**
 * How much world time was let pass, in seconds. World time runs with real time, which is never the same twice: a little is not
 * told, and the rest in whole minutes or fives of seconds.
 */
function leapBetween(before: Seen | undefined, after: Seen): number {
  const seconds = before ? (after.at - before.at) / 1_000 : 0
  const unit = seconds < 120 ? 5 : 60
  return seconds < 10 ? 0 : Math.floor(seconds / unit) * unit
}

function exchangeEvent(raw: Seen, before: Seen | undefined, veil: Veil): ExchangeEvent {
  const exchange = veil.exchange(raw)
  const { request, response, refusal } = exchange
  const later = leapBetween(before, raw)
  return {
    what: 'exchange',
    id: raw.id,
    ...(later > 0 && { later }),
    method: request.method,
    url: cut(request.url),
    requestHeaders: headersIn(Object.entries(request.headers)),
    requestBody: cut(request.body),
    status: statusWords(exchange),
    responseHeaders: headersIn(response.headers),
    responseBody: cut(response.body),
    ...(refusal && { refused: refusal.kind }),
    faults: faultWords(exchange),
  }
}

const telling: ReadonlySet<string> = new Set([
  ...['authorization', 'content-type', 'idempotency-key', 'if-none-match', 'dpop'],
  ...['location', 'www-authenticate', 'retry-after', 'cache-control'],
])

const headersIn = (headers: readonly (readonly [string, string | undefined])[]): readonly Header[] =>
  headers.flatMap(([name, value]) =>
    telling.has(name.toLowerCase()) && value !== undefined ? [[name.toLowerCase(), cut(value)] as const] : [],
  )

const cut = (text: string, length = longest): string =>
  text.length > length ? `${text.slice(0, length)}… (${text.length} characters)` : text
