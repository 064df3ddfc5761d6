import { once } from 'node:events'
import { connect } from 'node:tls'
import fc from 'fast-check'
import { describe, expect, it, onTestFinished } from 'vitest'
import { seed } from '../seed.ts'
import { proxied } from './proxied.ts'

const account = 'account.mekari.com:443'

/** Beginnings that lead somewhere, and what nobody says. */
const bytes = fc
  .tuple(
    fc.constantFrom(
      '',
      'CONNECT ',
      `CONNECT ${account} HTTP/1.1\r\n\r\n`,
      'GET https://account.mekari.com/',
      '\x16\x03\x01',
    ),
    fc.uint8Array({ maxLength: 200 }),
  )
  .map(([begun, rest]) => Buffer.concat([Buffer.from(begun, 'latin1'), rest, Buffer.from('\r\n\r\n')]))

describe('a proxy that hears nonsense', () => {
  it(`goes on, whatever comes (seed ${seed})`, async () => {
    const { call, send } = await proxied()
    await fc.assert(
      fc.asyncProperty(bytes, async (nonsense) => send(nonsense)),
      { seed, numRuns: 150 },
    )
    expect((await call('https://account.mekari.com/auth')).status).toBe(400)
  })

  it.each([
    ...['account.mekari.com', ':443', 'account.mekari.com:0', 'account.mekari.com:65536', 'a b:443', '[::1:443'],
    ...['http://account.mekari.com', 'account.mekari.com:443:443', '//x:1', 'me@account.mekari.com:443'],
  ])('refuses a tunnel to "%s"', async (to) => {
    const { raw } = await proxied({}, { offline: true })
    expect(await raw(`CONNECT ${to} HTTP/1.1\r\nHost: x\r\n\r\n`)).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('takes a host in capitals, with its last dot', async () => {
    const { tunnel } = await proxied()
    expect((await tunnel('ACCOUNT.mekari.com.:443')).status).toBe(200)
  })

  it('makes no tunnel within a tunnel', async () => {
    const { secure } = await proxied()
    const socket = await secure(account)
    socket.write('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n')
    expect(String((await once(socket, 'data'))[0])).toMatch(/^HTTP\/1\.1 400 /)
  })

  it('answers for no other host where a tunnel leads to one of these', async () => {
    const { call } = await proxied()
    expect(await call('https://account.mekari.com/', { headers: { host: 'example.com' } })).toMatchObject({
      status: 421,
      body: 'example.com is not played here, and this connection is one to account.mekari.com.\n',
    })
    expect((await call('https://account.mekari.com/', { headers: { host: 'a b' } })).status).toBe(400)
  })

  it('bounds what a head may hold', async () => {
    const { mock, raw } = await proxied()
    const long = `X: ${'x'.repeat(100_000)}\r\n`
    const answer = await raw(`GET http://account.mekari.com/ HTTP/1.1\r\nHost: account.mekari.com\r\n${long}\r\n`)
    // What is not read any more may reset the connection before its answer is.
    expect(answer).toMatch(/^(HTTP\/1\.1 431 |$)/)
    expect(mock.requests()).toEqual([])
  })

  it('speaks HTTP/1.1 alone', async () => {
    const { tunnel, authority } = await proxied()
    const { socket } = await tunnel(account)
    const servername = 'account.mekari.com'
    const secured = connect({ socket, servername, ca: authority.certificate, ALPNProtocols: ['h2'] })
    onTestFinished(() => void secured.destroy())
    const [error] = await once(secured, 'error')
    expect(error.code).toMatch(/ALERT|ALPN|ECONNRESET/)
  })
})
