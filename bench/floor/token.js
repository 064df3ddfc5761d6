// The floor of a token endpoint: the least that any mock must do. One Fastify handler takes the same body, looks the code or
// refresh token up in a Map, puts fresh random ones in its place and answers the same JSON. It checks nothing else.
import { randomBytes } from 'node:crypto'
import { fastify } from 'fastify'

const live = new Map()
const issue = (kind) => {
  const value = randomBytes(24).toString('base64url')
  live.set(value, kind)
  return value
}

const app = fastify()
app.get('/auth', (_, reply) => reply.redirect(`http://localhost:3000/callback?code=${issue('code')}`))
app.post('/auth/oauth2/token', async ({ body }, reply) => {
  const value = body.grant_type === 'refresh_token' ? body.refresh_token : body.code
  if (!live.delete(value)) return reply.code(400).send({ error: 'invalid_grant' })
  reply.header('cache-control', 'no-store')
  return { access_token: issue('access'), token_type: 'bearer', expires_in: 3600, refresh_token: issue('refresh') }
})
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(
  JSON.stringify({
    ready: true,
    url,
    providers: {
      mekari: {
        authorizeUrl: `${url}/auth`,
        tokenUrl: `${url}/auth/oauth2/token`,
        clientId: 'floor-client-id1',
        clientSecret: 'a-secret-of-thirty-two-characters',
        scopes: ['esign', 'sso:profile'],
      },
    },
  }),
)
