// Who stays connected when the answer of a refresh is lost, and when two workers refresh at once? Each cell is the result of
// real requests to a mock of Mekari, an hour at a time, with its rotation policy replaced: npm run demo
import { createMockOAuth } from 'mock-oauth'

const policies = ['none', 'singleUse', 'singleUse+familyRevoked', 'grace:30', 'samePair:30', 'keepsOld:24', 'optionalNew']

/** A client: what it holds, and whether it sends a refresh again at once when no answer came. */
const clientOf = (provider, held, retries) => ({ ...provider, ...held, retries })

const form = (parameters) => new URLSearchParams(parameters)

/** Asks for new tokens with the refresh token held. True when it holds new ones, false when it was refused. */
async function refresh(client, attempts = client.retries ? 2 : 1) {
  const body = form({
    grant_type: 'refresh_token',
    refresh_token: client.refreshToken,
    client_id: client.clientId,
    client_secret: client.clientSecret,
    scope: client.scopes.join(' '),
  })
  const answer = await fetch(client.tokenUrl, { method: 'POST', body }).catch(() => undefined)
  if (!answer) return attempts > 1 ? refresh(client, attempts - 1) : undefined
  const { access_token: accessToken, refresh_token: refreshToken } = await answer.json()
  if (!answer.ok) return false
  Object.assign(client, { accessToken }, refreshToken && { refreshToken })
  return true
}

/** An hour later: calls the API, refreshes when it must. Connected when a call got through. */
async function isConnected(mock, client) {
  const call = () => fetch(client.apiUrl, { headers: { authorization: `Bearer ${client.accessToken}` } })
  for (let hour = 0; hour < 2; hour++) {
    await mock.clock.advance('61m')
    if ((await call()).status === 401) await refresh(client)
    if (!(await call()).ok) return false
  }
  return true
}

/** Plays a story in a fresh mock: does the client stay connected? */
async function play(rotation, story) {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'demo', rotation: { mekari: rotation } })
  const listening = await mock.listen({ port: 0 })
  try {
    return (await story(mock, listening.provider('mekari'), await mock.mint())) ? 'connected' : '**sign in again**'
  } finally {
    await mock.close()
  }
}

/** The answer of the first refresh never arrives, though all was done. */
const lostReply = (retries) => async (mock, provider, held) => {
  const client = clientOf(provider, held, retries)
  mock.faults.arm({ on: 'token:refresh_token', kind: 'drop', at: 'after' })
  await refresh(client)
  return isConnected(mock, client)
}

/** Two workers with one store refresh at the same time; the later answer is what the store keeps, a refusal it drops. */
const twoWorkers = async (mock, provider, held) => {
  const workers = [clientOf(provider, held), clientOf(provider, held)]
  mock.faults.arm({ on: 'token:refresh_token', kind: 'hold', count: 2, order: 'arrival' })
  const done = await Promise.all(workers.map((worker) => refresh(worker)))
  const store = workers[done.lastIndexOf(true)]
  return isConnected(mock, store)
}

const stories = {
  'reply lost, retried at once': lostReply(true),
  'reply lost, not retried': lostReply(false),
  'two workers at once': twoWorkers,
}

const row = (cells) => `| ${cells.join(' | ')} |`
console.log(row(['Rotation policy', ...Object.keys(stories)]))
console.log(row(['---', ...Object.keys(stories).map(() => '---')]))
for (const policy of policies) {
  const cells = []
  for (const story of Object.values(stories)) cells.push(await play(policy, story))
  console.log(row([`\`${policy}\``, ...cells]))
}
