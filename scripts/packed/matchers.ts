import { oauthMatchers } from 'mock-oauth/matchers'
import { expect } from 'vitest'

expect.extend(oauthMatchers)
// @ts-expect-error there is no such matcher
oauthMatchers.toHaveRefreshedForFun
