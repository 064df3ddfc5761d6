// A client of Mekari, written for the real one: connects, refreshes, calls the API.
const { MEKARI_CLIENT_ID: client_id, MEKARI_CLIENT_SECRET: client_secret } = process.env

const asked = new URLSearchParams({ client_id, response_type: 'code', scope: 'esign' })
const visit = await fetch(`https://account.mekari.com/auth?${asked}`, { redirect: 'manual' })
const code = new URL(visit.headers.get('location')).searchParams.get('code')

async function token(grant) {
  const answer = await fetch('https://account.mekari.com/auth/oauth2/token', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ client_id, client_secret, scope: 'esign', ...grant }),
  })
  return answer.json()
}

const { refresh_token } = await token({ grant_type: 'authorization_code', code })
const { access_token } = await token({ grant_type: 'refresh_token', refresh_token })
const answer = await fetch('https://api.mekari.com/v1/me', { headers: { authorization: `Bearer ${access_token}` } })
console.log(JSON.stringify({ status: answer.status, me: await answer.json() }))
