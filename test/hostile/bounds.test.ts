import { chmodSync, statSync } from 'node:fs'
import { connect } from 'node:net'
import type { Snapshot } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { folderWith, run } from '../cli/command.ts'
import { mistake, says, serve } from '../control/serve.ts'

describe('faults', () => {
  it('are 20 MB in all at most', async () => {
    const { control, mock } = await serve()
    const fault = { on: 'token', kind: 'status', status: 200, body: 'x'.repeat(900_000) }
    const { length } = Array.from({ length: 22 }, () => mock.faults.arm({ ...fault, on: 'token' } as never))
    expect(await control('POST /faults', fault)).toEqual(mistake(400, 'invalid_fault', says('20 MB', 'Take some away')))
    expect(mock.faults.list()).toHaveLength(length)
    await control('DELETE /faults/f1')
    expect((await control('POST /faults', fault)).status).toBe(201)
  })

  it('of a delay and a reset on one answer: the reset comes when the delay is over', async () => {
    const { mock, url } = await serve()
    mock.faults.arm('token delay after ms=300')
    mock.faults.arm('token drop after')
    const { tokenUrl } = mock.provider()
    const begun = performance.now()
    const at = `${url}/mekari${new URL(tokenUrl).pathname}`
    await expect(fetch(at, { method: 'POST', body: 'x' })).rejects.toThrow()
    expect(performance.now() - begun).toBeGreaterThan(290)
  })
})

describe('a snapshot', () => {
  it('of a world with long requests is one that can be put back', async () => {
    const { mock, url } = await serve()
    const { tokenUrl } = mock.provider()
    // In JSON each of these takes six.
    const body = '\u0001'.repeat(65_536)
    const headers = { 'content-type': 'application/json' }
    for (let i = 0; i < 150; i++) await mock.handle({ method: 'POST', url: tokenUrl, headers, body })
    const text = await (await fetch(`${url}/_mock/snapshot?secrets=true`)).text()
    expect(text.length).toBeGreaterThan(49_000_000)
    expect(text.length).toBeLessThan(51_000_000)
    expect((await fetch(`${url}/_mock/snapshot`, { method: 'PUT', headers, body: text })).status).toBe(204)
    expect(mock.requests().at(-1)?.id).toBe('r150')
  })

  it.each([
    ['deep', `"seed":${'['.repeat(200_000)}${']'.repeat(200_000)}`, 'nested too deeply'],
    ['of a version that is long', `"version":"${'9'.repeat(100_000)}"`, 'has no version'],
  ])('that is %s is refused by a short sentence', async (_, part, words) => {
    const { url } = await serve()
    const body = `{"format":"mock-oauth snapshot","version":1,${part}}`
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/_mock/snapshot`, { method: 'PUT', headers, body })
    const { error } = (await answer.json()) as { error: { code: string; message: string } }
    expect([answer.status, error.code, error.message.length < 300]).toEqual([400, 'invalid_snapshot', true])
    expect(error.message).toContain(words)
  })

  it('has the faults in webhooks, too', async () => {
    const { mock } = await serve({ providers: ['finexer'] })
    for (const kind of ['duplicate', 'reorder', 'early', 'replay']) mock.faults.arm(`webhook ${kind}`)
    const armed = mock.faults.list()
    const snapshot: Snapshot = await mock.snapshot()
    await mock.reset()
    await mock.restore(snapshot)
    expect(mock.faults.list()).toEqual(armed)
  })

  it('in a file that was there for all to read is for its owner alone', async () => {
    const { url } = await serve()
    const folder = folderWith({ 'one.json': '{}' })
    chmodSync(`${folder}/one.json`, 0o644)
    expect((await run(['snapshot', 'one.json', '--url', url], {}, folder)).code).toBe(0)
    expect(statSync(`${folder}/one.json`).mode & 0o777).toBe(0o600)
  })
})

describe('a client that sends many requests at once on one connection', () => {
  it('is left waiting for each, and nobody is warned of it', async () => {
    const { mock, url } = await serve()
    const warnings: string[] = []
    const warn = ({ message }: Error) => void warnings.push(message)
    process.on('warning', warn)
    mock.faults.arm({ on: 'token', kind: 'hang', times: 100 })
    const { pathname } = new URL(mock.provider().tokenUrl)
    const request = `POST /mekari${pathname} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n`
    const socket = connect(Number(new URL(url).port), '127.0.0.1', () => socket.write(request.repeat(50)))
    socket.on('error', () => {})
    const closed = new Promise((resolve) => socket.once('close', resolve))
    await new Promise<void>((resolve) => mock.onExchange(({ id }) => id === 'r50' && resolve()))
    await mock.reset()
    await closed
    process.off('warning', warn)
    expect(warnings).toEqual([])
  })
})
