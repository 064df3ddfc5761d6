import { oauthMatchers } from 'mock-oauth/matchers'
import { mock } from './index.js'

export const refreshed: boolean = oauthMatchers.toHaveRefreshedOnce(mock).pass
// @ts-expect-error there is no such matcher
oauthMatchers.toHaveRefreshedForFun
