import { describe, expect, it } from 'vitest'
import { newVisitor } from '../pages/visitor.ts'
import { serve } from './served.ts'

const code = expect.stringMatching(/^http:\/\/localhost:3000\/callback\?code=/)

describe('a browser in two worlds', () => {
  it.each([
    ['each provider behind its prefix', ['mekari', 'mercury']],
    ['one provider at the root', ['mekari']],
  ])('signs in in each, and out of none by it: %s', async (_, providers) => {
    const { mock, server } = await serve(providers, { consent: 'page' })
    const visitor = newVisitor()
    const urlIn = (name: string) => {
      const { authorizeUrl, clientId } = server.world(name).provider('mekari')
      const url = providers.length > 1 ? authorizeUrl : authorizeUrl.replace('/mekari/', '/')
      return `${url}?${new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'esign' })}`
    }
    const consents = []
    for (const name of ['default', 'a', 'b']) consents.push(await visitor.signIn(urlIn(name)))
    for (const consent of consents) expect((await visitor.click(consent, 'Approve')).location).toEqual(code)
    for (const name of ['default', 'a', 'b']) expect((await visitor.open(urlIn(name))).status).toBe(200)
    await (await mock.world('a')).reset()
    expect((await visitor.open(urlIn('a'))).location).toContain('/~a')
    for (const name of ['default', 'b']) expect((await visitor.open(urlIn(name))).status).toBe(200)
  })

  it('brings cookies that are for the pages of their world and provider alone', async () => {
    const { server } = await serve(['mekari', 'mercury'], { consent: 'page' })
    const { authorizeUrl, clientId } = server.world('a').provider('mekari')
    const asked = new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'esign' })
    const visitor = newVisitor()
    const bounced = await visitor.open(`${authorizeUrl}?${asked}`)
    const page = await visitor.open(bounced.location)
    expect(page.cookies).toEqual([
      expect.stringMatching(/^mock_oauth_sign_in\.a=[a-z0-9]{32}; Path=\/~a\/mekari\/; HttpOnly; SameSite=Lax$/),
    ])
  })

  it('draws nothing from the page of another world', async () => {
    const formOf = async (visitor = newVisitor(), first: string[] = []) => {
      const { server } = await serve(['mekari'], { consent: 'page' })
      for (const name of [...first, 'a']) {
        const { clientId } = server.world(name).provider('mekari')
        const asked = new URLSearchParams({ client_id: clientId, response_type: 'code', scope: 'esign' })
        const bounced = await visitor.open(`${server.world(name).url}/auth?${asked}`)
        const page = await visitor.open(bounced.location)
        if (name === 'a') return /value="([a-z0-9]{32})"/.exec(page.body)?.[1]
      }
      return undefined
    }
    const alone = await formOf()
    expect(alone).toMatch(/^[a-z0-9]{32}$/)
    expect(await formOf(newVisitor(), ['default'])).toBe(alone)
  })

  it('stays in a world that only its client tells, without a prefix', async () => {
    const { mock, server } = await serve(['mekari', 'mercury'], { consent: 'page' })
    const a = await mock.world('a')
    await mock.world('b')
    const { id } = await a.clients.register({ provider: 'mekari', id: 'only-in-a' })
    const { authorizeUrl } = server.provider('mekari')
    const visitor = newVisitor()
    const asked = new URLSearchParams({ client_id: id, response_type: 'code', scope: 'esign' })
    const consent = await visitor.signIn(`${authorizeUrl}?${asked}`)
    expect((await visitor.click(consent, 'Approve')).location).toEqual(code)
    expect(a.requests()).toHaveLength(5)
    expect(mock.requests()).toEqual([])
  })
})
