import { describe, expect, it } from 'vitest'
import { type FaultKind, faultMoments } from '../../src/vocabulary/fault.ts'
import { callFields } from '../../src/vocabulary/fault-fields.ts'
import { placesOf, strikesAt } from '../../src/vocabulary/fault-places.ts'
import type { Answer } from '../doors.ts'
import { codeIn, tableOf } from './page.ts'
import { callerOf } from './stage.ts'

/** Headers that the page shows. */
const told = ['location', 'retry-after', 'www-authenticate', 'x-trace']
const usualType = 'application/json; charset=utf-8'

/** An answer as the page writes it: what differs each time is counted, not shown. */
function written({ status, headers, body }: Answer): string {
  const shown = headers.filter(
    ([name, value]) => told.includes(name) || (name === 'content-type' && value !== usualType),
  )
  return [`${status}`, ...shown.map(([name, value]) => `${name}: ${value}`), body]
    .filter((part) => part !== '')
    .join(' ')
    .replace(/[\w-]{40,}/g, (value) => `<${value.length} characters>`)
    .replace(/\r?\n/g, '')
}

const coded = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(', ')

/** Fields as the page lists them: those that may be left out in brackets. */
function saysOf(kind: FaultKind): string {
  const fields = Object.entries(callFields[kind])
  const required = fields.flatMap(([name, field]) => (field.required ? [name] : []))
  const optional = fields.flatMap(([name, field]) => (field.required ? [] : [name]))
  return `${coded(required)}${optional.length > 0 ? ` (${coded(optional)})` : ''}`.trim()
}

describe('docs/faults.md', () => {
  const rows = tableOf('Fault', 'Calls', 'Answers')

  it('lists every kind, what is said of it, where and when it strikes', async () => {
    const { environment } = await callerOf('standard')
    const places = placesOf(environment).filter((place) => !place.includes(':') && place !== 'webhook')
    const expected = Object.entries(faultMoments).map(([name, moments]) => {
      const kind = name as FaultKind
      const [can, cannot] = [
        places.filter((one) => strikesAt(kind, one)),
        places.filter((one) => !strikesAt(kind, one)),
      ]
      const except = cannot.length === 0 ? 'everywhere' : `all but ${coded(cannot.sort())}`
      const where = can.length < cannot.length ? coded(can.sort()) : except
      return [`\`${kind}\``, saysOf(kind), where, coded(moments)]
    })
    expect(tableOf('Kind', 'Says', 'Where', 'When', 'Does').map((cells) => cells.slice(0, 4))).toEqual(expected)
  })

  it('shows each kind that is not about the way of an answer, at each moment', () => {
    const onTheWay = ['delay', 'hang', 'drop', 'truncate', 'slow', 'close', 'hold']
    const shown = rows.map(([fault]) => JSON.parse(codeIn(fault ?? '')))
    const moments = Object.entries(faultMoments).flatMap(([kind, [usual, ...others]]) =>
      onTheWay.includes(kind) ? [] : [[kind, usual], ...others.map((at) => [kind, at])],
    )
    const isShown = ([kind, at]: readonly string[]) =>
      shown.some((one) => one.kind === kind && (one.at ?? faultMoments[one.kind as FaultKind][0]) === at)
    expect(moments.filter((one) => !isShown(one as string[]))).toEqual([])
  })

  it.each(rows)('%s: %s', async (fault, calls = '', answers = '') => {
    const { mock, steps, arm } = await callerOf('standard')
    const armed = arm(JSON.parse(codeIn(fault ?? '')))
    const came: string[] = []
    for (const call of calls.split(', ')) {
      const wait = /^(\d+s) later$/.exec(call)?.[1]
      if (wait !== undefined) await mock.clock.advance(wait)
      else came.push(written((await steps[call]?.()) ?? { status: 0, headers: [], body: `no call ${call}` }))
    }
    expect(came.map((one) => `\`${one}\``).join('<br>')).toBe(answers)
    expect(mock.faults.list().find(({ id }) => id === armed.id)?.fired).toBeGreaterThan(0)
  })
})
