// The floor of a cold start: Fastify, one route, as its own documentation begins.
import { fastify } from 'fastify'

const app = fastify()
app.get('/_mock/health', async () => ({ ready: true }))
const url = await app.listen({ port: 0, host: '127.0.0.1' })
console.log(JSON.stringify({ ready: true, url }))
