import { describe, expect, it } from 'vitest'
import { nobody, receive } from '../webhooks/receiver.ts'
import { run, serve } from './command.ts'

const provider = 'finexer'
const moment = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ/.source

/** A `serve` whose default client has a receiver, and commands to it. */
async function connected(url: string, ...args: string[]) {
  const served = await serve(['--provider', provider, '--webhook-url', url, ...args])
  const command = (...words: string[]) => run([...words, '--url', served.url])
  const disconnect = async () => {
    const { grant } = JSON.parse((await command('token', provider, '--json')).stdout)
    await command('revoke', grant.id)
  }
  return { ...served, command, disconnect, played: JSON.parse(served.line).providers[provider] }
}

describe('serve --webhook-url', () => {
  it('says what deliveries are signed with, and prints each attempt', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const { logged, disconnect, command, played } = await connected(receiver.url)
    expect(played.webhookSecret).toMatch(/^\w{32}$/)
    expect((await command('env', provider)).stdout).toContain(`WEBHOOK_SECRET=${played.webhookSecret}\n`)
    await disconnect()
    const told = `oauth\\.authorization\\.revoked`
    expect(await logged()).toMatch(
      new RegExp(`^${moment} hook ${receiver.url} 500 {2}${told} again at ${moment} \\(webhook w1\\)$`),
    )
    await command('clock', 'advance', '3s')
    expect(await logged()).toMatch(new RegExp(`^${moment} hook ${receiver.url} 200 {2}${told} \\(webhook w1\\)$`))
  })

  it('takes the secret that it is given, and only with a receiver', async () => {
    const { played } = await connected('http://localhost/hooks', '--webhook-secret', 'mine')
    expect(played.webhookSecret).toBe('mine')
    expect(await run(['serve', '--webhook-secret', 'mine'])).toMatchObject({
      code: 2,
      stderr: '--webhook-secret needs --webhook-url.\n',
    })
    expect(await run(['serve', '--provider', 'mekari', '--webhook-url', 'http://localhost'])).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Mekari'),
    })
  })
})

describe('webhook', () => {
  it('lists what clients were told', async () => {
    const { command, disconnect } = await connected(await nobody())
    await command('clock', 'freeze')
    expect(await command('webhook', 'list')).toEqual({ code: 0, stdout: 'No webhooks.\n', stderr: '' })
    await disconnect()
    await command('clock', 'advance', '0s')
    const { stdout } = await command('webhook', 'list')
    expect(stdout).toMatch(
      new RegExp(
        `^ID +TIME +PROVIDER +EVENT +STATE +ATTEMPTS +LAST +NEXT\nw1 +${moment} +${provider} +oauth.authorization.revoked +pending +1 +ECONNREFUSED +${moment}\n$`,
      ),
    )
    const listed = JSON.parse((await command('webhook', 'list', '--provider', provider, '--json')).stdout)
    expect(listed).toMatchObject([{ id: 'w1', state: 'pending', attempts: [{ failure: 'ECONNREFUSED' }] }])
    expect((await command('webhook', 'list', '--client', 'nobody')).stdout).toBe('No webhooks.\n')
  })

  it('says what is done to them on purpose', async () => {
    const receiver = await receive()
    const { url, command, disconnect, logged } = await connected(receiver.url)
    for (const kind of ['drop', 'wrongSignature']) {
      await fetch(`${url}/_mock/faults`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ on: 'webhook', kind }),
      })
    }
    await disconnect()
    expect(await logged()).toMatch(
      new RegExp(`^${moment} hook not sent {2}oauth\\.authorization\\.revoked \\(webhook w1, fault drop\\)$`),
    )
    await disconnect()
    expect(await logged()).toMatch(/ 200 {2}oauth\.authorization\.revoked \(webhook w2, fault wrongSignature\)$/)
    const { stdout } = await command('webhook', 'list')
    expect(stdout).toMatch(/ NEXT +FAULTS\nw1 .* delivered +0 +drop\nw2 .* delivered +1 +200 +wrongSignature\n$/)
  })

  it('sends a test, and fails when that does', async () => {
    const receiver = await receive()
    receiver.answer(200, 500)
    const { command } = await connected(receiver.url)
    expect(await command('webhook', 'test')).toEqual({
      code: 0,
      stdout: `w1 oauth.authorization.revoked delivered: ${receiver.url} 200\n`,
      stderr: '',
    })
    expect(await command('webhook', 'test', provider)).toEqual({
      code: 1,
      stdout: `w2 oauth.authorization.revoked failed: ${receiver.url} 500\n`,
      stderr: '',
    })
    expect(await command('webhook', 'test', provider, '--event', 'payment')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('It has: oauth.authorization.revoked.'),
    })
  })

  it('sends an event again', async () => {
    const receiver = await receive()
    receiver.answer(500, 200)
    const { command, disconnect } = await connected(receiver.url)
    await command('clock', 'freeze')
    await disconnect()
    await receiver.gets(1)
    const again = await command('webhook', 'redeliver', 'w1', '--json')
    expect(again).toMatchObject({ code: 0 })
    expect(JSON.parse(again.stdout)).toMatchObject({ id: 'w1', state: 'delivered' })
    expect(receiver.received).toHaveLength(2)
    expect(await command('webhook', 'redeliver', 'w9')).toMatchObject({
      code: 2,
      stderr: 'There is no webhook "w9". Kept: w1 to w1.\n',
    })
  })

  it('says what is missing', async () => {
    const { url } = await serve(['--provider', provider])
    expect(await run(['webhook', 'test', '--url', url])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('serve --webhook-url <url>'),
    })
    const mekari = await serve(['--provider', 'mekari'])
    expect(await run(['webhook', 'test', '--url', mekari.url])).toMatchObject({
      code: 2,
      stderr: 'Mekari sends no webhooks.\n',
    })
  })
})
