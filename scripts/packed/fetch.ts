import { oauthFetch } from 'mock-oauth/fetch'
import { mock } from './index.js'

export const answer: Response = await oauthFetch(mock, { basePath: '/oauth' })(new Request('http://localhost/oauth/'))
// @ts-expect-error it takes what fetch takes
oauthFetch(mock)(4420)
