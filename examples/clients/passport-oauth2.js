// An Express app that connects by passport-oauth2, as the READMEs of the two and of express-session show it, and a browser.
import { randomUUID } from 'node:crypto'
import express from 'express'
import session from 'express-session'
import passport from 'passport'
import OAuth2Strategy from 'passport-oauth2'
import { answered, apiRequest, failedCall, isUnreached, notConnected, openStore, serve } from './shell.js'

process.env.NODE_ENV = 'production'

serve('passport-oauth2', async (env) => {
  const store = openStore(env.storeDir)
  const origin = await listen(app(env, store))
  /** The browsers' cookies, by session. */
  const cookies = new Map()
  const browse = async (name, path) => {
    const cookie = cookies.get(name)
    const response = await fetch(origin + path, { redirect: 'manual', headers: cookie ? { cookie } : {} })
    for (const set of response.headers.getSetCookie()) cookies.set(name, set.split(';', 1)[0] ?? '')
    return response
  }

  return {
    features: { pkce: true, userPages: true },
    client: {
      async begin({ session }) {
        const { headers } = await browse(session, '/auth/example')
        return { url: headers.get('location') ?? '' }
      },
      async callback({ session, url }) {
        const { pathname, search } = new URL(url)
        const response = await browse(session, pathname + search)
        const { status } = response
        const headers = Object.fromEntries(response.headers)
        const http = { status, headers, body: await response.text() }
        if (status !== 302) return { outcome: status === 403 ? 'rejected' : 'failed', http }
        if (headers.location === '/') return { outcome: 'connected', http }
        const { message } = await (await browse(session, '/login')).json()
        return { outcome: /authorization request state/.test(message) ? 'rejected' : 'denied', http }
      },
      async call({ method = 'GET', body = null }) {
        const response = await fetch(`${origin}/sync`, { method, body })
        return await response.json()
      },
      status() {
        const stored = store.get('tokens')
        return stored ? { state: 'connected' } : { state: 'disconnected' }
      },
    },
  }
})

/** The app. */
function app(env, store) {
  passport.use(
    new OAuth2Strategy(
      {
        authorizationURL: env.authorizeUrl,
        tokenURL: env.tokenUrl,
        clientID: env.clientId,
        clientSecret: env.clientSecret,
        callbackURL: env.redirectUri,
        scope: env.scopes,
        state: true,
        pkce: env.pkce,
      },
      (accessToken, refreshToken, _, done) => {
        store.set('tokens', { accessToken, refreshToken })
        done(null, { id: 'somebody' })
      },
    ),
  )
  passport.serializeUser((user, done) => done(null, user))
  passport.deserializeUser((user, done) => done(null, user))

  const app = express()
  const secret = store.get('secret') ?? randomUUID()
  store.set('secret', secret)
  app.use(session({ secret, resave: false, saveUninitialized: false, store: new Sessions(store) }))
  app.use(passport.session())
  app.get('/auth/example', passport.authenticate('oauth2'))
  app.get(
    new URL(env.redirectUri).pathname,
    passport.authenticate('oauth2', { failureRedirect: '/login', failureMessage: true }),
    (_, response) => response.redirect('/'),
  )
  app.get('/login', (request, response) => response.json({ message: request.session.messages?.at(-1) ?? '' }))
  app.all('/sync', express.text({ type: () => true }), async ({ method, body }, response) => {
    const stored = store.get('tokens')
    if (!stored) return response.json(notConnected)
    const headers = { authorization: `Bearer ${stored.accessToken}` }
    const asked = apiRequest(env, { method, ...(method === 'POST' && { body }) })
    const answer = await fetch(env.apiUrl, { ...asked, headers }).then(answered, (error) =>
      failedCall({ unreached: isUnreached(error) }),
    )
    response.json(answer)
  })
  return app
}

/** Sessions that outlive the process, as express-session asks of production. */
class Sessions extends session.Store {
  constructor(store) {
    super()
    this.get = (id, done) => done(null, store.get(`session ${id}`) ?? null)
    this.set = (id, value, done) => done?.(store.set(`session ${id}`, value))
    this.destroy = (id, done) => done?.(store.set(`session ${id}`, undefined))
  }
}

/** Returns where it listens. */
const listen = (app) =>
  new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${server.address().port}`))
  })
