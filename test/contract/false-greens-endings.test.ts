import { expect, it } from 'vitest'
import type { ClauseId, ProviderId } from '../../src/contract/clause.ts'
import type { VerdictKind } from '../../src/contract/verdict.ts'
import { type Change, verdictsOn } from './verdicts-on.ts'

const checked = 'if (secret !== undefined && !isSigned[signature](letter, secret)) return { status: 401 }'

const clients: readonly {
  readonly what: string
  readonly at: ProviderId
  readonly change: Change
  readonly told: Readonly<Record<ClauseId, VerdictKind>>
}[] = [
  ...(['finexer', 'mercado-pago'] as const).map((at) => ({
    what: 'acknowledges every webhook and does nothing',
    at,
    change: { find: 'if (!ending) return { status: 200 }', replace: 'if (ending !== null) return { status: 200 }' },
    told: {
      'wh-revoked-stops-calls': 'broken',
      'wh-idempotent': 'untestable',
      'wh-out-of-order': 'untestable',
      'wh-only-that-account': 'untestable',
    } as const,
  })),
  {
    what: 'refuses every webhook',
    at: 'finexer',
    change: { find: checked, replace: 'if (secret !== undefined) return { status: 401 }' },
    told: { 'wh-forged-rejected': 'untestable', 'wh-absent-signature': 'untestable' },
  },
  {
    what: 'looks at no signature',
    at: 'finexer',
    change: { find: checked, replace: '' },
    told: { 'wh-forged-rejected': 'broken', 'wh-absent-signature': 'broken' },
  },
  {
    what: 'says revoked when the provider has refused to revoke',
    at: 'finexer',
    change: {
      find: "return came ? { result: 'removed', code: came.code } : { result: 'revoked' }",
      replace: "return { result: 'revoked' }",
    },
    told: { 'rv-400-already': 'warned', 'rv-204-empty': 'kept' },
  },
  {
    what: 'keeps the tokens that the provider has refused to revoke',
    at: 'finexer',
    change: {
      find: '(one) => (one?.generation === link.generation ? done : undefined)',
      replace: '(one) => (one?.generation === link.generation && !came ? done : undefined)',
    },
    told: { 'rv-400-already': 'warned', 'rv-no-use-after': 'kept' },
  },
]

it.each(clients.map((client) => [client.what, client.at, client] as const))(
  'a client that %s is judged as such at %s',
  async (_, at, { change, told }) => {
    expect(await verdictsOn(Object.keys(told) as ClauseId[], at, change)).toEqual(told)
  },
  60_000,
)
