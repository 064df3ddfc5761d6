import type { ClientUnderTest, Env } from 'mock-oauth/contract'
import { describe, expect, it } from 'vitest'
import { findClause } from '../../src/contract/catalogue.ts'
import type { Clause, ProviderId } from '../../src/contract/clause.ts'
import type { Factory } from '../../src/contract/client-under-test.ts'
import { inProcess } from '../../src/contract/run/in-process.ts'
import { run } from '../../src/contract/run/run.ts'
import { ClientLost, type Launcher } from '../../src/contract/run/running.ts'
import { carefulClient } from '../../src/contract/self-test/careful-client.ts'
import { smoke } from '../../src/contract/smoke.ts'

const launched = (factory: Factory, patienceMs = 15_000) => inProcess(factory, { patienceMs })

/** What each clause says of a client, in a sentence: `broken: exchanged …`. */
async function verdicts(launcher: Launcher, ids: readonly string[], at: ProviderId = 'mekari') {
  const clauses = ids.map((id) => findClause(id) as Clause)
  const { judged } = await run({ launcher, providers: [at], clauses, seed: 'false-greens' })
  return judged.map(({ verdict }) => `${verdict.kind}: ${verdict.why}`)
}

/** A careful client with one change that no mutant of the catalogue has, and what has to be said of it. */
interface Changed {
  readonly does: string
  readonly find: string
  readonly replace: string
  readonly clauses: readonly string[]
  readonly at?: ProviderId
  readonly says: RegExp
}

const unknown = "return answer('rejected', 'state_unknown')"
const cookie = "'__Host-login=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax'"
const newState = "const state = randomBytes(32).toString('base64url')"
const stateOf = (members: string) =>
  `const state = Buffer.from(JSON.stringify({ n: randomBytes(32).toString('hex'), ${members} })).toString('base64url')`

const changed: readonly Changed[] = [
  {
    does: 'tells a forged callback that all is well',
    find: unknown,
    replace:
      "return { outcome: 'rejected', http: { status: 200, headers: { 'cache-control': 'no-store' }, body: 'Connected!' } }",
    clauses: ['cb-state-mismatch', 'cb-state-missing', 'cb-state-bound-to-browser'],
    says: /^broken: answered 200 to /,
  },
  {
    does: 'takes callbacks that are nobody’s for a no',
    find: unknown,
    replace: "return answer('denied', 'state_unknown')",
    clauses: [
      ...['cb-state-mismatch', 'cb-state-missing', 'cb-state-one-time', 'cb-state-bound-to-browser'],
      'se-code-substitution',
    ],
    says: /^broken: says denied of /,
  },
  {
    does: 'takes a no for a failure',
    find: "answer(error === 'access_denied' ? 'denied' : 'failed', plainCode(error), error)",
    replace: "answer('failed', plainCode(error), error)",
    clauses: ['cb-access-denied'],
    at: 'finexer',
    says: /^broken: says failed of a login that the person denied$/,
  },
  {
    does: 'takes each error for a no',
    find: "error === 'access_denied' ? 'denied' : 'failed'",
    replace: "'denied'",
    clauses: ['cb-error-unknown'],
    says: /^warned: says denied of an error that it does not know$/,
  },
  {
    does: 'takes another issuer for a no',
    find: "answer('rejected', 'issuer_mismatch')",
    replace: "answer('denied', 'issuer_mismatch')",
    clauses: ['cb-iss-mismatch'],
    at: 'standard',
    says: /^broken: says denied of a callback of another issuer$/,
  },
  {
    does: 'writes its token requests into a file',
    find: '// Never the body: it holds secrets in both directions.',
    replace: ";(await import('node:fs')).appendFileSync(env.storeDir + '/app.log', JSON.stringify(asked))",
    clauses: ['se-no-secrets-in-logs'],
    says: /^broken: wrote a refresh token into app\.log$/,
  },
  {
    does: 'repeats what is said of its secret',
    find: "return { kind: 'refused', code: plainCode(body.error), status }",
    replace:
      "return { kind: 'refused', code: status === 401 ? String(body.error_description) : plainCode(body.error), status }",
    clauses: ['se-no-secrets-in-errors'],
    says: /^broken: answered a callback that failed with the client secret in it$/,
  },
  {
    does: 'keeps the link in the state',
    find: newState,
    replace: stateOf('link'),
    clauses: ['ar-state-no-sensitive-data'],
    at: 'mercado-pago',
    says: /^broken: put the link that is connected into the state$/,
  },
  {
    does: 'keeps the account in the state',
    find: newState,
    replace: stateOf('account: (await store.read(link))?.account'),
    clauses: ['ar-state-no-sensitive-data'],
    at: 'finexer',
    says: /^warned: put the id of the account into the state$/,
  },
  {
    does: 'fails behind the exchange',
    find: 'return exchange(login, code)',
    replace: "return exchange(login, code).then(() => answer('failed', 'no_redirect_uri'))",
    clauses: ['ar-redirect-uri-omittable'],
    says: /^warned: came to failed at a callback to the redirect URI that the provider has chosen$/,
  },
  {
    does: 'names a redirect URI where none is needed',
    find: 'finexer: { redirectUri: false',
    replace: 'finexer: { redirectUri: true',
    clauses: ['ar-redirect-uri-omittable'],
    at: 'finexer',
    says: /^kept: $/,
  },
  {
    does: 'sets no cookie at the callback',
    find: `'set-cookie': ${cookie},`,
    replace: '',
    clauses: ['se-cookie-flags'],
    says: /^untestable: Not reached: /,
  },
  {
    does: 'sets a session cookie that goes over plain http',
    find: cookie,
    replace: "'sid=5f1c; Path=/; HttpOnly; SameSite=Lax'",
    clauses: ['se-cookie-flags'],
    says: /^broken: set the cookie sid without Secure$/,
  },
  {
    does: 'sets cookies for its scripts beside that of the session',
    find: cookie,
    replace: `[${cookie}, 'lang=en; Path=/', 'XSRF-TOKEN=0b1d4f0b1d4f0b1d4f0b1d4f; Path=/; Secure']`,
    clauses: ['se-cookie-flags'],
    says: /^kept: $/,
  },
  {
    does: 'asks by GET where a 302 leads, and takes nothing from there',
    find: '    heard()\n    return { status: response.status,',
    replace: `    heard()
    if (response.status === 302) await fetch(response.headers.get('location') ?? '')
    return { status: response.status,`,
    clauses: ['se-302-not-get'],
    says: /^kept: $/,
  },
]

describe('a careful client that', () => {
  it.each(changed)('$does', async ({ find, replace, clauses, at, says }) => {
    const said = await verdicts(launched(await carefulClient({ find, replace })), clauses, at)
    expect(said).toEqual(clauses.map(() => expect.stringMatching(says)))
  })

  it('writes nothing of any use into its log', async () => {
    const careful = await carefulClient()
    const quiet: Factory = async (env, log) => {
      log('listening')
      return careful(env, () => {})
    }
    expect(await verdicts(launched(quiet), ['se-no-secrets-in-logs'])).toEqual([
      expect.stringMatching(/^inconclusive: Not reached: the log names neither /),
    ])
  })

  it('forgets logins at a restart, and does not look which provider a login went to', async () => {
    const trusting = await carefulClient(findClause('cb-mixup-two-providers')?.mutant)
    const forgetful: Factory = async (env, log) => {
      const client = await trusting(env, log)
      const states = new Set<string | null>()
      const stateIn = (url: string) => new URL(url).searchParams.get('state')
      return {
        ...client,
        async begin(asked) {
          const { url } = await client.begin(asked)
          states.add(stateIn(url))
          return { url }
        },
        async callback(asked) {
          return states.has(stateIn(asked.url)) ? client.callback(asked) : { outcome: 'rejected' }
        },
      }
    }
    expect(await verdicts(launched(forgetful), ['cb-mixup-two-providers'])).toEqual([
      expect.stringMatching(/^inconclusive: Without the fault /),
    ])
  })

  it('takes a no for a failure, in the first look at it', async () => {
    const client = await carefulClient({
      find: "error === 'access_denied' ? 'denied' : 'failed'",
      replace: "'failed'",
    })
    const checks = await smoke(launched(client), 'mekari', 'false-greens')
    expect(checks.at(-1)).toMatchObject({ what: 'tells a denial from a connection', verdict: 'client', saw: 'failed' })
  })
})

describe('a token endpoint of plain http', () => {
  const isPlain = ({ tokenUrl }: Env) => /^http:\/\/(?!(127\.0\.0\.1|localhost)[:/])/.test(tokenUrl)

  it('may be refused at the start by the end of the process', async () => {
    const careful = launched(await carefulClient())
    const ending: Launcher = {
      ...careful,
      async launch(env) {
        if (isPlain(env)) throw new ClientLost('died', 'The process ended with exit code 1. It wrote: needs https')
        return careful.launch(env)
      },
    }
    expect(await verdicts(ending, ['se-https-only'])).toEqual(['kept: '])
  })

  const checked = '  checkAddresses(env)\n'
  const lenient = async (change: (client: ClientUnderTest) => Partial<ClientUnderTest>): Promise<Factory> => {
    const careful = await carefulClient({ find: checked, replace: '' })
    return async (env, log) => {
      const client = await careful(env, log)
      return isPlain(env) ? { ...client, ...change(client) } : client
    }
  }

  it('may be refused just before something is sent there', async () => {
    const late = await lenient(() => ({ callback: async () => ({ outcome: 'failed', code: 'not_https' }) }))
    expect(await verdicts(launched(late), ['se-https-only'])).toEqual(['kept: '])
  })

  it('is not refused by a client that asks it, and tells nobody', async () => {
    const telling = await lenient((client) => ({
      async callback(asked) {
        await client.callback(asked)
        return { outcome: 'failed', code: 'not_https' }
      },
    }))
    expect(await verdicts(launched(telling), ['se-https-only'])).toEqual([
      expect.stringMatching(/^broken: sent a token request in clear to http:/),
    ])
  })

  it('is not refused by silence', async () => {
    const silent = await lenient(() => ({ begin: () => new Promise(() => {}) }))
    expect(await verdicts(launched(silent, 1_000), ['se-https-only'])).toEqual([
      'inconclusive: Not reached: begin was not answered.',
    ])
  })
})
