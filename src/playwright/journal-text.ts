import type { Exchange, Explanation } from '../embedded/types.ts'
import type { WorkerWorld } from './worker-world.ts'

/** What happened in a world, one request after another, as text without secrets. */
export async function journalText(world: WorkerWorld): Promise<string> {
  const exchanges = await world.requests()
  const told = await Promise.all(exchanges.map(async (one) => textOf(one, await explanationOf(world, one))))
  const head = `World ${world.name}. The same again: mockOAuth: { seed: '${world.seed}' }\n`
  return [head, ...(told.length > 0 ? told : ['Nobody has asked anything.\n'])].join('\n')
}

const explanationOf = async (world: WorkerWorld, { id, refusal, faults }: Exchange) =>
  refusal || faults ? world.explain(id) : undefined

function textOf({ id, at, request, response, faults = [] }: Exchange, explanation: Explanation | undefined): string {
  const { kind, rule, source, parameter, expected, came, fix } = explanation ?? {}
  const facts = {
    sent: request.body,
    answered: response.body,
    went: response.headers.find(([name]) => name === 'location')?.[1],
    'on purpose': faults.map(({ kind: fault, words }) => `${fault}: ${words}`).join('; '),
    refused: kind,
    rule: rule && `${rule} ${source ?? ''}`.trim(),
    parameter,
    expected,
    came,
    fix,
  }
  const lines = Object.entries(facts).flatMap(([name, text]) => (text ? [`    ${name.padEnd(10)}  ${text}`] : []))
  const first = `${id}  ${new Date(at).toISOString()}  ${request.method} ${request.url}  ${response.status}`
  return `${[first, ...lines].join('\n')}\n`
}
