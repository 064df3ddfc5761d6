// An application that connects an account at Mekari: the login, a refresh when the token has expired, and nothing else.
import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'

const { PORT, MEKARI_AUTHORIZE_URL, MEKARI_TOKEN_URL, MEKARI_API_URL, MEKARI_CLIENT_ID, MEKARI_CLIENT_SECRET } =
  process.env
const scope = 'esign sso:profile'

/** By the id in the browser's cookie: `state` while it is away, tokens when it is back. */
const sessions = new Map()

async function requestTokens(grant) {
  const body = { client_id: MEKARI_CLIENT_ID, client_secret: MEKARI_CLIENT_SECRET, scope, ...grant }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch(MEKARI_TOKEN_URL, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`the token endpoint answers ${answer.status}`)
  return answer.json()
}

async function readProfile(session) {
  const ask = () => fetch(MEKARI_API_URL, { headers: { authorization: `Bearer ${session.tokens.access_token}` } })
  const answer = await ask()
  if (answer.status !== 401) return answer.json()
  session.tokens = await requestTokens({ grant_type: 'refresh_token', refresh_token: session.tokens.refresh_token })
  return (await ask()).json()
}

const page = (text) => `<!doctype html><title>Payroll</title><h1>${text}</h1><a href="/login">Connect Mekari</a>`

async function answer(url, id) {
  const session = sessions.get(id) ?? {}
  sessions.set(id, session)
  switch (url.pathname) {
    case '/login': {
      session.state = randomUUID()
      const asked = { client_id: MEKARI_CLIENT_ID, response_type: 'code', scope, state: session.state }
      return { location: `${MEKARI_AUTHORIZE_URL}?${new URLSearchParams(asked)}` }
    }
    case '/callback': {
      const { code, state, error } = Object.fromEntries(url.searchParams)
      if (state !== session.state) return { text: 'Not the login that began here' }
      if (error) return { text: `Not connected: ${error}` }
      session.tokens = await requestTokens({ grant_type: 'authorization_code', code })
      return { location: '/' }
    }
    case '/':
      if (!session.tokens) return { text: 'Not connected' }
      return { text: `Connected as ${(await readProfile(session)).email}` }
    default:
      // The browser asks for an icon, too, with the cookie: it must not refresh beside the page.
      return { status: 404, text: 'Nothing is here' }
  }
}

createServer(async ({ url = '/', headers }, response) => {
  const id = /\bsid=([\w-]+)/.exec(headers.cookie ?? '')?.[1] ?? randomUUID()
  response.setHeader('set-cookie', `sid=${id}; HttpOnly; Path=/`)
  const {
    location,
    status = 200,
    text,
  } = await answer(new URL(url, 'http://app'), id).catch((error) => {
    sessions.delete(id)
    return { text: `Please connect again: ${error.message}` }
  })
  if (location) response.writeHead(302, { location }).end()
  else response.writeHead(status, { 'content-type': 'text/html' }).end(page(text))
})
  .listen(Number(PORT), '127.0.0.1')
  .on('listening', function () {
    console.log(`http://127.0.0.1:${this.address().port}`)
  })
