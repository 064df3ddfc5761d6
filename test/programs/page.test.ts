import { expect, it } from 'vitest'
import { run, runProgram, serve } from '../cli/command.ts'

const curl = async (...args: string[]) => {
  const { stdout } = await runProgram('curl', ['--silent', '--write-out', '\n%{http_code}', ...args])
  const at = stdout.lastIndexOf('\n')
  return { status: stdout.slice(at + 1), body: stdout.slice(0, at) }
}

const answer =
  /^\{"access_token":"[A-Za-z0-9]{32}","token_type":"bearer","expires_in":3600,"refresh_token":"[A-Za-z0-9]{32}"\}$/

const post = (tokenUrl: string, body: string) =>
  curl('--location', '--request', 'POST', tokenUrl, '--header', 'Content-Type: application/json', '--data-raw', body)

/** The two cURL commands of Mekari's page, with another host. */
const exchange = (tokenUrl: string, [id, secret, code, scope]: readonly string[]) =>
  post(
    tokenUrl,
    `{
  "client_id": "${id}",
  "client_secret": "${secret}",
  "grant_type": "authorization_code",
  "code": "${code}",
  "scope": "${scope}"
}`,
  )
const refresh = (tokenUrl: string, [id, secret, token, scope]: readonly string[]) =>
  post(
    tokenUrl,
    `{
  "client_id": "${id}",
  "client_secret": "${secret}",
  "grant_type": "refresh_token",
  "refresh_token": "${token}",
  "scope": "${scope}"
}`,
  )

it("answers the cURL commands of Mekari's page as the page says, until the hour is over", async () => {
  const { url, mekari } = await serve(['--provider', 'mekari', '--consent', 'approve'])
  const { authorizeUrl, tokenUrl, apiUrl, clientId, clientSecret, scopes } = mekari
  const scope = scopes.join(' ')
  const query = new URLSearchParams({ client_id: clientId, response_type: 'code', scope })
  const approved = await curl('--output', '/dev/null', '--write-out', '%{redirect_url}', `${authorizeUrl}?${query}`)
  const code = /[?&]code=([^&]+)/.exec(approved.status)?.[1] ?? ''

  const first = await exchange(tokenUrl, [clientId, clientSecret, code, scope])
  expect(first).toEqual({ status: '200', body: expect.stringMatching(answer) })
  const { refresh_token } = JSON.parse(first.body)

  const second = await refresh(tokenUrl, [clientId, clientSecret, refresh_token, scope])
  expect(second).toEqual({ status: '200', body: expect.stringMatching(answer) })
  const { access_token } = JSON.parse(second.body)

  const again = await refresh(tokenUrl, [clientId, clientSecret, refresh_token, scope])
  expect(again).toEqual({
    status: '400',
    body: '{"error":"invalid_grant","error_description":"The refresh token has already been used"}',
  })

  const api = () => curl(apiUrl, '--header', `Authorization: Bearer ${access_token}`)
  expect((await api()).status).toBe('200')
  expect(await run(['clock', 'advance', '61m', '--url', url])).toMatchObject({ code: 0, stderr: '' })
  expect((await api()).status).toBe('401')
})
