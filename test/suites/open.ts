import type { MockOAuth, MockOAuthOptions } from 'mock-oauth'
import type { Answer, Door, Init } from '../doors.ts'

/** The moment at which the clocks of the suites stand still. */
export const noon = '2026-01-31T12:00:00Z'

/** A way to a provider's own URLs. */
export type Send = (url: string, init?: Init) => Promise<Answer>

/** Opens a provider through a door, with a person who approves at once and a clock that stands still. Answers come without Date. */
export async function openAtNoon(
  door: Door,
  provider: string,
  options: Partial<MockOAuthOptions>,
): Promise<{ mock: MockOAuth; request: Send }> {
  const { mock, request } = await door.open({ providers: [provider], seed: 'a test', consent: 'approve', ...options })
  await mock.clock.move({ set: noon, freeze: true })
  return {
    mock,
    async request(url, init) {
      const answer = await request(url, init)
      return { ...answer, headers: answer.headers.filter(([name]) => name !== 'date') }
    },
  }
}
