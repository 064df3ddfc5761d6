import { createMockOAuth, type Listening, type MockOAuth, type MockOAuthOptions, type PlayedProvider } from 'mock-oauth'
import { onTestFinished } from 'vitest'

/** A page or a redirect, as a browser without scripts gets it. */
export interface Seen {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** Where it redirects to. */
  readonly location: string
  readonly cookies: readonly string[]
}

/** A browser over plain HTTP that keeps cookies by their path and follows no redirect by itself. */
export interface Visitor {
  open(url: string): Promise<Seen>
  post(url: string, fields: Readonly<Record<string, string>>): Promise<Seen>
  /** Sends the page's form that has a button of this text, as a click on it would. */
  click(page: Seen, button: string, typed?: Readonly<Record<string, string>>): Promise<Seen>
  /** Opens an authorization URL and signs in as the first person; ends on the page after it. */
  signIn(authorizationUrl: string, name?: string): Promise<Seen>
}

/** A server that plays a provider, and a way to write its authorization URLs. */
export interface Playing {
  readonly mock: MockOAuth
  readonly server: Listening
  readonly played: PlayedProvider
  authorizationUrl(more?: Readonly<Record<string, string>>): string
}

/** Plays Mekari. */
export async function playMekari(
  options: Partial<MockOAuthOptions> = {},
): Promise<Playing & { readonly mekari: PlayedProvider }> {
  const playing = await play('mekari', options)
  return { ...playing, mekari: playing.played }
}

/** Plays a provider until the test ends. */
export async function play(provider: string, options: Partial<MockOAuthOptions> = {}): Promise<Playing> {
  const mock = await createMockOAuth({ providers: [provider], seed: 'pages', ...options })
  onTestFinished(() => mock.close())
  const server = await mock.listen({ port: 0 })
  const played = server.provider()
  return {
    mock,
    server,
    played,
    authorizationUrl: (more = {}) => {
      const asked = { client_id: played.clientId, response_type: 'code', scope: played.scopes.join(' '), ...more }
      return `${played.authorizeUrl}?${new URLSearchParams(asked)}`
    },
  }
}

/** A fresh browser. */
export function newVisitor(): Visitor {
  const jar = new Map<string, { name: string; value: string; path: string }>()

  async function send(url: string, init: RequestInit): Promise<Seen> {
    const { pathname } = new URL(url)
    const sent = [...jar.values()].filter(({ path }) => pathname.startsWith(path))
    const cookie = sent.map(({ name, value }) => `${name}=${value}`).join('; ')
    const response = await fetch(url, { ...init, redirect: 'manual', headers: { ...init.headers, cookie } })
    const cookies = response.headers.getSetCookie()
    for (const line of cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /; Path=([^;]+)/.exec(line)?.[1] ?? '/'
      if (/; Max-Age=0/.test(line)) jar.delete(`${path} ${name}`)
      else jar.set(`${path} ${name}`, { name, value, path })
    }
    const { status, headers } = response
    return { status, headers, cookies, body: await response.text(), location: headers.get('location') ?? '' }
  }

  const visitor: Visitor = {
    open: (url) => send(url, {}),
    post: (url, fields) => send(url, { method: 'POST', body: new URLSearchParams(fields) }),
    click(page, button, typed = {}) {
      const form = formsOf(page).find((one) => one.buttons.some(({ text }) => text.includes(button)))
      if (!form) throw new Error(`no form with a button "${button}" in ${page.body}`)
      const clicked = form.buttons.find(({ text }) => text.includes(button))
      const decision = clicked?.name ? { [clicked.name]: clicked.value } : {}
      return visitor.post(form.action, { ...form.fields, ...typed, ...decision })
    },
    async signIn(authorizationUrl, name = '@') {
      const bounced = await visitor.open(authorizationUrl)
      const back = await visitor.click(await visitor.open(bounced.location), name)
      return visitor.open(back.location)
    },
  }
  return visitor
}

/** The forms of a page: where each goes, what it carries and its buttons. */
export function formsOf({ body }: Seen) {
  return [...body.matchAll(/<form method="post" action="([^"]*)">(.*?)<\/form>/gs)].map(
    ([, action = '', inner = '']) => ({
      action: plain(action),
      fields: Object.fromEntries(
        [...inner.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)].map(
          ([, name = '', value = '']) => [plain(name), plain(value)],
        ),
      ),
      buttons: [...inner.matchAll(/<button([^>]*)>(.*?)<\/button>/gs)].map(([, attributes = '', text = '']) => ({
        name: /name="([^"]*)"/.exec(attributes)?.[1],
        value: /value="([^"]*)"/.exec(attributes)?.[1] ?? '',
        text: plain(text.replaceAll(/<[^>]+>/g, '')),
      })),
    }),
  )
}

/** Where the first link of a page leads. */
export const linkIn = ({ body }: Seen): string => plain(/<a href="([^"]*)"/.exec(body)?.[1] ?? '')

const characters: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
}

const plain = (text: string): string =>
  text.replaceAll(/&(amp|lt|gt|quot|#39);/g, (entity) => characters[entity] ?? entity)
