import { createHash } from 'node:crypto'
import { decodeProtectedHeader } from 'jose'
import { describe, expect, it } from 'vitest'
import { newVisitor } from '../pages/visitor.ts'
import { claimsOf, playByTheBook, type Tokens } from './person.ts'

const now = Date.parse('2026-06-01T12:00:00Z')
const start = now / 1000

/** A server whose clock stands still, and what the first person's login brings. */
async function login(more: Readonly<Record<string, string>> = {}) {
  const server = await playByTheBook()
  await server.mock.clock.move({ set: new Date(now).toISOString(), freeze: true })
  const visitor = newVisitor()
  return { ...server, visitor, tokens: await server.connect(visitor, { nonce: 'n-0S6_WzA2Mj', ...more }) }
}

/** OpenID Connect Core §3.1.3.6, written again. */
function halfHash({ access_token }: Tokens, hash: 'sha256' | 'sha512'): string {
  const octets = createHash(hash).update(access_token, 'ascii').digest()
  return octets.subarray(0, octets.length / 2).toString('base64url')
}

describe('an ID token', () => {
  it('says who signed in where and when, for whom and until when, and nothing else', async () => {
    const { mock, played, tokens } = await login()
    const [person] = await mock.users.list()
    const claims = {
      iss: played.issuer,
      sub: person?.id,
      aud: played.clientId,
      exp: start + 3_600,
      iat: start,
      auth_time: start,
      nonce: 'n-0S6_WzA2Mj',
      at_hash: halfHash(tokens, 'sha256'),
    }
    expect(claimsOf(tokens)).toEqual(claims)
    expect(Object.keys(claimsOf(tokens))).toEqual(Object.keys(claims))
    const { keys } = await mock.keys.list('standard')
    const header = { alg: 'RS256', kid: keys.find(({ alg }) => alg === 'RS256')?.kid, typ: 'JWT' }
    expect(decodeProtectedHeader(tokens.id_token)).toEqual(header)
  })

  it('has no nonce where none was sent', async () => {
    const { connect } = await playByTheBook()
    expect(claimsOf(await connect(newVisitor()))).not.toHaveProperty('nonce')
  })

  it.each([
    ['RS256', 'sha256'],
    ['ES256', 'sha256'],
    ['EdDSA', 'sha512'],
  ] as const)('hashes the access token by the hash of %s', async (idTokenAlgorithm, hash) => {
    const { mock, played, connect } = await playByTheBook()
    await mock.clients.change(played.clientId, { provider: 'standard', idTokenAlgorithm })
    const tokens = await connect(newVisitor())
    expect(decodeProtectedHeader(tokens.id_token).alg).toBe(idTokenAlgorithm)
    expect(claimsOf(tokens).at_hash).toBe(halfHash(tokens, hash))
  })

  it('comes anew with a refresh: about the same person and sign-in, later, without the nonce', async () => {
    const { mock, played, post, tokens } = await login()
    await mock.clock.advance('2h')
    const { iss, sub, aud, auth_time } = claimsOf(tokens)
    const grant = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token ?? '' }
    const renewed = (await (await post(played.tokenUrl, grant)).json()) as Tokens
    const at = start + 7_200
    expect(claimsOf(renewed)).toEqual({
      ...{ iss, sub, aud, auth_time },
      exp: at + 3_600,
      iat: at,
      at_hash: halfHash(renewed, 'sha256'),
    })
  })
})
