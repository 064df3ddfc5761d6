import { describe, expect, it } from 'vitest'
import type { Door } from '../../doors.ts'
import { headerOf, locationOf } from '../answer.ts'
import { browse, type Go, hidden } from '../browse.ts'
import { deadToken } from './answers.ts'
import { accounts, apps, openFinexer, type Platform, tokensOf } from './client.ts'
import { signIn, textOf } from './person.ts'

/** Revoking a token: the account holder's page. */
export const authorizedAppsSuite = (door: Door) =>
  describe('Authorized Apps', () => {
    /** Two apps that the first person has connected, and the person's browser at the page. */
    async function atThePage() {
      const platform = await openFinexer(door, { client: { name: 'Payroll Sync' } })
      const other = await platform.with({ name: 'Ledger', scopes: ['customer_read'] })
      const tokens = [await platform.connect(), await platform.connect(), await other.connect()] as const
      const go = browse(platform)
      expect(await signIn(platform, go, locationOf(await go(apps)))).toBe(apps)
      return { platform, other, tokens, go, page: await go(apps) }
    }

    it('asks who it is, then shows each connected app once: name, permissions, since when', async () => {
      const { page } = await atThePage()
      expect(page.body).toContain('<h1 lang="en">Authorized Apps</h1>')
      expect(page.body.match(/<h2>.*?<\/h2>/g)).toEqual([
        '<h2><bdi>Payroll Sync</bdi></h2>',
        '<h2><bdi>Ledger</bdi></h2>',
      ])
      expect(textOf(page)).toContain(
        'Payroll Sync Connected since 2026-01-31 See customers customer_read Create and change customers customer_write',
      )
      expect(textOf(page)).toContain('Ledger Connected since 2026-01-31 See customers customer_read Disconnect Ledger')
    })

    it('disconnects the app that is clicked, with every token of it, and no other', async () => {
      const { platform, other, tokens, go, page } = await atThePage()
      const clicked = { page_token: hidden(page.body, 'page_token'), disconnect: platform.clientId }
      const answer = await go(apps, clicked)
      expect([answer.status, locationOf(answer)]).toEqual([303, apps])
      expect((await go(apps)).body).not.toContain('Payroll Sync')
      const [first, second, third] = tokens
      for (const { access } of [first, second]) expect(await platform.api(access)).toEqual(deadToken)
      expect((await platform.refresh(first.refresh)).status).toBe(400)
      expect((await other.api(third.access)).status).toBe(200)
      const ended = (await platform.mock.grants.list()).map((grant) => grant.ended?.by)
      expect(ended).toEqual(['user', 'user', undefined])
      expect(platform.mock.webhooks.list().map(({ event, clientId }) => [event, clientId])).toEqual([
        ['oauth.authorization.revoked', platform.clientId],
      ])
    })

    it('takes a click once, from the page that it was shown on, in the browser that it was shown to', async () => {
      const { platform, other, tokens, go, page } = await atThePage()
      const page_token = hidden(page.body, 'page_token')
      const stranger = browse(platform)
      const disconnect = platform.clientId
      expect(locationOf(await stranger(apps, { page_token, disconnect }))).toContain('https://finexer.com/login?')
      expect((await platform.api(tokens[0].access)).status).toBe(200)
      for (const forged of [{ disconnect }, { disconnect, page_token: 'x'.repeat(32) }]) {
        expect((await go(apps, forged)).body).toContain('Your click changed nothing.')
      }
      await go(apps, { page_token, disconnect: other.clientId })
      expect((await go(apps, { page_token, disconnect })).body).toContain('Your click changed nothing.')
      expect((await platform.api(tokens[0].access)).status).toBe(200)
      const late = hidden((await go(apps)).body, 'page_token')
      await platform.mock.clock.advance('31m')
      expect((await go(apps, { page_token: late, disconnect })).body).toContain('Your click changed nothing.')
      expect(platform.mock.explain().kind).toBe('sign_in_stale')
      expect((await platform.api(tokens[0].access)).status).toBe(200)
    })

    it('shows nobody else’s apps, and lets another person sign in', async () => {
      const { platform, go, page } = await atThePage()
      const [, second] = await platform.mock.users.list()
      const left = await go(apps, { page_token: hidden(page.body, 'page_token'), leave: 'yes' })
      const at = locationOf(await go(locationOf(left)))
      const authenticity_token = hidden((await go(at)).body, 'authenticity_token')
      await go(at, { authenticity_token, email: second?.email ?? '', password: second?.password ?? '' })
      const theirs = await go(apps)
      expect(theirs.body).toContain(second?.email)
      expect(textOf(theirs)).toContain('Nothing is connected.')
    })

    it('shows nothing that has come to its end', async () => {
      const platform = await openFinexer(door)
      await platform.code()
      const go = browse(platform)
      await signIn(platform, go, locationOf(await go(apps)))
      expect((await go(apps)).body).toContain('<h2>')
      await platform.mock.clock.advance('6m')
      expect(textOf(await go(apps))).toContain('Nothing is connected.')
    })
  })

/** Revoking a token: the platform's page. */
export const managedAccountsSuite = (door: Door) =>
  describe('Managed Accounts', () => {
    async function identify({ clientId, clientSecret }: Platform, go: Go, changes: Record<string, string> = {}) {
      const authenticity_token = hidden((await go(accounts)).body, 'authenticity_token')
      return go(accounts, { authenticity_token, client_id: clientId, client_secret: clientSecret, ...changes })
    }

    /** Two people who have connected one app, and its owner's browser at the page. */
    async function atThePage() {
      const platform = await openFinexer(door, { client: { name: 'Payroll Sync' }, consent: 'page' })
      const { redirectTo = '' } = await platform.mock.authorize(
        `https://finexer.com/oauth/?client_id=${platform.clientId}`,
      )
      const tokens = tokensOf(await platform.exchange(new URL(redirectTo).searchParams.get('code') ?? ''))
      const [first, second] = await platform.mock.users.list()
      const kept = await platform.mock.mint({ client: platform.clientId, user: second?.id ?? '' })
      const go = browse(platform)
      expect(locationOf(await identify(platform, go))).toBe(accounts)
      return { platform, tokens, kept, first, second, go, page: await go(accounts) }
    }

    it('asks which app, by its id and secret API key', async () => {
      const platform = await openFinexer(door)
      const go = browse(platform)
      const other = await platform.with({})
      for (const wrong of [
        { client_secret: 'wrong' },
        { client_id: 'nobody' },
        { client_secret: other.clientSecret },
      ]) {
        const answer = await identify(platform, go, wrong)
        expect([answer.status, answer.body.includes('Client id and secret do not belong together.')]).toEqual([
          200,
          true,
        ])
        expect(platform.mock.explain().kind).toBe('owner_unproved')
      }
      const forged = await identify(platform, go, { authenticity_token: 'x'.repeat(32) })
      expect(forged.body).toContain('This form did not come from the page')
      const cookie = headerOf(await identify(platform, go), 'set-cookie')
      expect(cookie).toMatch(/^mock_oauth_owner=[a-z0-9]{32}; Path=\/; HttpOnly; SameSite=Lax$/)
    })

    it('shows each connected account: holder, account id, permissions, since when', async () => {
      const { tokens, kept, first, second, page } = await atThePage()
      expect(page.body).toContain('<h1 lang="en">Managed Accounts</h1>')
      const { account_id } = JSON.parse(JSON.stringify(kept.answer))
      for (const [user, account] of [
        [first, tokens.account],
        [second, account_id],
      ] as const) {
        expect(textOf(page)).toContain(
          `${user?.name} ${user?.email} ${user?.company} ${account} Connected since 2026-01-31 See customers`,
        )
      }
    })

    it('disconnects the account that is clicked, and no other', async () => {
      const { platform, tokens, kept, first, go, page } = await atThePage()
      const clicked = { page_token: hidden(page.body, 'page_token'), disconnect: first?.id ?? '' }
      expect(locationOf(await go(accounts, clicked))).toBe(accounts)
      expect(await platform.api(tokens.access)).toEqual(deadToken)
      expect((await platform.api(kept.accessToken)).status).toBe(200)
      expect((await go(accounts)).body).not.toContain(first?.email)
      expect((await platform.mock.grants.list()).map((grant) => grant.ended?.by)).toEqual(['client', undefined])
      expect(platform.mock.webhooks.list().map(({ event }) => event)).toEqual(['oauth.authorization.revoked'])
    })

    it('shows an app its own accounts only, and is left at a click', async () => {
      const { platform, first, go, page } = await atThePage()
      const other = await platform.with({ name: 'Ledger' })
      const page_token = hidden(page.body, 'page_token')
      await go(accounts, { page_token, leave: 'yes' })
      expect((await go(accounts)).body).toContain('Which application is yours?')
      await identify(other, go)
      const theirs = await go(accounts)
      expect(textOf(theirs)).toContain('Ledger')
      expect(textOf(theirs)).toContain('Nothing is connected.')
      await go(accounts, { page_token, disconnect: first?.id ?? '' })
      expect((await platform.mock.grants.list()).some((grant) => grant.ended)).toBe(false)
    })

    it('ends its session with the app, and opens nothing that a person signs in for', async () => {
      const { platform, go } = await atThePage()
      expect(locationOf(await go(apps))).toContain('https://finexer.com/login?')
      const owner = /=(\w+)/.exec(headerOf(await identify(platform, browse(platform)), 'set-cookie') ?? '')?.[1]
      const headers = { cookie: `mock_oauth_session=${owner}` }
      for (const page of [apps, `https://finexer.com/oauth/?client_id=${platform.clientId}`]) {
        expect(locationOf(await platform.request(page, { headers }))).toContain('https://finexer.com/login?')
      }
      await platform.mock.clients.remove(platform.clientId)
      expect((await go(accounts)).body).toContain('Which application is yours?')
    })
  })
