import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { protocolSchema } from 'mock-oauth/contract'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { expectable } from '../../src/contract/baseline.ts'
import { exitCodes } from '../../src/contract/exit-code.ts'
import { kindWords } from '../../src/contract/report/words.ts'
import { root, run } from '../cli/command.ts'
import { example } from '../examples/shell.ts'
import { flagsIn, quoted, tableIn } from '../readme/document.ts'

const pageOf = (name: string) => readFileSync(`${root}docs/${name}.md`, 'utf8')

/** What a page says in backquotes beside its blocks of code. */
const quotedIn = (page: string) => quoted(page.replace(/^```.*?^```$/gms, ''))

interface Shape {
  readonly properties?: Readonly<Record<string, Shape & { const?: string; enum?: readonly string[] }>>
  readonly required?: readonly string[]
}

interface Definitions {
  readonly request: { readonly oneOf: readonly Shape[] }
  readonly answer: Shape
  readonly ok: Readonly<Record<string, Shape>>
}

const { request, answer, ok } = protocolSchema.$defs as Definitions
const asked = new Map(request.oneOf.map((shape) => [shape.properties?.op?.const ?? '', shape]))

/** `name`, or `name?` where it may be left out, as the page writes it. */
const namesIn = ({ properties = {}, required = [] }: Shape) =>
  Object.keys(properties)
    .filter((name) => name !== 'id' && name !== 'op')
    .map((name) => (required.includes(name) ? name : `${name}?`))

/** The words that a shape allows, wherever in it. */
const wordsIn = ({ properties = {} }: Shape): readonly string[] =>
  Object.values(properties).flatMap((one) => [...(one.enum ?? []), ...wordsIn(one)])

describe('the page of the driver', () => {
  const page = pageOf('contract-driver')
  const firsts = (heading: string) => tableIn(page, heading).flatMap(([first]) => quoted(first))

  it('has every op with what it is asked with and what is answered', () => {
    const rows = tableIn(page, '`op`').map(([op, given, , said]) => ({ op: quoted(op)[0] ?? '', given, said }))
    expect(rows.map(({ op }) => op)).toEqual([...asked.keys()])
    for (const { op, given, said } of rows) {
      expect(quoted(given)).toEqual(expect.arrayContaining(namesIn(asked.get(op) ?? {})))
      expect(quoted(said)).toEqual(expect.arrayContaining(namesIn(ok[op] ?? {})))
    }
  })

  it('has every word that may be asked or answered', () => {
    const words = [...asked.values(), answer, ...Object.values(ok)].flatMap(wordsIn)
    expect(quotedIn(page)).toEqual(expect.arrayContaining(words))
  })

  it('has every field of env, every feature and every kind of error, and no other', () => {
    const { properties: fields = {} } = asked.get('start')?.properties?.env ?? {}
    expect(firsts('Field').toSorted()).toEqual(Object.keys(fields).toSorted())
    expect(firsts('Feature')).toEqual(Object.keys(ok.start?.properties?.features?.properties ?? {}))
    expect(firsts('`kind`')).toEqual(answer.properties?.error?.properties?.kind?.enum)
  })

  it('shows a dialogue in lines of the protocol', () => {
    const ajv = new Ajv2020({ strict: false })
    ajv.addSchema(protocolSchema, 'protocol')
    const faults = (part: string, line: unknown) => {
      const check = ajv.compile({ $ref: `protocol#/$defs/${part}` })
      return check(line) ? [] : [`${JSON.stringify(line)}: ${ajv.errorsText(check.errors)}`]
    }
    const ops = new Map<number, string>()
    const all = example('contract/dialogue.txt')
      .split('\n')
      .flatMap((line) => {
        const said = JSON.parse(line.slice(2))
        if (line.startsWith('← ')) {
          return [...faults('answer', said), ...(said.ok ? faults(`ok/${ops.get(said.id)}`, said.ok) : [])]
        }
        ops.set(said.id, said.op)
        return faults('request', said)
      })
    expect(all).toEqual([])
    expect(ops.size).toBeGreaterThan(5)
  })

  it('shows what smoke says of a driver that stays', async () => {
    const { stdout } = await run(['contract', 'smoke', '--client', `node ${root}test/contract/drivers/odd.js stays`])
    expect(page).toContain(`\n${stdout.trimEnd()}\n\`\`\``)
  })
})

describe('the page of how a client is judged', () => {
  const page = pageOf('contract')

  it('has every verdict and every exit code', () => {
    expect(
      tableIn(page, 'Verdict')
        .flatMap(([first]) => quoted(first))
        .toSorted(),
    ).toEqual(Object.keys(kindWords).toSorted())
    expect(tableIn(page, 'Code').map(([code]) => Number(code))).toEqual(Object.values(exitCodes))
  })

  it('has every flag, every input of the action, and all that a baseline may expect', async () => {
    const { stdout } = await run(['contract', '--help'])
    const flags = flagsIn(stdout).filter((flag) => !['--help', '--client'].includes(flag))
    expect(flagsIn(page)).toEqual(expect.arrayContaining(flags))
    const { inputs } = parse(readFileSync(`${root}action.yml`, 'utf8'))
    expect(quotedIn(page)).toEqual(expect.arrayContaining([...Object.keys(inputs), ...expectable]))
  })
})
