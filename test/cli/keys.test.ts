import { describe, expect, it } from 'vitest'
import { run, serve } from './command.ts'

const kid = /[\da-f-]{36}/.source

describe('keys', () => {
  it('lists the keys, and rotates them', async () => {
    const { url } = await serve(['--provider', 'mercury'])
    const keys = (...words: string[]) => run(['keys', ...words, '--url', url])
    const head = 'KID +ALGORITHM +NOW\n'
    const listed = await keys()
    expect(listed).toMatchObject({ code: 0, stderr: '' })
    expect(listed.stdout).toMatch(new RegExp(`^${head}${kid} +RS256 +signs\n$`))
    const rotated = await keys('rotate', 'mercury')
    expect(rotated.stdout).toMatch(new RegExp(`^${head}${kid} +RS256 +signs\n${kid} +RS256 +verifies\n$`))
    expect(rotated.stdout.split('\n')[2]?.slice(0, 36)).toBe(listed.stdout.split('\n')[1]?.slice(0, 36))
    expect((await keys('mercury')).stdout).toBe(rotated.stdout)
    const retired = JSON.parse((await keys('rotate', '--retire', '--json')).stdout)
    expect(retired).toEqual({ provider: 'mercury', signing: [retired.keys[0].kid], keys: [retired.keys[0]] })
    expect(JSON.parse((await keys('mercury', '--json')).stdout)).toEqual(retired)
  })

  it('says where there are none', async () => {
    const { url } = await serve(['--provider', 'mekari'])
    for (const words of [['keys'], ['keys', 'rotate', 'mekari']]) {
      expect(await run([...words, '--url', url])).toEqual({
        code: 2,
        stdout: '',
        stderr: 'Mekari signs no ID tokens, so it has no keys.\n',
      })
    }
    expect(await run(['keys', 'rotat', '--url', url])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('"rotat" is not played here.'),
    })
  })
})
