import { createMockOAuth, type HttpResponse, type MockOAuth } from 'mock-oauth'
import * as words from 'mock-oauth/define'
import { describe, expect, it, onTestFinished } from 'vitest'
import { folderWith, root, run, runProgram, serve } from './cli/command.ts'
import { acmeOf, codeOf, compile, guide, projectWith } from './guide/guide.ts'

const acme = await acmeOf()
const files = { 'acme.ts': codeOf('ts acme.ts'), 'acme.test.ts': codeOf('ts acme.test.ts') }
const [compilerSays, loaderSays] = codeOf('text').split('\n')

const misspelt = files['acme.ts'].replace("'singleUse'", "'singelUse'")

describe('the guide', () => {
  it('has code whose types hold', async () => {
    expect(await compile(projectWith(files))).toEqual([])
  })

  it('has a test that passes', async () => {
    const project = projectWith(files)
    const ran = await runProgram(process.execPath, [`${root}node_modules/vitest/vitest.mjs`, 'run', '--root', project])
    expect(ran.stdout + ran.stderr).toContain('1 passed')
    expect(ran.code).toBe(0)
  })

  it('shows what the compiler says of a misspelt word', async () => {
    expect(await compile(projectWith({ 'acme.ts': misspelt }))).toMatchObject([{ file: 'acme.ts', says: compilerSays }])
  })

  it('shows what is said of it at load time', async () => {
    await expect(createMockOAuth({ providers: [await acmeOf(misspelt)] })).rejects.toMatchObject({
      code: 'invalid_definition',
      message: loaderSays,
    })
  })

  it('has commands that play the file and show it, with nothing installed beside it', async () => {
    const folder = folderWith({ 'acme.ts': files['acme.ts'] })
    const commands = codeOf('console')
      .split('\n')
      .map((line) => line.replace('$ npx mock-oauth ', '').split(' '))
    expect(commands.map(([command]) => command)).toEqual(['serve', 'serve', 'show'])
    for (const [command = '', ...flags] of commands) {
      if (command === 'serve') {
        const { acme: played } = JSON.parse((await serve(flags, {}, folder)).line).providers
        const headers = { 'content-type': 'application/x-www-form-urlencoded' }
        const answer = await fetch(played.tokenUrl, { method: 'POST', headers, body: 'grant_type=password' })
        const keys = flags.includes('acme.errors=plain') ? ['error', 'error_description'] : ['code', 'detail', 'help']
        expect(Object.keys(await answer.json())).toEqual(keys)
      } else expect((await run([command, ...flags], {}, folder)).stdout).toMatch(/^Acme Pay \(acme\)/)
    }
  })

  it('shows what the command line says of a misspelt word', async () => {
    const folder = folderWith({ 'acme.ts': misspelt })
    const refused = { code: 2, stdout: '', stderr: `${loaderSays}\n` }
    expect(await run(['serve', '--port', '0', '--provider', './acme.ts'], {}, folder)).toEqual(refused)
    expect(await run(['validate', './acme.ts'], {}, folder)).toEqual({ ...refused, code: 1 })
  })

  it('tells of words that there are', () => {
    const [, table = ''] = guide.split('\n| For | Words |\n')
    const told = [...(table.split('\n\n')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, word]) => word)
    expect(told.length).toBeGreaterThan(40)
    expect(told.filter((word) => !Object.hasOwn(words, word ?? ''))).toEqual([])
  })
})

const json = ({ status, body }: HttpResponse) => ({ status, body: JSON.parse(body) })

/** A client of the guide's provider. */
class Party {
  readonly mock: MockOAuth
  constructor(mock: MockOAuth) {
    this.mock = mock
  }

  get provider() {
    return this.mock.provider('acme')
  }

  get redirectUri(): string {
    return this.provider.redirectUris[0] ?? ''
  }

  /** Connects a merchant; answers the parameters of the callback. */
  async connect(decision: 'approve' | 'deny' = 'approve'): Promise<Record<string, string>> {
    const { authorizeUrl, clientId } = this.provider
    const asked = { client_id: clientId, response_type: 'code', redirect_uri: this.redirectUri, state: 'xyz' }
    const query = new URLSearchParams({ ...asked, scope: 'accounts:read' })
    const { redirectTo = '' } = await this.mock.authorize(`${authorizeUrl}?${query}`, { decision })
    return Object.fromEntries(new URL(redirectTo).searchParams)
  }

  async token(form: Record<string, string>) {
    const { tokenUrl: url, clientId, clientSecret } = this.provider
    const headers = {
      authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}`,
      'content-type': 'application/x-www-form-urlencoded',
    }
    return json(await this.mock.handle({ method: 'POST', url, headers, body: new URLSearchParams(form).toString() }))
  }

  exchange(code = '') {
    return this.token({ grant_type: 'authorization_code', code, redirect_uri: this.redirectUri })
  }

  refresh(token: string) {
    return this.token({ grant_type: 'refresh_token', refresh_token: token })
  }

  async merchant(token: string) {
    const headers = { authorization: `Bearer ${token}` }
    return json(await this.mock.handle({ method: 'GET', url: this.provider.apiUrl, headers, body: '' }))
  }
}

async function meet(assume: Record<string, string> = {}): Promise<Party> {
  const mock = await createMockOAuth({ providers: [acme], seed: 'guide', assume })
  onTestFinished(() => mock.close())
  return new Party(mock)
}

const tokens = {
  access_token: expect.stringMatching(/^at_\w{40}$/),
  token_type: 'Bearer',
  expires_in: 1800,
  refresh_token: expect.stringMatching(/^rt_\w{40}$/),
  merchant: expect.stringMatching(/^mer_\w{12}$/),
  scopes: ['accounts:read'],
}

describe("the guide's provider", () => {
  it('has credentials of the form that its page shows', async () => {
    const { clientId, clientSecret, scopes } = (await meet()).provider
    expect(clientId).toMatch(/^app_\w{16}$/)
    expect(clientSecret).toMatch(/^sk_\w{32}$/)
    expect(scopes).toEqual(['accounts:read', 'payments:write'])
  })

  it('authorizes, exchanges and lets the API be called', async () => {
    const party = await meet()
    const { code, ...callback } = await party.connect()
    expect(callback).toEqual({ state: 'xyz' })
    const { status, body } = await party.exchange(code)
    expect({ status, body }).toEqual({ status: 200, body: tokens })
    expect(Object.keys(body)).toEqual(Object.keys(tokens))
    expect(await party.merchant(body.access_token)).toEqual({
      status: 200,
      body: { id: body.merchant, name: expect.any(String), currency: 'EUR' },
    })
  })

  it('refreshes once, and leaves the old access token alive', async () => {
    const party = await meet()
    const first = await party.exchange((await party.connect()).code)
    const second = await party.refresh(first.body.refresh_token)
    expect(second).toEqual({ status: 200, body: { ...tokens, merchant: first.body.merchant } })
    expect((await party.merchant(first.body.access_token)).status).toBe(200)
    expect((await party.refresh(first.body.refresh_token)).status).toBe(400)
    expect(party.mock.explain()).toMatchObject({ kind: 'refresh_token_reused', rule: expect.any(String) })
  })

  it('refuses in its own dialect', async () => {
    const party = await meet()
    expect(await party.exchange('made-up')).toEqual({
      status: 400,
      body: {
        code: 'invalid_grant',
        detail: 'The authorization code is not valid',
        help: 'https://acme.example/help/invalid_grant',
      },
    })
  })

  it('tells a denial to the client', async () => {
    expect(await (await meet()).connect('deny')).toMatchObject({ error: 'access_denied', state: 'xyz' })
  })

  it('plays the other behaviours that it names', async () => {
    const party = await meet({ 'acme.errors': 'plain', 'acme.code-replay': 'family-revoked' })
    const { code } = await party.connect()
    const { body } = await party.exchange(code)
    expect(await party.exchange(code)).toEqual({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'The authorization code has already been used' },
    })
    expect((await party.merchant(body.access_token)).status).toBe(401)
  })

  it('is refused a choice that it does not name', async () => {
    await expect(meet({ 'acme.errors': 'kong' })).rejects.toMatchObject({
      code: 'unknown_assumption',
      message: '"kong" is no alternative for acme.errors. Expected acme.errors=plain.',
    })
  })

  it('is played beside a provider of the list, over HTTP too', async () => {
    await using mock = await createMockOAuth({ providers: ['mekari', acme] })
    const { providers, url } = await mock.listen({ port: 0 })
    expect(Object.keys(providers())).toEqual(['mekari', 'mekari:sandbox', 'acme'])
    expect(providers().acme?.tokenUrl).toBe(`${url}/acme/oauth/token`)
    const { accessToken } = await mock.mint({ provider: 'acme' })
    const headers = { authorization: `Bearer ${accessToken}` }
    expect((await fetch(`${url}/acme/v1/merchant`, { headers })).status).toBe(200)
  })
})
