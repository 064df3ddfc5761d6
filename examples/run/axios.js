// A client of Mekari by axios.
import axios from 'axios'

const { MEKARI_CLIENT_ID: client_id, MEKARI_CLIENT_SECRET: client_secret } = process.env

const token = async (grant) => {
  const asked = { client_id, client_secret, scope: 'esign', ...grant }
  return (await axios.post('https://account.mekari.com/auth/oauth2/token', asked)).data
}

const { headers } = await axios.get('https://account.mekari.com/auth', {
  params: { client_id, response_type: 'code', scope: 'esign' },
  maxRedirects: 0,
  validateStatus: (status) => status === 302,
})
const { refresh_token } = await token({
  grant_type: 'authorization_code',
  code: new URL(headers.location).searchParams.get('code'),
})
const { access_token } = await token({ grant_type: 'refresh_token', refresh_token })
const { status, data } = await axios.get('https://api.mekari.com/v1/me', {
  headers: { authorization: `Bearer ${access_token}` },
})
console.log(JSON.stringify({ status, me: data }))
