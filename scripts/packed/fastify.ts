import { fastify } from 'fastify'
import { mockOAuth } from 'mock-oauth/fastify'
import { mock } from './index.js'

export const app = fastify()
await app.register(mockOAuth, { mock, prefix: '/oauth' })
// @ts-expect-error it mounts a mock
await app.register(mockOAuth, { mock: 'mekari' })
