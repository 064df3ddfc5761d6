import { createServer } from 'node:net'
import { createMockOAuth, type MisuseCode, type MockOAuth, MockOAuthError, type MockOAuthOptions } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createMockOAuth as createInBrowser } from '../src/browser.ts'

async function open(options: MockOAuthOptions = {}): Promise<MockOAuth> {
  const mock = await createMockOAuth({ providers: ['mekari'], seed: 'misuse', ...options })
  onTestFinished(() => mock.close())
  return mock
}
const mercury = () => open({ providers: ['mercury'] })
const finexer = () => open({ providers: ['finexer'] })

/** A port that somebody has. */
async function taken(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => void server.close())
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}

const application = {
  companyName: 'Ledgerly',
  companyWebsite: 'https://ledgerly.example',
  companyAddress: '1 Main Street, Springfield',
  companyDescription: 'Bookkeeping for small companies',
  product: 'A ledger',
  intendedUse: 'Reads accounts',
}

/** Of a server or browser that a test drives: `test/browser/playwright.test.ts` provokes them. */
type FromAfar = 'control_refused' | 'page_not_shown'

/** What provokes each mistake within the process; the compiler asks for every code. */
const provoked: Readonly<Record<Exclude<MisuseCode, FromAfar>, () => unknown>> = {
  unknown_provider: () => open({ providers: ['mekary'] }),
  unknown_assumption: () => open({ assume: { 'mekari.mood': 'bad' } }),
  invalid_definition: () => open({ providers: [{ id: 'acme' } as never] }),
  invalid_duration: async () => (await open()).clock.advance('soon'),
  invalid_rotation: async () => (await open()).rotations.set('sometimes' as never),
  invalid_fault: async () => (await open()).faults.arm('nowhere drop'),
  unknown_fault: async () => (await open()).faults.remove('f9'),
  invalid_world: async () => (await open()).world('a world'),
  unknown_world: async () => (await open()).worlds.remove('nobody'),
  too_many_worlds: async () => (await open({ worlds: { limit: 0 } })).world('one'),
  invalid_snapshot: async () => (await open()).restore({} as never),
  state_unavailable: () => open({ state: new URL(import.meta.url).pathname }),
  invalid_time: async () => (await open()).clock.move({ set: 'soon' }),
  invalid_client: async () => (await open()).clients.register({ webhooks: { url: 'nowhere' } }),
  client_exists: async () => {
    const { clients } = await open()
    await clients.register({ id: 'shop' })
    return clients.register({ id: 'shop' })
  },
  unknown_client: async () => (await open()).clients.find('nobody'),
  invalid_user: async () => (await open()).users.add({ email: 'no address' }),
  unknown_user: async () => (await open()).users.find('nobody'),
  unknown_application: async () => (await mercury()).applications.find('nothing'),
  invalid_application: async () => (await mercury()).applications.submit({ answers: {} }),
  application_not_ready: async () => {
    const { applications } = await mercury()
    const { id } = await applications.submit({ answers: application })
    return applications.setUp(id, {})
  },
  unknown_grant: async () => (await open()).grants.find('nothing'),
  unknown_request: async () => (await open()).explain('r9'),
  unknown_webhook: async () => (await open()).webhooks.redeliver('w9'),
  unknown_event: async () => (await finexer()).webhooks.test({ event: 'nothing' }),
  no_webhooks: async () => (await open()).webhooks.test(),
  no_receiver: async () => (await finexer()).webhooks.test(),
  no_signing_keys: async () => (await open()).keys.list(),
  no_request: async () => (await open()).explain(),
  invalid_scope: async () => (await open()).mint({ scope: 'everything' }),
  not_an_authorize_url: async () => (await open()).authorize('https://account.mekari.com/login'),
  host_ambiguous: async () => {
    const mock = await open({ providers: ['mercado-pago', 'mercado-pago@2024'] })
    return mock.authorize(mock.provider('mercado-pago').authorizeUrl)
  },
  port_in_use: async () => (await open()).listen({ port: await taken() }),
  no_server: async () => (await createInBrowser({ providers: ['mekari'] })).listen(),
  closed: async () => {
    const mock = await open()
    await mock.close()
    return mock.listen()
  },
  address_unavailable: async () => (await open()).listen({ port: 0, host: '192.0.2.1' }),
  invalid_option: () => open({ providers: 'mekari' as never }),
}

describe('a mistake of the developer', () => {
  it.each(Object.entries(provoked))('is told by its code: %s', async (code, provoke) => {
    const failure: unknown = await Promise.resolve()
      .then(provoke)
      .catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(MockOAuthError)
    expect(failure).toMatchObject({ name: 'MockOAuthError', code, message: expect.stringMatching(/^.{20,}/) })
  })
})

describe('what a mock is made from, where no compiler reads it', () => {
  it.each([
    [
      'a misspelt option',
      { provider: ['mekari'] },
      'There is no "provider". Did you mean "providers"? Known: providers, ',
    ],
    [
      'a misspelt one of the client',
      { client: { redirectUri: 'x' } },
      'client: there is no "redirectUri". Did you mean "redirectUris"?',
    ],
    ['a consent of another kind', { consent: 'yes' }, 'consent: there is no "yes". Known: page, approve, deny.'],
  ])('is refused for %s', async (_, options, sentence) => {
    const refusal = { code: 'invalid_option', message: expect.stringContaining(sentence) }
    await expect(open(options as MockOAuthOptions)).rejects.toMatchObject(refusal)
    await expect((await open()).reconfigure(options as MockOAuthOptions)).rejects.toMatchObject(refusal)
  })
})
