import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import { describe, expect, it } from 'vitest'
import { serve } from '../cli/command.ts'
import { example, play } from '../examples/shell.ts'

/** A port that nobody listens on just now. */
async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

describe('an example in a shell', () => {
  it('server.sh connects, exchanges a code, and looks at it all an hour later', async () => {
    const port = await freePort()
    const { code, stdout, stderr } = await play('server.sh', `http://127.0.0.1:${port}`)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const exchanged = /^\{"access_token.*\}$/m.exec(stdout)?.[0] ?? ''
    expect(exchanged.replace(/(?<=_token":")[^"]+/g, '…')).toBe(example('server-token.txt'))
    expect(stdout).toMatch(/Refused {4}access_token_expired\n.*\nID +TIME/s)
  })

  it('people-and-clients.sh registers each of them', async () => {
    const { url } = await serve()
    const { publicKey } = await generateKeyPair('ES256', { extractable: true })
    const PUBLIC_JWK = JSON.stringify(await exportJWK(publicKey))
    const { code, stdout } = await play('people-and-clients.sh', url, { PUBLIC_JWK })
    expect(code).toBe(0)
    const [user, withKey, phone] = stdout
      .replaceAll('}{', '}\n{')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(user).toMatchObject({ role: 'employee' })
    expect(withKey).toMatchObject({ environment: 'standard', idTokenAlgorithm: 'ES256' })
    expect(phone).toMatchObject({ environment: 'mercury', redirectUris: ['http://127.0.0.1/callback'] })
    for (const client of [withKey, phone]) expect(client).not.toHaveProperty('secret')
  })

  it('standard.sh asks for a device, pushes a request, introspects a token, and turns the keys', async () => {
    const { url } = await serve(['--provider', 'standard'])
    expect(await play('standard.sh', url)).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /"verification_uri_complete":.*"request_uri":.*"active":true.*signs\n.*verifies\n/s,
      ),
      stderr: '',
    })
  })
})
