import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { folderWith, run, serve } from './command.ts'

const policiesAt = async (url: string, ...args: string[]) => {
  const { code, stdout, stderr } = await run(['rotation', ...args, '--json', '--url', url])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return (JSON.parse(stdout) as { provider: string; policy: string }[]).map((one) => `${one.provider}=${one.policy}`)
}
const mekari = ['--provider', 'mekari']

describe('serve --rotation', () => {
  it('sets the policy of a provider, repeated or by its variable, where a policy may hold a comma', async () => {
    const flags = ['--rotation', 'mekari=grace:30,1', '--rotation', 'mercury=none']
    const { url } = await serve(['--provider', 'mekari,mercury', ...flags])
    const wanted = ['mekari=grace:30,1', 'mekari:sandbox=grace:30,1', 'mercury=none', 'mercury:sandbox=none']
    expect(await policiesAt(url)).toEqual(wanted)
    const MOCK_OAUTH_ROTATION = 'mekari=grace:30,1, mercury=none,'
    const again = await serve(['--provider', 'mekari,mercury'], { MOCK_OAUTH_ROTATION })
    expect(await policiesAt(again.url)).toEqual(wanted)
  })

  it('wins over the configuration, which names a wrong one with its line', async () => {
    const file = 'mock-oauth.config.yaml'
    const rotation = 'rotation:\n  mekari: samePair:30\n  mekari:sandbox: none\n'
    const cwd = folderWith({ [file]: `providers: [mekari, mercury]\n${rotation}  mercury: none\n` })
    const { url } = await serve([...mekari, '--rotation', 'mekari=grace:5'], {}, cwd)
    expect(await policiesAt(url)).toEqual(['mekari=grace:5', 'mekari:sandbox=none'])
    const { facts } = JSON.parse((await run(['show', 'mekari', '--json'], {}, cwd)).stdout)
    expect(facts.find(({ path }: { path: string }) => path === 'refresh.token.rotation')).toMatchObject({
      grade: 'configured',
      source: 'rotation.mekari; else singleUse, documented: the page, end of Refresh Token',
    })
    const wrong = folderWith({
      [file]:
        'providers: [mekari]\nrotation:\n  mekari: once\n  mekri: none\n  mekari:live: none\n  mekari:sandbox: 5\n',
    })
    const { code, stderr } = await run(['validate'], {}, wrong)
    expect(code).toBe(1)
    const begins = [
      `${file}:3 rotation.mekari: "once" is not a rotation policy. Expected none, `,
      `${file}:4 rotation.mekri is of no provider that is played; did you mean mekari?`,
      `${file}:5 rotation.mekari:live: "mekari:live" is not played here. Played: mekari, mekari:sandbox.`,
      `${file}:6 rotation.mekari:sandbox is 5; expected text in quotes.`,
    ]
    expect(
      stderr
        .trimEnd()
        .split('\n')
        .map((line, i) => line.slice(0, begins[i]?.length)),
    ).toEqual(begins)
  })

  it('is taken from a configuration that changes, by tokens that live', async () => {
    const file = 'mock-oauth.config.yaml'
    const cwd = folderWith({ [file]: 'providers: [mekari]\nrotation: { mekari: none }\n' })
    const { url, logged } = await serve(['--watch'], {}, cwd)
    expect(await policiesAt(url, 'mekari')).toEqual(['mekari=none', 'mekari:sandbox=none'])
    writeFileSync(`${cwd}/${file}`, 'providers: [mekari]\nrotation: { mekari: grace:5 }\n')
    expect(await logged()).toBe(`reloaded from ${file}: rotation.mekari`)
    expect(await policiesAt(url, 'mekari')).toEqual(['mekari=grace:5', 'mekari:sandbox=grace:5'])
  })

  it.each([
    ['mekari', '--rotation takes <provider=policy>, such as mekari=grace:30; "mekari" is not of this form.\n'],
    ['mekari=once', 'rotation.mekari: "once" is not a rotation policy. Expected none, '],
    ['mercury=none', 'rotation.mercury: not played. Played: mekari, mekari:sandbox.\n'],
  ])('refuses %s', async (given, sentence) => {
    const refused = await run(['serve', ...mekari, '--port', '0', '--rotation', given])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr.slice(0, sentence.length)).toBe(sentence)
  })
})

describe('rotation', () => {
  it('shows each policy and how it is known; sets one while the server runs, and takes it back', async () => {
    const { url } = await serve(mekari)
    expect((await run(['rotation', '--url', url])).stdout.split('\n').slice(0, 2)).toEqual([
      'PROVIDER        ROTATION   KNOWN BY',
      'mekari          singleUse  documented: the page, end of Refresh Token',
    ])
    expect(await policiesAt(url, 'mekari', 'grace:30')).toEqual(['mekari=grace:30', 'mekari:sandbox=grace:30'])
    expect(await policiesAt(url, 'mekari:sandbox', 'none')).toEqual(['mekari:sandbox=none'])
    expect(await policiesAt(url, 'mekari')).toEqual(['mekari=grace:30', 'mekari:sandbox=none'])
    expect(await policiesAt(url, 'mekari', '--take-back')).toEqual(['mekari=singleUse', 'mekari:sandbox=none'])
  })

  it.each([
    [['mercury'], '"mercury" is not played here. Played: mekari, mekari:sandbox.\n'],
    [['mekari', 'once'], '"once" is not a rotation policy. Expected none, '],
    [['--take-back'], '--take-back takes a provider and no policy: mock-oauth rotation mekari --take-back.\n'],
    [['mekari', 'none', '--take-back'], '--take-back takes a provider and no policy'],
  ])('refuses %j', async (args, sentence) => {
    const { url } = await serve(mekari)
    const refused = await run(['rotation', ...args, '--url', url])
    expect(refused).toMatchObject({ code: 2, stdout: '' })
    expect(refused.stderr.slice(0, sentence.length)).toBe(sentence)
  })
})
