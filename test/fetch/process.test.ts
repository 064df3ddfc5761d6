import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'

/** Runs a program that has nothing else to do than to wait for an answer. */
const run = (fault: string) =>
  spawnSync(
    process.execPath,
    [
      '--input-type=module',
      '--eval',
      `import { createMockOAuth } from './dist/index.js'
       import { oauthFetch } from './dist/fetch.js'
       const mock = await createMockOAuth({ providers: ['mekari'], faults: ['${fault}'] })
       const answer = await oauthFetch(mock)(mock.provider().tokenUrl, { method: 'POST' })
       console.log(answer.status, (await answer.text()).length > 0)`,
    ],
    { encoding: 'utf8' },
  )

describe('a process', () => {
  it.each([
    'token delay ms=50',
    'token delay after ms=50',
    'token slow bytesPerSecond=500',
    'token hold count=2 forMs=50',
  ])('does not end before an answer that is on its way: %s', (fault) => {
    expect(run(fault)).toMatchObject({ stdout: '400 true\n', stderr: '', status: 0 })
  })

  it('is not held by one that never comes', () => {
    expect(run('token hang').stdout).toBe('')
  })
})
