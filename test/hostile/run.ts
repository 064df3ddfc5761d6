import { scopesWithoutSigning } from '../laws/party.ts'
import type { Stage } from '../laws/stage.ts'
import { createOracle, type Oracle } from './oracle.ts'
import { draft, type Plan, senderOf } from './requests.ts'

/** The way of a person and a client when nothing is odd; every run begins with it. */
const usual: readonly Plan[] = (
  [
    ['authorize', false],
    ['sign in', true],
    ['sign in', false],
    ['authorize', false],
    ['consent', false],
    ['exchange', true],
    ['api', false],
    ['refresh', false],
    ['push', false],
    ['pushed', false],
    ['pushed', false],
    ['introspect', true],
  ] as const
).map(([kind, json]) => ({ kind, json, environment: 0, nth: 0, twists: [], wait: 0 }))

/** Four clients: one as any, one public where there are such, one flagged for client_credentials, one in the last environment. */
async function cast(stage: Stage) {
  const [production] = stage.environments
  const last = stage.environments.at(-1)
  const quick = production ? { scopes: scopesWithoutSigning(production) } : {}
  const grantTypes = ['authorization_code', 'refresh_token', 'client_credentials'] as const
  const given = [
    {},
    {
      public: production?.rules.client.publicClients === true,
      redirectUris: ['https://public.example/callback', 'com.example.app:/callback?keep=1'],
    },
    { grantTypes: production?.rules.clientCredentials ? grantTypes : grantTypes.slice(0, 2) },
  ].map((input) => stage.register({ provider: production?.key ?? '', ...quick, ...input }))
  return Promise.all([...given, stage.register({ provider: last?.key ?? '', ...quick })])
}

/** Sends what was planned after the usual way, and lets an oracle judge each answer. Returns it for what it has seen. */
export async function carryOut(stage: Stage, plans: readonly Plan[]): Promise<Oracle> {
  const clients = (await cast(stage)).map((client) => ({ ...client, secret: client.secret }))
  const oracle = createOracle(stage, clients, await stage.emails())
  for (const plan of [...usual, ...plans, ...usual]) {
    const own = stage.environments.find(({ key }) => key === clients[senderOf(plan, oracle.pool)]?.environment)
    const environment = plan.environment < 8 ? own : stage.environments[plan.environment % stage.environments.length]
    if (!environment) continue
    if (plan.wait > 0) stage.moveTo(stage.now() + plan.wait)
    const written = draft(plan, environment, oracle.pool)
    oracle.judge(written, environment, await stage.send(written.request))
  }
  return oracle
}
