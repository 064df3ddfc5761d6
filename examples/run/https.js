// A client of Mekari by node:https, with an agent of its own.
import https from 'node:https'

const { MEKARI_CLIENT_ID: client_id, MEKARI_CLIENT_SECRET: client_secret } = process.env
const agent = new https.Agent({ keepAlive: true })

const send = (url, { body, ...options } = {}) =>
  new Promise((resolve, reject) => {
    const request = https.request(url, { agent, ...options }, async (answer) => {
      let text = ''
      for await (const chunk of answer) text += chunk
      resolve({ status: answer.statusCode, location: answer.headers.location, text })
    })
    request.on('error', reject)
    request.end(body)
  })

async function token(grant) {
  const body = new URLSearchParams({ client_id, client_secret, scope: 'esign', ...grant }).toString()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return JSON.parse(
    (await send('https://account.mekari.com/auth/oauth2/token', { method: 'POST', headers, body })).text,
  )
}

const asked = new URLSearchParams({ client_id, response_type: 'code', scope: 'esign' })
const { location } = await send(`https://account.mekari.com/auth?${asked}`)
const { refresh_token } = await token({
  grant_type: 'authorization_code',
  code: new URL(location).searchParams.get('code'),
})
const { access_token } = await token({ grant_type: 'refresh_token', refresh_token })
const { status, text } = await send('https://api.mekari.com/v1/me', {
  headers: { authorization: `Bearer ${access_token}` },
})
console.log(JSON.stringify({ status, me: JSON.parse(text) }))
