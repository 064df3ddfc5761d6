import { createMockOAuth, type Fault } from 'mock-oauth'
import { describe, expect, it } from 'vitest'
import { actionsOf, states } from './attempts.ts'
import { receive } from './receiver.ts'
import { open } from './stage.ts'
import { stage } from './struck.ts'

const provider = 'mercado-pago@2024'

describe('a fault in webhooks', () => {
  it('strikes the event that it names, and counts no other', async () => {
    const { receiver, mock } = await stage(provider, { kind: 'drop', event: 'application.deauthorized', nth: 2 })
    for (let i = 0; i < 3; i++) await mock.grants.revoke((await mock.mint()).grant.id)
    await mock.webhooks.settled()
    expect(mock.faults.list()).toMatchObject([{ seen: 3, fired: 1 }])
    const [on, off] = ['application.authorized', 'application.deauthorized']
    expect(actionsOf(receiver.received)).toEqual([on, off, on, on, off])
  })

  it('strikes the client that it names, and nobody who has no receiver or did not choose the event', async () => {
    const { receiver, mock, fired } = await stage(provider)
    const [{ id = '' } = {}] = await mock.clients.list()
    const other = await mock.clients.register({ webhooks: { url: receiver.url } })
    const deaf = await mock.clients.register({})
    const webhooks = { url: receiver.url, events: ['application.deauthorized'] }
    const choosy = await mock.clients.register({ webhooks })
    mock.faults.arm({ on: 'webhook', kind: 'drop', client: other.id })
    mock.faults.arm({ on: 'webhook', kind: 'drop', nth: '2-9' })
    for (const client of [deaf.id, choosy.id, id, other.id]) await mock.mint({ client })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['no receiver', 'not chosen', 'delivered', 'delivered'])
    expect(receiver.received).toHaveLength(1)
    // A delivery is dropped once: the second fault waits for the next.
    expect(fired()).toEqual([1, 0])
    expect(mock.faults.list()[1]).toMatchObject({ seen: 2 })
  })

  it('that reorders counts its times by groups', async () => {
    const { receiver, mock, happen, fired } = await stage(provider, { kind: 'reorder', times: 2 })
    for (let i = 0; i < 5; i++) await happen()
    await mock.webhooks.settled()
    const [one, two, three, four, five] = mock.webhooks.list().map(({ body }) => body)
    expect(receiver.received.map(({ body }) => body)).toEqual([two, one, four, three, five])
    expect(fired()).toEqual([4])
  })

  it('replays what truly happened: no test, and no replay', async () => {
    const { mock, happen } = await stage(provider, { kind: 'replay', times: 3 })
    await happen()
    await mock.webhooks.settled()
    await mock.webhooks.test()
    await mock.webhooks.settled()
    await mock.webhooks.test()
    await mock.webhooks.settled()
    await happen()
    await mock.webhooks.settled()
    expect(mock.webhooks.list().flatMap(({ replays = [] }) => replays)).toEqual(['w1', 'w1', 'w1'])
  })

  it('lets go of what it holds back when it is taken away', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'reorder', count: 3 })
    await happen()
    await happen()
    mock.faults.remove('f1')
    await mock.webhooks.settled()
    const [one, two] = mock.webhooks.list().map(({ body }) => body)
    expect(receiver.received.map(({ body }) => body)).toEqual([two, one])
  })

  it('sends nothing sooner than it says because deliveries go on after a pause', async () => {
    const { receiver, mock, happen } = await stage(
      'finexer',
      { kind: 'delay', by: '2h', nth: 2 },
      { kind: 'reorder', nth: 3 },
    )
    receiver.answer(500)
    await happen()
    await happen()
    await happen()
    await mock.clock.advance('1h')
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused', 'pending'])
    receiver.answer(200)
    const [{ id = '' } = {}] = await mock.clients.list()
    await mock.clients.change(id, { webhooks: {} })
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'pending', 'pending'])
    await mock.clock.advance('1h')
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered', 'pending'])
    await happen()
    await mock.webhooks.settled()
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'delivered', 'delivered', 'delivered'])
  })

  it('holds on to what was held back, also while deliveries stand still', async () => {
    const { receiver, mock, happen } = await stage('finexer', { kind: 'reorder', nth: 2 })
    receiver.answer(500)
    await happen()
    await happen()
    await mock.clock.advance('1h')
    await happen()
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused', 'paused'])
    receiver.answer(200)
    expect(await mock.webhooks.redeliver('w1')).toMatchObject({ state: 'delivered' })
    await mock.webhooks.settled()
    const [, two, three] = mock.webhooks.list().map(({ body }) => body)
    expect(receiver.received.slice(-2).map(({ body }) => body)).toEqual([three, two])
  })

  it('holds back what happens while deliveries stand still, also once they go on', async () => {
    const { receiver, mock, happen } = await stage('finexer', { kind: 'reorder', nth: 2 })
    receiver.answer(500)
    await happen()
    await mock.clock.advance('1h')
    await happen()
    expect(states(mock.webhooks.list())).toEqual(['paused', 'paused'])
    receiver.answer(200)
    await mock.webhooks.redeliver('w1')
    await mock.clock.advance('1h')
    expect(states(mock.webhooks.list())).toEqual(['delivered', 'pending'])
    await happen()
    await mock.webhooks.settled()
    const [, two, three] = mock.webhooks.list().map(({ body }) => body)
    expect(receiver.received.slice(-2).map(({ body }) => body)).toEqual([three, two])
  })

  it('that waits is sent at once by a redelivery, and waits on where that is in vain', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'delay', by: '1h' }, { kind: 'reorder' })
    receiver.answer(500)
    await happen()
    await happen()
    for (const id of ['w1', 'w2']) expect(await mock.webhooks.redeliver(id)).toMatchObject({ state: 'pending' })
    receiver.answer(200)
    await happen()
    await mock.clock.advance('1d')
    const [one, two, three] = mock.webhooks.list().map(({ body }) => body)
    expect(receiver.received.map(({ body }) => body)).toEqual([one, two, three, two, one])
  })

  it('that waits is sent at once by a redelivery, and not again', async () => {
    const { receiver, mock, happen } = await stage(provider, { kind: 'delay', by: '1h' }, { kind: 'reorder' })
    await happen()
    await happen()
    for (const id of ['w1', 'w2']) expect(await mock.webhooks.redeliver(id)).toMatchObject({ state: 'delivered' })
    await happen()
    await mock.clock.advance('1d')
    expect(receiver.received).toHaveLength(3)
  })

  it('shows no receiver’s secret, nor the one that it signs with', async () => {
    const { mock, happen } = await stage(provider, { kind: 'newSecret', secret: 'canary-of-the-fault' })
    const seen: unknown[] = []
    mock.webhooks.onChange((...told) => seen.push(told))
    await happen()
    await mock.webhooks.settled()
    expect(JSON.stringify([mock.webhooks.list(), seen])).not.toMatch(/canary-of-the-fault|a secret|[0-9a-f]{64}/)
    expect(seen).toHaveLength(3)
  })

  it('that is early is received before the browser is sent back', async () => {
    const receiver = await receive()
    const client = { webhooks: { url: receiver.url } }
    await using mock = await createMockOAuth({ providers: [provider], client, consent: 'approve' })
    const { provider: served } = await mock.listen({ port: 0 })
    mock.faults.arm({ on: 'webhook', kind: 'early' })
    const happened: string[] = []
    receiver.answer((response) => {
      happened.push('webhook')
      // The call must wait for what the receiver has not answered yet.
      setImmediate(() => response.writeHead(200).end())
    })
    const { authorizeUrl, clientId, redirectUris } = served()
    const query = new URLSearchParams({
      client_id: clientId,
      response_type: 'code',
      redirect_uri: redirectUris[0] ?? '',
    })
    const { status } = await fetch(`${authorizeUrl}?${query}`, { redirect: 'manual' })
    happened.push(`answer ${status}`)
    expect(happened).toEqual(['webhook', 'answer 302'])
    expect(states(mock.webhooks.list())).toEqual(['delivered'])
  })
})

describe('arming a fault in webhooks', () => {
  const arm = async (providers: readonly string[], fault: object) => {
    await using mock = await createMockOAuth({ providers })
    try {
      return mock.faults.arm({ on: 'webhook', ...fault } as Fault)
    } catch (error) {
      return error
    }
  }
  it.each([
    [
      ['mekari'],
      { kind: 'drop' },
      'on is "webhook", but no webhooks come from Mekari, Mekari sandbox. Of what is played, these send some: none.',
    ],
    [
      ['mekari', 'finexer'],
      { kind: 'drop', provider: 'mekari:sandbox' },
      /, but no webhooks come from Mekari sandbox\. .* finexer\.$/,
    ],
    [
      ['mercado-pago'],
      { kind: 'wrongSignature' },
      /^Webhooks from Mercado Pago are not signed, so that no wrongSignature is possible\. Possible: drop, delay, duplicate, reorder, early, replay\. Played and signing: none\.$/,
    ],
    [['mercado-pago', 'finexer'], { kind: 'newSecret', provider: 'mercado-pago' }, /Played and signing: finexer\.$/],
    [
      ['finexer'],
      { kind: 'drop', event: 'payment' },
      'No event "payment" comes from Finexer. Known: oauth.authorization.revoked.',
    ],
  ])('of %j as %j is refused', async (providers, fault, message) => {
    expect(await arm(providers, fault)).toMatchObject({
      code: 'invalid_fault',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
  })

  it('is taken where one of those that are played can suffer it', async () => {
    expect(await arm(['mekari', 'mercado-pago', 'finexer'], { kind: 'noSignature' })).toMatchObject({ id: 'f1' })
  })

  it('waits for a provider that signs, and strikes no other', async () => {
    const receiver = await receive()
    const mock = await open('mercado-pago', { url: receiver.url })
    await mock.reconfigure({ providers: ['mercado-pago', 'finexer'], client: { webhooks: { url: receiver.url } } })
    mock.faults.arm({ on: 'webhook', kind: 'noSignature' })
    await mock.mint({ provider: 'mercado-pago' })
    expect(mock.faults.list()).toMatchObject([{ seen: 0, fired: 0 }])
    await mock.grants.revoke((await mock.mint({ provider: 'finexer' })).grant.id)
    expect(mock.faults.list()).toMatchObject([{ seen: 1, fired: 1 }])
  })
})
