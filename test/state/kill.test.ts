import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import type { PlayedProvider, Snapshot } from 'mock-oauth'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createChance } from '../../src/world/chance.ts'
import { bin, environment, folderWith, linesOf } from '../cli/command.ts'
import { challenge, verifier } from '../pkce.ts'
import { seed } from '../seed.ts'

const rounds = 100
const clients = 6

/** What a client knows of one authorization. */
interface Chain {
  /** What it was told works. */
  live: { refresh: string; access: string } | undefined
  /** What it was told is spent, or has spent, or was told is revoked. */
  readonly dead: string[]
  /** What it asked of `live` and got no answer to. */
  open: 'refresh' | 'revoke' | undefined
}

/** A server that goes on with a file. */
async function start(file: string) {
  const args = [
    'serve',
    '--port',
    '0',
    '--json',
    '--quiet',
    '--provider',
    'standard',
    '--rotation',
    'standard=singleUse',
  ]
  const child = spawn(process.execPath, [bin, ...args, '--consent', 'approve', '--state', file], {
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const { url, providers } = JSON.parse(await linesOf(child.stdout)())
  return { child, url: url as string, played: providers.standard as PlayedProvider }
}

type Running = Awaited<ReturnType<typeof start>>

/** What a client may do, over HTTP. Nothing comes back where no whole answer came. */
function doings({ url, played }: Running) {
  const { clientId, clientSecret = '', redirectUris, authorizeUrl, tokenUrl, revokeUrl = '', apiUrl } = played
  const headers = { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` }
  const ask = async (at: string, init: RequestInit = {}): Promise<{ status: number; text: string } | undefined> => {
    try {
      const answer = await fetch(at, init)
      return { status: answer.status, text: await answer.text() }
    } catch {
      return undefined
    }
  }
  const post = (at: string, fields: Record<string, string>) =>
    ask(at, { method: 'POST', headers, body: new URLSearchParams(fields) })
  const redirect_uri = redirectUris[0] ?? ''
  return {
    refresh: (refresh_token: string) => post(tokenUrl, { grant_type: 'refresh_token', refresh_token }),
    revoke: (token: string) => post(revokeUrl, { token }),
    use: async (access: string) => (await ask(apiUrl, { headers: { authorization: `Bearer ${access}` } }))?.status,
    async connect() {
      const asked = { response_type: 'code', client_id: clientId, redirect_uri, scope: 'offline_access' }
      const body = JSON.stringify({ url: `${authorizeUrl}?${new URLSearchParams({ ...asked, ...challenge })}` })
      const json = { 'content-type': 'application/json' }
      const sent = await ask(`${url}/_mock/authorize`, { method: 'POST', headers: json, body })
      if (!sent) return undefined
      const code = new URL(JSON.parse(sent.text).redirectTo).searchParams.get('code') ?? ''
      return post(tokenUrl, { grant_type: 'authorization_code', code, redirect_uri, code_verifier: verifier })
    },
    snapshot: async () => JSON.parse((await ask(`${url}/_mock/snapshot`))?.text ?? '') as Snapshot,
  }
}

const pairIn = (text: string) => {
  const { access_token: access, refresh_token: refresh } = JSON.parse(text)
  return { access, refresh } as { access: string; refresh: string }
}

describe(`a server that is killed ${rounds} times (seed ${seed})`, () => {
  it('keeps every word that it gave', { timeout: 600_000 }, async () => {
    const chance = createChance(`kill ${seed}`)
    const file = `${folderWith({})}/kept.state`
    const issued = new Set<string>()
    const told = { rotations: 0, revocations: 0, connections: 0, unanswered: 0 }
    let chains: Chain[] = []
    let running: ChildProcess | undefined
    onTestFinished(() => void running?.kill('SIGKILL'))

    /** Notes a pair that a client was given; none ever comes twice. */
    const given = (text: string) => {
      const pair = pairIn(text)
      for (const token of [pair.access, pair.refresh]) {
        expect(issued).not.toContain(token)
        issued.add(token)
      }
      return pair
    }

    for (let round = 0; round < rounds; round++) {
      const server = await start(file)
      running = server.child
      const { refresh, revoke, use, connect, snapshot } = doings(server)

      // What is true now, beside what clients were told before.
      const check = async (chain: Chain) => {
        const { live, open, dead } = chain
        if (live) {
          const works = await use(live.access)
          const renewed = await refresh(live.refresh)
          if (!open) expect([works, renewed?.status]).toEqual([200, 200])
          // A revocation is whole or nothing; a rotation leaves the access token alone.
          else if (open === 'revoke')
            expect([
              [200, 200],
              [401, 400],
            ]).toContainEqual([works, renewed?.status])
          else expect([works, [200, 400].includes(renewed?.status ?? 0)]).toEqual([200, true])
          dead.push(live.refresh)
          chain.live = renewed?.status === 200 ? given(renewed.text) : undefined
          chain.open = undefined
        }
        for (const token of dead.slice(-5)) expect((await refresh(token))?.status).toBe(400)
      }
      await Promise.all(chains.map(check))
      const { store } = await snapshot()
      for (const { record: grant } of store.grants) {
        const own = store.refreshTokens.filter(({ record }) => record.grantId === grant.id)
        expect(own.filter(({ record }) => !record.spent && !record.revoked).length).toBeLessThanOrEqual(1)
      }
      const all = [...store.accessTokens, ...store.refreshTokens].map(({ record }) => record.value)
      expect(new Set(all).size).toBe(all.length)
      chains = chains.filter(({ live }) => live).slice(-clients)

      // Load, until it dies in the middle of it.
      let [asked, isKilled] = [0, false]
      const killAt = 1 + chance.below(50)
      const strike = () => {
        if (++asked === killAt) {
          const turns = chance.below(8)
          const kill = (left: number) => (left > 0 ? setImmediate(kill, left - 1) : server.child.kill('SIGKILL'))
          kill(turns)
        }
        if (asked >= killAt + 40) isKilled = server.child.kill('SIGKILL')
      }
      const ended = once(server.child, 'exit').then(() => {
        isKilled = true
      })
      const client = async (own: Chain[]) => {
        while (!isKilled) {
          const chain = own.filter(({ live }) => live)[chance.below(3)]
          strike()
          if (!chain?.live) {
            const answer = await connect()
            if (!answer) return void told.unanswered++
            expect(answer.status).toBe(200)
            told.connections++
            own.push({ live: given(answer.text), dead: [], open: undefined })
            chains.push(own.at(-1) as Chain)
          } else if (chance.below(6) > 0) {
            chain.open = 'refresh'
            const answer = await refresh(chain.live.refresh)
            if (!answer) return void told.unanswered++
            expect(answer.status).toBe(200)
            told.rotations++
            chain.dead.push(chain.live.refresh)
            Object.assign(chain, { live: given(answer.text), open: undefined })
          } else {
            chain.open = 'revoke'
            const answer = await revoke(chain.live.refresh)
            if (!answer) return void told.unanswered++
            expect(answer.status).toBe(200)
            told.revocations++
            chain.dead.push(chain.live.refresh)
            Object.assign(chain, { live: undefined, open: undefined })
          }
        }
      }
      const lists = Array.from({ length: clients }, (_, i) => chains.slice(i, i + 1))
      await Promise.all([ended, ...lists.map(client)])
    }
    // Enough was said and cut off for it to mean something.
    expect(told).toEqual({
      rotations: expect.toSatisfy((times: number) => times > rounds),
      revocations: expect.toSatisfy((times: number) => times > rounds / 5),
      connections: expect.toSatisfy((times: number) => times > rounds),
      unanswered: expect.toSatisfy((times: number) => times > rounds),
    })
  })
})
