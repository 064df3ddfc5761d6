import type { HttpRequest, HttpResponse, MockOAuth } from 'mock-oauth'
import { createChance } from '../../src/world/chance.ts'

/** What a client has come by. */
export interface Purse {
  refreshTokens: string[]
  accessTokens: string[]
}

/** What was answered, as it would be compared octet by octet. */
export type Answers = readonly (HttpResponse | string)[]

const form = (fields: Record<string, string>) => String(new URLSearchParams(fields))

/** Does so many things that clients, people and developers do, which ones the seed says, and tells what was answered. */
export async function act(mock: MockOAuth, purse: Purse, seed: string, times: number): Promise<Answers> {
  const chance = createChance(seed)
  const { authorizeUrl, tokenUrl, apiUrl, revokeUrl = '', client } = mock.provider('mercury')
  const { clientId, clientSecret = '', redirectUris, scopes } = client
  const basic = `Basic ${btoa(`${clientId}:${clientSecret}`)}`
  const answers: (HttpResponse | string)[] = []
  const pick = (list: readonly string[]) => list[chance.below(list.length)] ?? 'made-up'
  const send = async (request: HttpRequest) => {
    const answer = await mock.handle(request)
    answers.push(answer)
    return answer
  }
  const post = (url: string, fields: Record<string, string>) =>
    send({
      method: 'POST',
      url,
      headers: { authorization: basic, 'content-type': 'application/x-www-form-urlencoded' },
      body: form(fields),
    })
  const scope = scopes.join(' ')
  const token = async (fields: Record<string, string>) => {
    const answer = await post(tokenUrl, fields)
    if (answer.status !== 200) return
    const { access_token, refresh_token } = JSON.parse(answer.body)
    purse.accessTokens.push(access_token)
    if (refresh_token) purse.refreshTokens.push(refresh_token)
  }
  const acts: (() => Promise<unknown>)[] = [
    async () => {
      const asked = { client_id: clientId, response_type: 'code', redirect_uri: redirectUris[0] ?? '', scope }
      const url = `${authorizeUrl}?${form({ ...asked, state: 'x'.repeat(8) })}`
      const { redirectTo = '' } = await mock.authorize(url, { decision: 'approve' })
      answers.push(redirectTo)
      const code = new URL(redirectTo).searchParams.get('code') ?? ''
      await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUris[0] ?? '' })
    },
    () => token({ grant_type: 'refresh_token', refresh_token: pick(purse.refreshTokens), scope }),
    () => token({ grant_type: 'refresh_token', refresh_token: purse.refreshTokens.at(-1) ?? '', scope }),
    () =>
      send({ method: 'GET', url: apiUrl, headers: { authorization: `Bearer ${pick(purse.accessTokens)}` }, body: '' }),
    () => post(revokeUrl || tokenUrl, { token: pick(purse.refreshTokens) }),
    async () => answers.push(JSON.stringify(await mock.mint({ provider: 'mercury' }))),
    async () => answers.push(JSON.stringify(await mock.clock.advance(`${chance.below(40)}m`))),
    async () => answers.push(JSON.stringify(mock.faults.list()), JSON.stringify(mock.webhooks.list())),
    async () => answers.push(JSON.stringify(await mock.users.add({}))),
    async () => {
      const [first] = (await mock.grants.list()).filter(({ ended }) => !ended)
      if (first) answers.push(JSON.stringify(await mock.grants.revoke(first.id, 'user')))
    },
  ]
  for (let n = 0; n < times; n++) await acts[chance.below(acts.length)]?.()
  return answers
}
