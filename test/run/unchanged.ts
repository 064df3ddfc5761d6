import { expect } from 'vitest'
import { root, run } from '../cli/command.ts'

/** Where the programs are that know nothing of a mock. */
export const examples = `${root}examples/run`

/** Expects that a program that knows nothing of a mock is connected at a provider, refreshes, and reads who it is connected to. */
export async function expectPlayed(
  provider: string,
  command: readonly string[],
  paths: { authorize: string; token: string; api: string },
): Promise<void> {
  const { code, stdout, stderr } = await run([
    ...['run', '--provider', provider, '--consent', 'approve', '--quiet', '--log', '--', ...command],
  ])
  expect(
    stderr
      .replace(/^\S+Z /gm, '')
      .trimEnd()
      .split('\n'),
  ).toEqual([
    `GET  /${provider}${paths.authorize} 302 (r1)`,
    `POST /${provider}${paths.token} 200 (r2)`,
    `POST /${provider}${paths.token} 200 (r3)`,
    `GET  /${provider}${paths.api} 200 (r4)`,
  ])
  expect(JSON.parse(stdout)).toMatchObject({ status: 200, me: { email: expect.stringContaining('@') } })
  expect(code).toBe(0)
}

/** Expects it at Mekari. */
export const expectMekari = (command: readonly string[]): Promise<void> =>
  expectPlayed('mekari', command, { authorize: '/auth', token: '/auth/oauth2/token', api: '/v1/me' })
