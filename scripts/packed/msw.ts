import { oauthHandlers } from 'mock-oauth/msw'
import { setupServer } from 'msw/node'
import { mock } from './index.js'

export const server = setupServer(...oauthHandlers(mock))
// @ts-expect-error handlers are a mock's
oauthHandlers('mekari')
