import { createMockOAuth } from 'mock-oauth'
import { catchNavigations } from 'mock-oauth/consent'
import { oauthHandlers } from 'mock-oauth/msw'
import { setupWorker } from 'msw/browser'

/** Plays Mekari in this page: its token endpoint and API by a worker, its consent in a dialog. */
export async function startMock() {
  const mock = await createMockOAuth({
    providers: ['mekari'],
    // The person leaves for Mekari and comes back to a page that is loaded anew: what the mock knows stays in the tab.
    state: 'payroll-sync',
    clients: [
      {
        provider: 'mekari',
        id: 'payroll-sync',
        name: 'Payroll Sync',
        public: true,
        redirectUris: [`${location.origin}/callback`],
      },
    ],
  })
  await setupWorker(...oauthHandlers(mock)).start({ onUnhandledRequest: 'bypass', quiet: true })
  catchNavigations(mock)
  // For the console: mock.clock.advance('61m'), mock.faults.arm('token:refresh_token drop after').
  globalThis.mock = mock
}
