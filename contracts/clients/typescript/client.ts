import type { ClientUnderTest, Env, Features } from 'mock-oauth/contract'
import { createCall } from './calls.ts'
import { createDisconnector } from './disconnect.ts'
import { createLogins } from './login.ts'
import { createRefresher } from './refresh.ts'
import { Store } from './store.ts'
import { createTokens } from './tokens.ts'
import { createReceiver } from './webhooks.ts'

/** A careful client: nothing here is for tests alone but the names of the verbs. */

const features: Features = {
  concurrent: true,
  multiProcess: true,
  multiLink: true,
  pkce: true,
  webhooks: true,
  revoke: true,
  clock: true,
  background: true,
  userPages: true,
}

/** @param log takes a line of the log */
export function createClient(env: Env, log: (line: string) => void): ClientUnderTest {
  checkAddresses(env)
  let ahead = 0
  // Asked each time: nothing here waits for a moment by a timer, which a long life would overflow.
  const now = () => Date.now() + ahead
  const abandonedMs = 3 * env.requestTimeoutMs + 10_000
  const store = new Store({ folder: env.storeDir, provider: env.provider, abandonedMs, log })
  const tokens = createTokens(env, now, log)
  const logins = createLogins({ env, store, tokens, now, log })
  const refresher = createRefresher({ env, store, tokens, now, log })
  const call = createCall({ env, store, refresher, now, log })
  const disconnector = createDisconnector({ env, store, tokens, now })

  /** What is due without anybody asking. Where there is a scheduler, it does this each day. */
  async function tend(): Promise<void> {
    const links = await store.all()
    const due = links.map((link) => {
      if (link.revocation) return disconnector.retry(link)
      return refresher.isIdle(link) ? refresher.renew(link) : undefined
    })
    for (const done of await Promise.allSettled(due)) if (done.status === 'rejected') log(`ALARM: ${done.reason}`)
  }

  return {
    features,
    ...logins,
    call,
    disconnect: disconnector.disconnect,
    webhook: createReceiver({ env, store, call, log }),
    async status({ link = 'default' }) {
      const found = await store.read(link)
      if (!found) return { state: 'disconnected' }
      const { state, scopes, account, expiresAt } = found
      return { state, scopes, account, expiresAt: expiresAt === undefined ? null : Math.round(expiresAt / 1000) }
    },
    async advance({ seconds }) {
      ahead += seconds * 1000
      await tend()
    },
    async store({ readonly }) {
      store.refusesWrites = readonly
    },
    close: () => refresher.settled(),
  }
}

/** Tokens and codes go over https; to this machine itself, over http as well. */
function checkAddresses({ authorizeUrl, tokenUrl, revokeUrl, apiUrl }: Env): void {
  for (const url of [authorizeUrl, tokenUrl, apiUrl, ...(revokeUrl === undefined ? [] : [revokeUrl])]) {
    if (!URL.canParse(url)) refuse(`${url} is no URL.`)
    const { protocol, hostname } = new URL(url)
    if (protocol !== 'https:' && !isLoopback(hostname)) refuse(`${url} is not https.`)
  }
}

const isLoopback = (hostname: string) => /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(hostname)

function refuse(message: string): never {
  throw Object.assign(new Error(message), { name: 'RefusedConfiguration' })
}
