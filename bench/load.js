// What is measured: code exchange, and refresh with rotation where each connection follows its own chain.
import { open } from './connection.js'

const pathOf = (url) => new URL(url).pathname

/** A client of a server, and the load it can put on it. `requests` are shared among the connections. */
export function clientOf({ url, providers: { mekari } }) {
  const { authorizeUrl, tokenUrl, clientId: client_id, clientSecret: client_secret, scopes } = mekari
  const scope = scopes.join(' ')
  const authorize = `${pathOf(authorizeUrl)}?${new URLSearchParams({ client_id, response_type: 'code', scope })}`
  const token = pathOf(tokenUrl)

  async function approve(connection) {
    const { head } = await connection.get(authorize)
    const code = /location: \S+[?&]code=([^&\s]+)/i.exec(head)?.[1]
    if (code === undefined) throw new Error(`no code in\n${head}`)
    return code
  }
  async function ask(connection, parameters) {
    const answer = await connection.post(token, JSON.stringify({ client_id, client_secret, ...parameters, scope }))
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.body}`)
    return JSON.parse(answer.body)
  }
  const exchange = (connection, code) => ask(connection, { grant_type: 'authorization_code', code })
  const refresh = (connection, refresh_token) => ask(connection, { grant_type: 'refresh_token', refresh_token })

  /** Prepares each connection, then times all of them at work: requests a second. */
  async function timed(connections, requests, prepare, work) {
    const lanes = await Promise.all(
      Array.from({ length: connections }, async () => {
        const connection = open(url)
        return { connection, ready: await prepare(connection, requests / connections) }
      }),
    )
    const started = performance.now()
    await Promise.all(lanes.map(({ connection, ready }) => work(connection, ready, requests / connections)))
    const seconds = (performance.now() - started) / 1000
    for (const { connection } of lanes) connection.close()
    return requests / seconds
  }

  return {
    exchange: (connections, requests) =>
      timed(
        connections,
        requests,
        async (connection, share) => {
          const codes = []
          while (codes.length < share) codes.push(await approve(connection))
          return codes
        },
        async (connection, codes) => {
          for (const code of codes) await exchange(connection, code)
        },
      ),
    refresh: (connections, requests) =>
      timed(
        connections,
        requests,
        async (connection) => exchange(connection, await approve(connection)),
        async (connection, first, share) => {
          let { refresh_token } = first
          for (let i = 0; i < share; i++) ({ refresh_token } = await refresh(connection, refresh_token))
        },
      ),
  }
}
