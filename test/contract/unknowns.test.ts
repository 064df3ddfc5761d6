import { catalogue } from 'mock-oauth/contract'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient } from '../../contracts/clients/typescript/client.ts'
import { everywhere, type ProviderId } from '../../src/contract/clause.ts'
import { isLike } from '../../src/contract/clause-pattern.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { createStage, type Stage } from '../../src/contract/run/stage.ts'
import { choicesOf } from '../../src/contract/run/unknowns.ts'
import { quiet } from '../../src/contract/verdict.ts'

/** Where the provider itself refuses a refresh or rotates a token, with no fault in its place: each choice could show in these. */
const always = [
  'rf-on-expiry',
  'rf-idle-keepalive',
  'rf-reauth-recovers',
  'rc-family-revoked',
  'rc-lost-response-final',
]

/** What a choice is about besides; the whole catalogue at each takes minutes. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'mekari.errors=kong': ['er-*', 'rc-*'],
  'mekari.errors=message': ['er-*', 'rc-*'],
  'mekari.reuse=family-revoked': ['rc-*'],
  'mekari.old-access-token=dies': ['rc-*'],
  'mekari.revocation=access-token-only': ['rv-*'],
  'finexer.refresh=unsupported': ['*'],
  'finexer.rotation=single-use': ['rf-*'],
  'finexer.second-authorization=apart': ['se-reconnect-*', 'rv-*'],
  'finexer.webhook-body=flat': ['wh-*'],
  'mercado-pago.denial=page': ['cb-access-denied'],
  'mercado-pago.errors=description': ['er-*'],
  'mercury.reuse=grace': ['rc-*'],
  'mercury.reuse=refused': ['rc-*'],
  'mercury.authorize-errors=plain-400': ['cb-*'],
}

const judge = (provider: ProviderId, assume: string, patterns: readonly string[]) =>
  run({
    launcher: inProcess(createClient, { patienceMs: 15_000 }),
    ...{ providers: [provider], assume, seed: 'choices' },
    clauses: catalogue.filter(({ id }) => patterns.some((pattern) => isLike(pattern, id))),
  })

describe('a good client, where a page is silent', () => {
  let stage: Stage
  const choices = () => everywhere.flatMap((provider) => choicesOf(stage.mock, provider))
  beforeAll(async () => {
    stage = await createStage(everywhere, 'choices')
  })
  afterAll(() => stage.close())

  it.each(everywhere)('is good by each choice of %s', { timeout: 180_000 }, async (provider) => {
    const found: string[] = []
    for (const { choice } of choices().filter((one) => one.provider === provider)) {
      const { judged } = await judge(provider, choice, [...always, ...(besides[choice] ?? [])])
      for (const { verdict } of judged)
        if (!quiet.has(verdict.kind)) found.push(`${choice} ${verdict.clause}: ${verdict.kind}, ${verdict.why}`)
    }
    expect(found).toEqual([])
  })

  it('is judged by choices that there are', () => {
    const names = choices().map(({ choice }) => choice)
    expect(Object.keys(besides).filter((name) => !names.includes(name))).toEqual([])
  })
})

describe('what a provider does not give', () => {
  it('is asked of nobody where it takes no refresh tokens', async () => {
    const ids = ['rf-on-expiry', 'rf-irregular-rotation', 'ap-401-refresh-once-retry', 'cb-state-mismatch']
    const { judged } = await judge('finexer', 'finexer.refresh=unsupported', ids)
    const told = Object.fromEntries(judged.map(({ verdict }) => [verdict.clause, [verdict.kind, verdict.why]]))
    const pointless = ['not-applicable', 'The provider takes no refresh tokens.']
    expect(told).toEqual({
      'rf-on-expiry': pointless,
      'rf-irregular-rotation': pointless,
      'ap-401-refresh-once-retry': pointless,
      'cb-state-mismatch': ['kept', ''],
    })
  })

  it('is asked of nobody where a refresh prolongs nothing', async () => {
    const { judged } = await judge('mekari', 'mekari.refresh-lifetime=remaining', [
      'rf-idle-keepalive',
      'rf-latest-token',
    ])
    const kinds = Object.fromEntries(judged.map(({ verdict }) => [verdict.clause, verdict.kind]))
    expect(kinds).toEqual({ 'rf-idle-keepalive': 'not-applicable', 'rf-latest-token': 'kept' })
  })
})
