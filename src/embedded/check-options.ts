import { MockOAuthError } from '../vocabulary/misuse.ts'
import { didYouMean } from '../vocabulary/suggestion.ts'
import type { ConsentMode, DefaultClient } from '../world/world.ts'
import type { MockOAuthOptions } from './mock-oauth.ts'

const options: Readonly<Record<keyof MockOAuthOptions, true>> = {
  providers: true,
  seed: true,
  state: true,
  consent: true,
  client: true,
  clients: true,
  users: true,
  lifetimes: true,
  rotation: true,
  faults: true,
  mood: true,
  assume: true,
  worlds: true,
}

const client: Readonly<Record<keyof DefaultClient, true>> = {
  id: true,
  secret: true,
  name: true,
  redirectUris: true,
  scopes: true,
  postLogoutRedirectUris: true,
  webhooks: true,
}

const consent: Readonly<Record<ConsentMode, true>> = { page: true, approve: true, deny: true }

/**
 * Judges what a mock is made from, where no compiler has.
 * @throws {MockOAuthError} `invalid_option` for a misspelt name, which would do nothing, and for a `consent` that there is not
 */
export function checkOptions(given: MockOAuthOptions): void {
  for (const name of Object.keys(given)) expect('', name, options)
  for (const name of Object.keys(given.client ?? {})) expect('client: ', name, client)
  if (given.consent !== undefined) expect('consent: ', given.consent, consent)
}

function expect(path: string, name: string, known: Readonly<Record<string, true>>): void {
  if (Object.hasOwn(known, name)) return
  const names = Object.keys(known)
  const message = `${path}there is no "${name}".${didYouMean(name, names)} Known: ${names.join(', ')}.`
  throw new MockOAuthError('invalid_option', message.replace(/^t/, 'T'))
}
