import { oauthFetch } from 'mock-oauth/fetch'
import { mock } from './index.js'

export const answer: Response = await oauthFetch(mock, { basePath: '/oauth' })(new Request('http://localhost/oauth/'))
// @ts-expect-error a web Request goes in
oauthFetch(mock)('http://localhost/oauth/')
