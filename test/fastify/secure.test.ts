import 'reflect-metadata'
import type { IncomingMessage } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { text } from 'node:stream/consumers'
import { X509CertificateGenerator } from '@peculiar/x509'
import { fastify } from 'fastify'
import { createMockOAuth } from 'mock-oauth'
import { mockOAuth } from 'mock-oauth/fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { refreshOf, tokenPath } from './mounted.ts'

/** A key and a certificate of a server on this machine, as PEM. */
async function credentials() {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])
  const day = 86_400_000
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=localhost',
    keys,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - day),
    notAfter: new Date(Date.now() + day),
  })
  const key = Buffer.from(await crypto.subtle.exportKey('pkcs8', keys.privateKey)).toString('base64')
  return { cert: certificate.toString('pem'), key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` }
}

/** An app that speaks HTTPS, with Mekari under `/oauth`. */
async function secured() {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'secure', consent: 'page' })
  const app = fastify({ https: await credentials(), logger: false })
  onTestFinished(async () => {
    await app.close()
    await mock.close()
  })
  app.register(mockOAuth, { mock, prefix: '/oauth' })
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  const send = async (path: string, { body, ...init }: { method?: string; headers?: object; body?: string } = {}) => {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpsRequest(url + path, { ...init, headers: { ...init.headers }, rejectUnauthorized: false }, resolve)
        .on('error', reject)
        .end(body)
    })
    return { status: answer.statusCode, location: answer.headers.location, body: await text(answer) }
  }
  return { mock, url, send }
}

describe('a mock in an app that speaks HTTPS', () => {
  it('has URLs of that scheme', async () => {
    const { mock, url, send } = await secured()
    const query = `client_id=${mock.provider().clientId}&response_type=code&scope=esign`
    const { location } = await send(`/oauth/mekari/auth?${query}`)
    expect(location?.startsWith(`${url}/oauth/mekari/users/sign_in?`)).toBe(true)
    expect(JSON.parse((await send('/oauth/_mock/providers')).body).mekari.baseUrl).toBe(`${url}/oauth/mekari`)
  })

  it.each(['drop', 'truncate'])('resets the connection beneath where "%s" is armed', async (fault) => {
    const { mock, send } = await secured()
    mock.faults.arm(`token ${fault}`)
    await expect(send(`/oauth${tokenPath}`, await refreshOf(mock))).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await send(`/oauth${tokenPath}`, await refreshOf(mock))).status).toBe(200)
  })
})
