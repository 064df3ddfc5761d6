import { describe, expect, it } from 'vitest'
import { challenge, verifier } from '../pkce.ts'
import { useChromium } from './chromium.ts'
import { type Stage, setStage } from './stage.ts'

const chromium = useChromium()

async function stageByTheBook(context = {}) {
  const stage = await setStage(chromium(), { provider: 'standard', context })
  const redirectUri = `${stage.appUrl}callback`
  const authorizationUrl = (more = {}) =>
    stage.authorizationUrl({ redirect_uri: redirectUri, ...challenge, state: 's', ...more })
  return { ...stage, redirectUri, authorizationUrl }
}

/** A person signs in and approves. */
async function approve({ page, authorizationUrl }: Pick<Stage, 'page' | 'authorizationUrl'>, more = {}) {
  await page.goto(authorizationUrl(more))
  await page.locator('.person').first().click()
  await page.getByRole('button', { name: 'Approve' }).click()
}

const markup = `"><script>document.title = 'run'</script>`

describe('response_mode=form_post in Chromium', () => {
  it('posts to the application at once, and what came with the request stays text', async () => {
    const stage = await stageByTheBook()
    const violations: string[] = []
    stage.page.on('console', (message) => violations.push(message.text()))
    const posting = stage.page.waitForRequest((request) => request.url() === stage.redirectUri)
    await approve(stage, { response_mode: 'form_post', state: markup })
    const posted = await posting
    await stage.page.getByText('connected').waitFor()
    expect(posted.method()).toBe('POST')
    const fields = new URLSearchParams(posted.postData() ?? '')
    expect([...fields.keys()]).toEqual(['code', 'state', 'iss'])
    expect(fields.get('state')).toBe(markup)
    expect(stage.page.url()).toBe(stage.redirectUri)
    expect(violations).toEqual([])
  })

  it('posts by a click where there are no scripts', async () => {
    const stage = await stageByTheBook({ javaScriptEnabled: false })
    await approve(stage, { response_mode: 'form_post' })
    const button = stage.page.getByRole('button', { name: 'Go on' })
    await button.waitFor()
    expect(stage.asked).not.toContain(stage.redirectUri)
    const posting = stage.page.waitForRequest((request) => request.url() === stage.redirectUri)
    await button.click()
    expect(new URLSearchParams((await posting).postData() ?? '').get('state')).toBe('s')
  })

  it('posts an error as well', async () => {
    const stage = await stageByTheBook()
    const posting = stage.page.waitForRequest((request) => request.url() === stage.redirectUri)
    await stage.page.goto(stage.authorizationUrl({ response_mode: 'form_post', prompt: 'none' }))
    expect(new URLSearchParams((await posting).postData() ?? '').get('error')).toBe('login_required')
  })
})

describe('logout in Chromium', () => {
  async function connected() {
    const stage = await stageByTheBook()
    const { page, played, redirectUri } = stage
    await approve(stage)
    const code = (await stage.callback()).get('code') ?? ''
    const answer = await fetch(played.tokenUrl, {
      method: 'POST',
      headers: { authorization: `Basic ${btoa(`${played.clientId}:${played.clientSecret}`)}` },
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code,
        redirect_uri: redirectUri,
        code_verifier: verifier,
      }),
    })
    const { id_token } = (await answer.json()) as { id_token: string }
    const isSignedIn = async () => {
      await page.goto(stage.authorizationUrl())
      return !page.url().includes('/login?')
    }
    return { ...stage, id_token, isSignedIn }
  }

  it('asks a person, who clicks, and is back at the application, signed out', async () => {
    const { page, played, appUrl, isSignedIn } = await connected()
    const query = new URLSearchParams({ client_id: played.clientId, post_logout_redirect_uri: appUrl, state: 's' })
    await page.goto(`${played.endSessionUrl}?${query}`)
    await page.getByRole('heading', { name: 'Sign out of Standard?' }).waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.waitForURL(`${appUrl}?state=s`)
    expect(await isSignedIn()).toBe(false)
  })

  it('works by a form of another site, to whose posts browsers give no cookie', async () => {
    const { page, played, appUrl, id_token, isSignedIn } = await connected()
    expect(await isSignedIn()).toBe(true)
    // Another site than 127.0.0.1, and the same server.
    await page.goto(appUrl.replace('127.0.0.1', 'localhost'))
    const asked = { id_token_hint: id_token, post_logout_redirect_uri: appUrl, state: 's' }
    await page.evaluate(
      ({ action, fields }) => {
        const form = document.body.appendChild(document.createElement('form'))
        form.method = 'post'
        form.action = action
        for (const [name, value] of Object.entries(fields)) {
          const field = form.appendChild(document.createElement('input'))
          field.name = name
          field.value = value
        }
        form.submit()
      },
      { action: played.endSessionUrl ?? '', fields: asked },
    )
    await page.waitForURL(`${appUrl}?state=s`)
    expect(await isSignedIn()).toBe(false)
  })
})
