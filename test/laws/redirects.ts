import { expect } from 'vitest'
import { always, granted, type Law, refused } from './law.ts'
import { act, join, locationOf } from './party.ts'

/** Where the browser may be sent. */
export const redirects: readonly Law[] = [
  {
    says: 'the browser is never sent to a URI that is not registered',
    concerns: always,
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const registered = party.client.redirectUris
      const leadsTo = (location: string, uri: string) => location.startsWith(`${uri}${uri.includes('?') ? '&' : '?'}`)
      const isOwn = (location: string) => stage.isOwn(location, noRequest)
      const isHome = (location: string) => registered.some((uri) => leadsTo(location, uri)) || isOwn(location)
      for (const uri of registered) {
        expect(locationOf(await party.authorize({ redirect_uri: uri }))).toMatch(uri)
      }
      const mistakes = [{}, { response_type: 'token' }, { scope: 'never-registered' }, { scope: undefined }]
      for (const uri of hostileUris(registered[0] ?? '')) {
        for (const mistake of mistakes) {
          const answer = await party.authorize({ redirect_uri: uri, ...mistake })
          const location = locationOf(answer)
          if (location !== undefined) expect(isHome(location), `${uri} led to ${location}`).toBe(true)
          expect(new URL(location ?? 'https://nowhere.example').searchParams.get('code'), uri).toBeNull()
        }
        const unknown = await party.authorize({ client_id: 'nobody', redirect_uri: uri })
        const page = locationOf(unknown)
        if (page !== undefined) expect(isOwn(page), page).toBe(true)
      }
    },
  },
  {
    says: 'a registered loopback URI stands for its own port, or where the provider says so for every port, and for nothing else',
    concerns: always,
    async hold(stage, environment) {
      const own = 'http://127.0.0.1:7777/callback'
      const redirectUris = [own]
      const party = act(stage, environment, await stage.register({ provider: environment.key, redirectUris }))
      const codeAt = (uri: string) => party.code({ redirect_uri: uri })
      expect(await codeAt(own)).toBeTruthy()
      const { loopbackPorts } = environment.rules.authorize
      for (const uri of ['http://127.0.0.1:9999/callback', 'http://127.0.0.1/callback']) {
        if (loopbackPorts !== 'any') await expect(codeAt(uri), uri).rejects.toThrow('no code')
        else expect(locationOf(await party.authorize({ redirect_uri: uri }))).toMatch(uri)
      }
      for (const uri of hostileLoopbacks) await expect(codeAt(uri), uri).rejects.toThrow('no code')
    },
  },
  {
    says: 'the redirect URI of the token request, where it is read, is the one of the code',
    concerns: ({ rules }) => !['ignored', undefined].includes(rules.token.exchange.parameters.redirect_uri?.presence),
    async hold(stage, environment) {
      const party = await join(stage, environment)
      const [first, second] = party.client.redirectUris
      refused(await party.exchange(await party.code({ redirect_uri: first }), { redirect_uri: second }))
      for (const uri of hostileUris(first ?? '')) {
        if (uri !== '') refused(await party.exchange(await party.code(), { redirect_uri: uri }), uri)
      }
      granted(await party.exchange(await party.code({ redirect_uri: second }), { redirect_uri: second }))
    },
  },
]

const noRequest = { method: 'GET', url: '', headers: {}, body: '' }

/** What a loopback URI on every port must not open. */
const hostileLoopbacks = [
  'https://127.0.0.1:7777/callback',
  'http://127.0.0.1:7777/other',
  'http://127.0.0.1:7777/callback/',
  'http://127.0.0.1:7777/callback?more=1',
  'http://127.0.0.1:7777/callback#fragment',
  'http://127.0.0.1:7777@evil.example/callback',
  'http://127.0.0.1.evil.example/callback',
  'http://127.0.0.1:/callback',
  'http://127.0.0.1:99999/callback',
  'http://127.0.0.1:999999/callback',
  'http://127.0.0.2:7777/callback',
  'http://[::1]:7777/callback',
  'http://localhost:7777/callback',
  'http://evil.example:7777/callback',
]

/** What an attacker would register if only the comparison were lax. */
const hostileUris = (uri: string): readonly string[] => {
  const { host, origin, pathname } = new URL(uri)
  return [
    'https://evil.example/callback',
    `${uri}/`,
    `${uri}x`,
    `${uri}?`,
    `${uri}#fragment`,
    `${uri}/../evil`,
    `${uri}%2f`,
    `${uri}\r\nLocation: https://evil.example`,
    `${uri} https://evil.example`,
    uri.toUpperCase(),
    uri.replace('https:', 'http:'),
    uri.replace('https:', ''),
    uri.replace(host, `${host}:8443`),
    uri.replace(host, `${host}.evil.example`),
    uri.replace(host, `evil.example@${host}`),
    uri.replace(host, `${host}@evil.example`),
    uri.replace(host, `evil.example\\@${host}`),
    uri.replace(host, `sub.${host}`),
    `${origin}${pathname}?next=https://evil.example`,
    origin,
    pathname,
    '//evil.example/callback',
    'javascript:alert(1)',
    'data:text/html,x',
  ]
}
