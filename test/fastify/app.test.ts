import { text } from 'node:stream/consumers'
import { fastify } from 'fastify'
import { createMockOAuth } from 'mock-oauth'
import { mockOAuth } from 'mock-oauth/fastify'
import { describe, expect, it, onTestFinished } from 'vitest'
import { mounted, refreshOf, tokenPath } from './mounted.ts'

const rotated = expect.stringMatching(/^\{.*"refresh_token":"\w+"/)

describe("an app's own routes, beside a mock", () => {
  it('have the parsers, hooks and handlers of the app, and the mock has none of them', async () => {
    const seen: string[] = []
    const { mock, listen } = await mounted(
      {},
      {
        prepare(app) {
          app.removeAllContentTypeParsers()
          app.addContentTypeParser('*', { parseAs: 'string' }, (_, body, done) => done(null, `parsed ${body}`))
          app.addHook('preParsing', async (request) => void seen.push(`preParsing ${request.url}`))
          app.addHook('preHandler', async (request) => void seen.push(`preHandler ${request.url}`))
          app.addHook('onSend', async (_, reply, payload) => {
            reply.header('x-app', 'yes')
            return `sent ${payload}`
          })
          app.setValidatorCompiler(() => () => ({ error: new Error('nothing is valid') }))
          app.setSerializerCompiler(() => () => 'nothing')
          app.setErrorHandler((error: Error, _, reply) => reply.code(418).send(error.message))
          app.setNotFoundHandler((_, reply) => reply.code(404).send('not here'))
          app.post('/echo', async ({ body }) => body)
          app.get('/fails', async () => {
            throw new Error('as it should')
          })
        },
      },
    )
    const url = await listen()
    const answered = async (path: string, init?: RequestInit) => {
      const answer = await fetch(url + path, init)
      return [answer.status, answer.headers.get('x-app'), await answer.text()]
    }
    expect(await answered('/echo', { method: 'POST', body: 'x' })).toEqual([200, 'yes', 'sent parsed x'])
    expect(await answered('/fails')).toEqual([418, 'yes', 'sent as it should'])
    expect(await answered('/nowhere')).toEqual([404, 'yes', 'sent not here'])
    expect(await answered('/oauthx')).toEqual([404, 'yes', 'sent not here'])
    const ofTheApp = [...seen]
    expect(ofTheApp).toEqual(expect.arrayContaining(['preParsing /echo', 'preHandler /echo', 'preHandler /fails']))
    expect(await answered(`/oauth${tokenPath}`, await refreshOf(mock))).toEqual([200, null, rotated])
    const json = { method: 'POST', headers: { 'content-type': 'application/json' } }
    expect(await answered('/oauth/_mock/clock', { ...json, body: '{"advance":5}' })).toEqual([
      400,
      null,
      expect.stringContaining('advance must be string, not 5'),
    ])
    expect(await answered('/oauth/_mock/nothing')).toEqual([
      404,
      null,
      expect.stringContaining('listed at /oauth/_mock/openapi.json'),
    ])
    expect(seen).toEqual(ofTheApp)
  })

  it('that a hook of the app guards on request are guarded with the mock among them', async () => {
    const { app } = await mounted(
      {},
      {
        prepare: (app) =>
          app.addHook('onRequest', async (request, reply) => {
            if (request.headers.authorization !== 'of the app') return reply.code(401).send('who is it?')
          }),
      },
    )
    expect((await app.inject('/oauth/mekari/v1/me')).body).toBe('who is it?')
    const headers = { authorization: 'of the app' }
    expect((await app.inject({ url: '/oauth/mekari/nothing', headers })).body).toContain('MAG-006')
  })

  it('win where the mock stands at the root', async () => {
    const { app, mock } = await mounted(
      {},
      { prefix: '', prepare: (app) => app.get('/', async () => 'home').get('/auth', async () => 'ours') },
    )
    expect((await app.inject('/')).body).toBe('home')
    expect((await app.inject('/auth')).body).toBe('ours')
    const init = await refreshOf(mock)
    expect((await app.inject({ url: tokenPath, ...init })).body).toEqual(rotated)
    expect((await app.inject('/_mock/health')).body).toBe('{"ready":true}')
    expect((await app.inject('/nowhere')).body).toContain('MAG-006')
  })

  it('may be beside several mocks and worlds, each under a prefix', async () => {
    const { app, mock } = await mounted()
    const other = await createMockOAuth({ providers: ['mercury'] })
    onTestFinished(() => other.close())
    await app.register(mockOAuth, { mock: other, prefix: '/other' })
    app.register(async (api) => void api.register(mockOAuth, { mock: await mock.world('x'), prefix: '/alone/' }), {
      prefix: '/api',
    })
    const providers = async (prefix: string) => (await app.inject(`${prefix}/_mock/providers`)).json()
    expect(await providers('/other')).toMatchObject({ mercury: { baseUrl: 'http://localhost:80/other/mercury' } })
    expect(await providers('/oauth')).toMatchObject({ mekari: { baseUrl: 'http://localhost:80/oauth/mekari' } })
    expect(await providers('/api/alone')).toMatchObject({ mekari: { baseUrl: 'http://localhost:80/api/alone/mekari' } })
    expect((await app.inject('/api/alone/_mock/worlds')).json()).toMatchObject([{ name: 'x' }])
    expect((await app.inject('/api/alone/~y/_mock/clock')).json().error.code).toBe('invalid_world')
    expect((await app.inject({ method: 'DELETE', url: '/api/alone/_mock/worlds/x' })).json().error.code).toBe(
      'invalid_world',
    )
    expect((await app.inject('/oauth/_mock/worlds')).json()).toHaveLength(2)
  })
})

describe('an app with options of its own', () => {
  it('may ignore case and slashes at the end: the mock knows better', async () => {
    const { app } = await mounted(
      {},
      { server: { routerOptions: { caseSensitive: false, ignoreTrailingSlash: true, maxParamLength: 10 } } },
    )
    expect((await app.inject('/oauth/mekari/AUTH')).statusCode).toBe(404)
    expect((await app.inject('/oauth/_mock/health')).statusCode).toBe(200)
    const { json } = await app.inject('/oauth/_mock/clients')
    const [{ id }] = json()
    expect((await app.inject(`/oauth/_mock/clients/${id}`)).json()).toMatchObject({ id })
  })

  it('trusts a proxy, whose scheme and host then stand in URLs', async () => {
    const { app, mock } = await mounted({ consent: 'page' }, { server: { trustProxy: true } })
    const { clientId } = mock.provider()
    const query = `client_id=${clientId}&response_type=code&scope=esign`
    const headers = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'app.example' }
    const asked = await app.inject({ url: `/oauth/mekari/auth?${query}`, headers })
    expect(asked.headers.location).toMatch(/^https:\/\/app\.example\/oauth\/mekari\/users\/sign_in\?/)
    const untrusting = await mounted({ consent: 'page' })
    const other = await untrusting.app.inject({ url: `/oauth/mekari/auth?${query}`, headers })
    expect(other.headers.location).toMatch(/^http:\/\/localhost:80\/oauth\/mekari\//)
  })

  it.each(['/:tenant/oauth', '/o%20auth', '/o auth', '/öffnen'])(
    'refuses the prefix "%s", by which no request would be known, with a sentence',
    async (prefix) => {
      const { app } = await mounted({}, { prefix })
      await expect(app.ready()).rejects.toMatchObject({
        code: 'invalid_option',
        message: expect.stringContaining(`"${prefix}"`),
      })
    },
  )

  it('hears that a hook of its own has read what the mock must read', async () => {
    const { app } = await mounted(
      {},
      { prepare: (app) => app.addHook('onRequest', async ({ raw }) => void (await text(raw))) },
    )
    for (const url of ['/oauth/mekari/auth/oauth2/token', '/oauth/_mock/faults']) {
      const refused = await app.inject({ method: 'POST', url, payload: { grant_type: 'x' } })
      expect(refused.json()).toMatchObject({ statusCode: 500, message: expect.stringContaining('has read the body') })
    }
    expect((await app.inject('/oauth/_mock/health')).statusCode).toBe(200)
  })
})

describe('an app that speaks HTTP/2', () => {
  it('is refused with a sentence', async () => {
    const mock = await createMockOAuth({ providers: ['mekari'] })
    const app = fastify({ http2: true })
    onTestFinished(() => Promise.all([app.close(), mock.close()]).then(() => undefined))
    await expect(app.register(mockOAuth as never, { mock, prefix: '/oauth' }).ready()).rejects.toMatchObject({
      code: 'invalid_option',
      message: expect.stringContaining('HTTP/1.1'),
    })
  })
})

describe('the plugin', () => {
  it.each([undefined, createMockOAuth()])('wants a mock, and says so: not %s', async (mock) => {
    const app = fastify()
    onTestFinished(() => app.close())
    await expect(app.register(mockOAuth as never, { mock }).ready()).rejects.toMatchObject({ code: 'invalid_option' })
  })

  it('is not for a Fastify before 5', () => {
    expect(Reflect.get(mockOAuth, Symbol.for('plugin-meta'))).toEqual({ name: 'mock-oauth', fastify: '5.x' })
  })

  it('leaves the mock open when the app closes, and the app when the mock does', async () => {
    const { app, mock } = await mounted()
    await app.ready()
    await app.close()
    expect(await mock.mint()).toHaveProperty('accessToken')
    const next = fastify()
    onTestFinished(() => next.close())
    next.get('/', async () => 'still here')
    await next.register(mockOAuth, { mock, prefix: '/oauth' })
    expect((await next.inject('/oauth/_mock/health')).statusCode).toBe(200)
    await mock.close()
    expect((await next.inject('/')).body).toBe('still here')
  })

  it('cuts off whoever waits when the app closes', async () => {
    const { app, mock, listen } = await mounted()
    const url = await listen()
    mock.faults.arm('token hang')
    const hanging = fetch(`${url}/oauth${tokenPath}`, await refreshOf(mock))
    const events = await fetch(`${url}/oauth/_mock/events`)
    const failure = expect(hanging).rejects.toThrow('fetch failed')
    const end = expect(events.text()).rejects.toThrow('terminated')
    await expect.poll(() => mock.faults.list()[0]?.fired).toBe(1)
    await app.close()
    await failure
    await end
  })
})
