import { createMockOAuth, type MockOAuthOptions, type Snapshot } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith, run } from '../cli/command.ts'
import { serve } from '../control/serve.ts'
import { seed } from '../seed.ts'
import { act, type Purse } from './acts.ts'

const open = async (options: MockOAuthOptions = {}) => {
  const mock = await createMockOAuth({ providers: ['mercury'], seed: 'snapshot', ...options })
  onTestFinished(() => mock.close())
  await mock.clock.move({ set: '2027-03-01T09:00:00Z', freeze: true })
  return mock
}
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value))

const armed = { id: 'f1', at: 'before', seen: 0, fired: 0, rounds: 0 }

describe(`a snapshot (seed ${seed})`, () => {
  it('brings the same answers again, octet by octet, in this mock and in another', async () => {
    for (let round = 0; round < 5; round++) {
      const mock = await open()
      const purse: Purse = { accessTokens: [], refreshTokens: [] }
      mock.faults.arm({ kind: 'error', on: 'token:refresh_token', nth: '3n', refusal: 'refresh_token_revoked' })
      await act(mock, purse, `${seed} ${round} before`, 30)
      const snapshot = await mock.snapshot()
      const last = mock.requests().at(-1)?.id ?? ''
      const then = copy(purse)
      const once = await act(mock, purse, `${seed} ${round} after`, 40)
      const requests = mock.requests({ since: last })

      await mock.restore(snapshot)
      expect(await act(mock, copy(then), `${seed} ${round} after`, 40)).toEqual(once)
      expect(mock.requests({ since: last })).toEqual(requests)

      const other = await open({ seed: 'other' })
      await other.restore(copy(snapshot))
      expect(await act(other, copy(then), `${seed} ${round} after`, 40)).toEqual(once)
      expect(other.seed).toBe('snapshot')
    }
  })

  it('holds a moment: a clock that runs goes on from it', async () => {
    const mock = await open()
    await mock.clock.move({ freeze: false })
    const { accessToken } = await mock.mint()
    const snapshot = await mock.snapshot()
    await mock.clock.advance('400d')
    await mock.restore(snapshot)
    const { apiUrl } = mock.provider()
    const headers = { authorization: `Bearer ${accessToken}` }
    expect((await mock.handle({ method: 'GET', url: apiUrl, headers, body: '' })).status).toBe(200)
    expect(mock.clock.read().now.slice(0, 10)).toBe('2027-03-01')
  })

  it('is not changed by what comes after it, nor shared with whom it is restored by', async () => {
    const mock = await open()
    await mock.mint()
    const snapshot = await mock.snapshot()
    const before = copy(snapshot)
    await mock.restore(snapshot)
    await act(mock, { accessTokens: [], refreshTokens: [] }, `${seed}`, 20)
    expect(snapshot).toEqual(before)
  })

  it('has the requests so far without secrets unless they are asked for, and explains them all the same', async () => {
    const mock = await open()
    const { apiUrl } = mock.provider()
    const bearer = 'a-token-that-nobody-knows-of-here'
    await mock.handle({ method: 'GET', url: apiUrl, headers: { authorization: `Bearer ${bearer}` }, body: '' })
    const explained = mock.explain()
    const [shown, raw] = [await mock.snapshot(), await mock.snapshot({ secrets: true })]
    expect(JSON.stringify(shown.journal)).not.toContain(bearer)
    expect(JSON.stringify(raw.journal)).toContain(bearer)
    await mock.restore(shown)
    expect(mock.explain()).toEqual(explained)
    expect((await mock.snapshot()).journal).toEqual(shown.journal)
    await mock.restore(raw)
    expect(mock.requests()[0]?.request.headers.authorization).toBe(`Bearer ${bearer}`)
  })

  it.each<[string, (snapshot: Snapshot) => unknown, RegExp]>([
    ['what is no snapshot', () => ({ openapi: '3.1.0' }), /no snapshot of mock-oauth/],
    ['nothing', () => null, /no snapshot of mock-oauth/],
    [
      'a newer one',
      (whole) => ({ ...whole, version: 2 }),
      /version 2, and this mock-oauth reads 1\. Take it anew with this one\.$/,
    ],
    ['one with a part missing', ({ chance: _, ...rest }) => rest, /damaged: chance/],
    [
      'one with a token that never ends when it should',
      (whole) => ({ ...whole, store: { ...whole.store, accessTokens: [{ place: 9, record: { value: 'x' } }] } }),
      /damaged: store\.accessTokens\.0\.record/,
    ],
    [
      'one with a token whose grant is gone',
      (whole) => ({ ...whole, store: { ...whole.store, grants: [] } }),
      /damaged: store\.accessTokens: one is alive whose grant is not there/,
    ],
    [
      'one with a fault that nobody here could arm',
      (whole) => ({
        ...whole,
        faults: {
          taken: 1,
          reserved: [],
          armed: [{ ...armed, fault: { on: 'token', kind: 'error', refusal: 'device_code_expired' } }],
        },
      }),
      /fault 0 can never fire: refusal is "device_code_expired"/,
    ],
    ['one of another rotation policy', (whole) => ({ ...whole, rotations: { mercury: 'now and then' } }), /rotations/],
  ])('is refused where it is %s, and nothing has changed', async (_, change, message) => {
    const mock = await open()
    await mock.mint()
    const before = await mock.snapshot()
    await expect(mock.restore(change(copy(before)) as Snapshot)).rejects.toMatchObject({
      code: 'invalid_snapshot',
      message: expect.stringMatching(message),
    })
    expect(await mock.snapshot()).toEqual(before)
  })

  it('is refused where its providers are not played', async () => {
    const mock = await open()
    const mekari = await open({ providers: ['mekari'] })
    await expect(mock.restore(await mekari.snapshot())).rejects.toMatchObject({
      code: 'invalid_snapshot',
      message:
        'The snapshot is of mekari, mekari:sandbox, which is not played here. Played: mercury, mercury:sandbox. Play both, or take another snapshot.',
    })
  })
})

describe('a snapshot over HTTP', () => {
  it('is got and put', async () => {
    const { control, mock } = await serve()
    const { accessToken } = await mock.mint()
    const { status, body } = await control('GET /snapshot')
    expect(status).toBe(200)
    await control('POST /reset')
    expect((await control('PUT /snapshot', body)).status).toBe(204)
    expect(JSON.stringify(await mock.snapshot())).toContain(accessToken)
    expect(await control('PUT /snapshot', { version: 1 })).toMatchObject({
      status: 400,
      body: { error: { code: 'invalid_snapshot' } },
    })
  })

  it('brings no event again of what it has undone', async () => {
    const { control, url, mock } = await serve()
    const { body } = await control('GET /snapshot')
    const ask = () => mock.handle({ method: 'GET', url: mock.provider().apiUrl, headers: {}, body: '' })
    await ask()
    await control('PUT /snapshot', body)
    await ask()
    const stream = await fetch(`${url}/_mock/events?since=0`)
    let text = ''
    for await (const chunk of stream.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      if (text.includes('event: exchange')) break
    }
    expect(text.match(/^id: \d+$/gm)).toEqual(['id: 2'])
  })

  it('goes through a file by the command line', async () => {
    const { url, mock } = await serve()
    const folder = folderWith({ 'wrong.json': '[]', 'no.json': '{' })
    const { grant } = await mock.mint()
    expect(await run(['snapshot', 'one.json', '--url', url], {}, folder)).toMatchObject({
      code: 0,
      stdout: `wrote one.json: all of the world of ${url}, tokens and secrets included\n`,
    })
    await mock.reset()
    expect(await run(['restore', 'one.json', '--url', url], {}, folder)).toMatchObject({
      code: 0,
      stdout: `restored ${url} from one.json\n`,
    })
    expect((await mock.grants.list()).map(({ id }) => id)).toEqual([grant.id])
    for (const [file, says] of Object.entries({
      'wrong.json': 'holds no object',
      'no.json': 'is no JSON',
      'none.json': 'cannot be read',
    })) {
      const { code, stderr } = await run(['restore', file, '--url', url], {}, folder)
      expect([code, stderr]).toEqual([2, expect.stringContaining(says)])
    }
    const { stdout } = await run(['snapshot', '--url', url], {}, folder)
    expect(JSON.parse(stdout).store.grants).toHaveLength(1)
  })
})
