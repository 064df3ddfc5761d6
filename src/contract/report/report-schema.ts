import { exitCodes } from '../exit-code.ts'
import { askedSchemas } from '../protocol/schema.ts'
import { kinds, standings } from './make-report.ts'
import type { DriverFile, KnownFailure, PageRule, Place, Report, ReportedClient, Result, StaleRow } from './report.ts'
import type { AnsweredEvent, AskedEvent, DeathEvent, ExchangeEvent, MarkEvent, Story } from './story.ts'

type Schema = Readonly<Record<string, unknown>>

/** A schema for each property of a type, no more and no less. */
type FieldsOf<Type> = { readonly [Name in keyof Required<Type>]: Schema }

type Optional<Type> = { [Name in keyof Type]-?: undefined extends Type[Name] ? Name : never }[keyof Type]

/** An object that has these properties, but perhaps the optional ones, and no other. */
const object = <Type>(properties: FieldsOf<Type>, ...optional: readonly Optional<Type>[]): Schema => ({
  type: 'object',
  properties,
  required: Object.keys(properties).filter((name) => !(optional as readonly string[]).includes(name)),
  additionalProperties: false,
})
const said = (schema: Schema, description: string): Schema => ({ ...schema, description })
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const oneOf = (...words: readonly string[]): Schema => ({ type: 'string', enum: words })
const text: Schema = { type: 'string' }
const count: Schema = { type: 'integer', minimum: 0 }
const ofEach = (names: readonly string[]): Schema => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, count])),
  required: names,
  additionalProperties: false,
})

const words = oneOf('must', 'should', 'may')
const op = oneOf(...Object.keys(askedSchemas))
const headers = listOf({ type: 'array', items: text, minItems: 2, maxItems: 2 })
const process = said(text, 'a is the first process of the story, b a second one on the same store')
const step = said({ type: 'integer', minimum: 1 }, 'what was asked and its answer have the same number')

const event: Schema = {
  oneOf: [
    object<MarkEvent>({ what: { const: 'mark' }, name: text }),
    object<AskedEvent>({ what: { const: 'asked' }, step, process, op, text: said(text, 'JSON') }),
    object<AnsweredEvent>({
      what: { const: 'answered' },
      ...{ step, process, op },
      how: said(oneOf('answer', 'problem', 'lost'), 'problem: the driver could not; lost: nothing came'),
      text: said(text, 'JSON where it is an answer'),
    }),
    object<DeathEvent>({ what: { const: 'death' }, process, how: text }),
    object<ExchangeEvent>(
      {
        what: { const: 'exchange' },
        id: text,
        later: said(count, 'world seconds since the exchange before it, where time was moved on'),
        method: text,
        url: text,
        requestHeaders: headers,
        requestBody: text,
        status: said(text, 'what was answered, and what became of it on its way: 200 → dropped'),
        responseHeaders: headers,
        responseBody: text,
        refused: said(text, 'why the provider refused'),
        faults: said(listOf(text), 'what was done to it on purpose'),
      },
      ...(['later', 'refused'] as const),
    ),
  ],
}

const result = object<Result>(
  {
    clause: text,
    title: said(text, 'what the client must do'),
    provider: text,
    assumed: said(text, 'the behaviour that was presumed where the page is silent: mekari.errors=kong'),
    level: object<Result['level']>({ word: words, by: oneOf('rfc', 'provider', 'ours') }),
    kind: oneOf(...kinds),
    standing: said(oneOf(...standings), 'unexpected ones decide over the exit code'),
    why: said(text, 'what the client did, or why it is not judged; empty where the clause is kept'),
    source: said(text, 'RFC and section, or experience'),
    page: said(object<PageRule>({ section: text, rule: text }), "the provider's own sentence, in our words"),
    advice: text,
    flaky: said({ const: true }, 'of repeated runs some said otherwise'),
    known: said(object<KnownFailure>({ why: text, issue: text }, 'issue'), 'its row of the baseline'),
    tookMs: said(count, 'real milliseconds; the one thing that is not the same again'),
    replay: said(text, 'the command that runs just this again'),
    story: object<Story>({
      events: listOf({ $ref: '#/$defs/event' }),
      shownBy: said(listOf(text), 'ids of exchanges'),
      output: said(listOf(text), 'the last lines that the client wrote'),
    }),
  },
  ...(['assumed', 'page', 'flaky', 'known', 'story'] as const),
)

/** The JSON Schema (2020-12) of a report. */
export const reportSchema: Schema = {
  $schema: 'https://json-schema.org/draft/2020-12/schema',
  $id: 'urn:mock-oauth:contract-report:1',
  title:
    'Report of mock-oauth contract, version 1. Secrets stand as their first characters, a digest and their length.',
  ...object<Report>(
    {
      version: { const: 1 },
      client: object<ReportedClient>(
        {
          ...{ name: text, version: text, language: text, command: text },
          driver: said(
            object<DriverFile>({ file: text, bytes: count, sha256: said(text, 'in hex') }),
            'the first file that the command names',
          ),
        },
        ...(['name', 'version', 'language', 'command', 'driver'] as const),
      ),
      seed: text,
      level: said(words, 'clauses that bind less are shown and not counted'),
      strict: said({ type: 'boolean' }, 'whether a should that is not kept is unexpected'),
      places: listOf(object<Place>({ key: text, provider: text, assumed: text }, 'assumed')),
      counts: ofEach(kinds),
      standings: ofEach(standings),
      exitCode: { enum: Object.values(exitCodes) },
      stopped: said(text, 'why the run ended before its end'),
      results: listOf(result),
      stale: listOf(
        object<StaleRow>(
          { row: text, line: { type: 'integer', minimum: 1 }, provider: text, found: text },
          ...(['line', 'provider'] as const),
        ),
      ),
    },
    'stopped',
  ),
  $defs: { event },
}
