/** The door for `expect.extend`: what a test expects of an OAuth client, judged by what a mock has seen of it. */

export type { Whose } from './matchers/judged.ts'
export { type OAuthMatchers, oauthMatchers, type WhichCalls } from './matchers/oauth-matchers.ts'
export type { Verdict } from './matchers/verdict.ts'
export type { RefusalKind } from './vocabulary/refusal.ts'
