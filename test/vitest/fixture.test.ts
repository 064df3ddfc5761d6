import { createMockOAuth } from 'mock-oauth'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Ran, run } from './run.ts'

describe('the fixture', () => {
  let ran: Ran
  beforeAll(async () => {
    ran = await run('outcomes.spec.ts')
  }, 120_000)

  it('lets tests pass and fail as they do', () => {
    expect(ran.outcomes).toEqual({
      passes: 'passed',
      fails: 'failed',
      'fails by a matcher': 'failed',
      'fails by its time': 'failed',
      'is meant to fail': 'passed',
      'arms what never fires': 'passed',
      'where faults are strict > arms what never fires and fails': 'failed',
    })
  })

  it('prints what the mock of a failed test has seen: each refusal and each fault with its explanation, and what never fired', () => {
    const [printed = ''] = ran.printed('fails')
    expect(printed.split('\n')).toEqual([
      '"fails" has failed.',
      'The mock has seen:',
      expect.stringMatching(
        /^\S+Z POST \/mekari\/auth\/oauth2\/token 200 → dropped {2}fault f1: all was done, .* \(explain r1\)$/,
      ),
      expect.stringMatching(/^ {4}The refresh token is spent and the new one is lost: .*$/),
      expect.stringMatching(
        /^\S+Z POST \/mekari\/auth\/oauth2\/token 400 {2}refresh_token_reused: refresh_token "\w{4}…\w{6}", .* \(explain r2\)$/,
      ),
      expect.stringMatching(
        /^ {4}A refresh token works as often as its rotation policy lets it: .* \(RFC 6749 §6, .*\)$/,
      ),
      'fault f2 never fired: api status status=503',
    ])
  })

  it('prints nothing of a test that passed, or that is meant to fail', () => {
    expect(ran.printed('passes')).toEqual([])
    expect(ran.printed('is meant to fail')).toEqual([])
  })

  it('prints no secret', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'], seed: 'outcomes' })
    const { accessToken, refreshToken } = await mock.mint({ scope: 'esign' })
    const { clientSecret } = mock.provider()
    for (const secret of [accessToken, refreshToken, clientSecret]) {
      expect(secret).toMatch(/^\w{32}$/)
      expect(ran.stdout + ran.stderr).not.toContain(secret)
    }
  })

  it('says of a failed matcher what was expected and seen', () => {
    expect(ran.stderr).toContain('Expected the client to refresh once, but it never refreshed.')
    expect(ran.printed('fails by a matcher')).toEqual([
      '"fails by a matcher" has failed.\nNo request has been answered.',
    ])
  })

  it('closes the mock of a test that ran out of time, and says what still waited', () => {
    expect(ran.printed('fails by its time')).toEqual([
      '"fails by its time" has failed.\nNo request has been answered.\nfault f1 still held 1 request: api hold count=2',
    ])
  })

  it('tells of a fault that never fired in a test that passed, and fails it where faults are strict', () => {
    expect(ran.printed('arms what never fires')).toEqual([
      '"arms what never fires" has armed what it did not need.\nfault f1 never fired: revoke drop',
    ])
    expect(ran.stderr).toContain('Error: fault f1 never fired: revoke hang')
  })

  it('isolates tests at the same time, takes settings of a file and a block, and stops listening', async () => {
    const { outcomes } = await run('isolation.spec.ts')
    expect(Object.keys(outcomes)).toHaveLength(17)
    expect(Object.entries(outcomes).filter(([, outcome]) => outcome !== 'passed')).toEqual([])
  }, 120_000)
})
