import type { Colours } from '../../lines/colours.ts'
import { printable } from '../../lines/printable.ts'
import type { Event, ExchangeEvent, Story } from './story.ts'
import { durationWords, many, stepNames } from './words.ts'
import { wrap } from './wrap.ts'

/** So many events around what shows the mistake are enough to understand it. */
const around = 8

/** So many exchanges with all that was sent show what is wrong; the others are like them. */
const fewest = 3

/** A story in lines: what shows the mistake with all that was sent, the rest in a line each. */
export function terminalStory(
  story: Story,
  { isWhole, colours: paint }: { readonly isWhole: boolean; readonly colours: Colours },
): readonly string[] {
  const { events, shownBy, output } = story
  const shown = new Set(shownBy)
  const shows = (event: Event) => event.what === 'exchange' && shown.has(event.id)
  const nameOf = stepNames(story)
  const inFull = new Set(isWhole ? shownBy : shownBy.slice(0, fewest))
  const last = events.findLastIndex(shows)
  const first = events.findIndex(shows)
  const [from, to] =
    isWhole || events.length <= 3 * around
      ? [0, events.length]
      : first < 0
        ? [events.length - 2 * around, events.length]
        : [Math.max(0, first - around), Math.min(events.length, last + around)]
  return [
    ...leftOut(from, paint),
    ...events.slice(from, to).flatMap((event) => eventLines(event, { isShowing: shows(event), inFull, nameOf }, paint)),
    ...leftOut(events.length - to, paint),
    ...(output.length === 0 ? [] : [paint.dim('    the client wrote:')]),
    ...output.slice(isWhole ? 0 : -5).map((line) => paint.dim(`      ${printable(line).slice(0, 74)}`)),
  ]
}

const leftOut = (count: number, { dim }: Colours): readonly string[] =>
  count === 0 ? [] : [dim(`    … ${many(count, 'event')} left out`)]

interface Showing {
  readonly isShowing: boolean
  readonly inFull: ReadonlySet<string>
  readonly nameOf: ReturnType<typeof stepNames>
}

function eventLines(event: Event, showing: Showing, paint: Colours): readonly string[] {
  switch (event.what) {
    case 'mark':
      return [paint.dim(`    ── ${event.name}`)]
    case 'asked':
      return [short(`    ${showing.nameOf(event)} ${event.op} ${event.text}`)]
    case 'answered':
      return [answeredLine(event.how, short(`    ${showing.nameOf(event)} ${event.op} → ${event.text}`), paint)]
    case 'death':
      return [paint.red(short(`    ${event.process} ended by itself: ${event.how}`))]
    case 'exchange':
      return exchangeLines(event, showing, paint)
  }
}

const answeredLine = (how: string, line: string, { red }: Colours): string => (how === 'answer' ? line : red(line))

function exchangeLines(event: ExchangeEvent, { isShowing, inFull }: Showing, paint: Colours): readonly string[] {
  const { id, method, url, status, later, refused, faults } = event
  const path = printable(url.replace(/^[a-z]+:\/\//i, ''))
  const end = ` ${printable(status)}${refused ? ` ${refused}` : ''}`
  const name = `${isShowing ? '►' : ' '} ${id.padEnd(3)} `
  const head = isShowing
    ? `${method} ${path}`
    : fitted(`${method} ${path.replace(/\?.*/s, '?…')}`, 74 - name.length - end.length)
  return [
    ...(later === undefined ? [] : [paint.dim(`         ${durationWords(later)} later`)]),
    ...wrap(`${head}${end}`, `    ${name}`, '           ').map(isShowing ? paint.bold : (line) => line),
    ...faults.flatMap((words) => wrap(printable(words), '         ', '           ').map(paint.magenta)),
    ...(inFull.has(id) ? payloadLines(event) : []),
  ]
}

/** Headers and bodies. */
function payloadLines(event: ExchangeEvent): readonly string[] {
  const part = (sign: string, headers: ExchangeEvent['requestHeaders'], body: string) => [
    ...headers.flatMap(([name, value]) => wrap(`${name}: ${printable(value)}`, `         ${sign} `, '             ')),
    ...(body === '' ? [] : wrap(printable(body), `         ${sign} `, '             ')),
  ]
  return [
    ...part('→', event.requestHeaders, event.requestBody),
    ...part('←', event.responseHeaders, event.responseBody),
  ]
}

const short = (text: string): string => fitted(printable(text), 80)

const fitted = (text: string, length: number): string =>
  text.length > length ? `${text.slice(0, Math.max(0, length - 1))}…` : text
