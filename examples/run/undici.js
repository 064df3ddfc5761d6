// A client of Mekari by undici's own client, with a pool of its own for each host.
import { Agent, request } from 'undici'

const { MEKARI_CLIENT_ID: client_id, MEKARI_CLIENT_SECRET: client_secret } = process.env
const dispatcher = new Agent({ pipelining: 1 })

async function token(grant) {
  const { body } = await request('https://account.mekari.com/auth/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id, client_secret, scope: 'esign', ...grant }),
    dispatcher,
  })
  return body.json()
}

const query = { client_id, response_type: 'code', scope: 'esign' }
const { headers } = await request('https://account.mekari.com/auth', { query })
const { refresh_token } = await token({
  grant_type: 'authorization_code',
  code: new URL(headers.location).searchParams.get('code'),
})
const { access_token } = await token({ grant_type: 'refresh_token', refresh_token })
const { statusCode, body } = await request('https://api.mekari.com/v1/me', {
  headers: { authorization: `Bearer ${access_token}` },
  dispatcher,
})
console.log(JSON.stringify({ status: statusCode, me: await body.json() }))
