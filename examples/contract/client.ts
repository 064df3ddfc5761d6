import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** What an application knows of itself and of Mekari. */
export interface Settings {
  readonly authorizeUrl: string
  readonly tokenUrl: string
  readonly apiUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  /** Where tokens are kept. */
  readonly file: string
  readonly timeoutMs: number
}

/** Why it does not work: `access_denied`, `wrong_state`, `invalid_grant`, `unavailable` … */
export class Failure extends Error {}

/** An application's own client of Mekari, as one writes it: one account, refreshed when the API says 401. */
export class Mekari {
  readonly #at: Settings

  constructor(settings: Settings) {
    this.#at = settings
  }

  /** Where the browser goes, and what has to come back with it. */
  begin(): { url: string; state: string } {
    const { authorizeUrl, clientId, scope } = this.#at
    const state = randomUUID()
    const url = new URL(authorizeUrl)
    const asked = { client_id: clientId, response_type: 'code', scope, state }
    for (const [name, value] of Object.entries(asked)) url.searchParams.set(name, value)
    return { url: url.href, state }
  }

  /** Takes the URL that the browser came back by. @throws {Failure} */
  async finish(url: string, state: string | undefined): Promise<void> {
    const back = new URL(url).searchParams
    if (state === undefined || back.get('state') !== state) throw new Failure('wrong_state')
    const [error, code] = [back.get('error'), back.get('code')]
    if (error) throw new Failure(error)
    if (!code) throw new Failure('no_code')
    await this.#token({ grant_type: 'authorization_code', code })
  }

  /** The status of a call of the API. @throws {Failure} */
  async call(): Promise<number> {
    const status = await this.#api()
    if (status !== 401) return status
    await this.#token({ grant_type: 'refresh_token', refresh_token: this.#stored().refresh_token ?? '' })
    return this.#api()
  }

  async #api(): Promise<number> {
    const headers = { authorization: `Bearer ${this.#stored().access_token}` }
    return (await this.#fetch(this.#at.apiUrl, { headers })).status
  }

  async #token(grant: Record<string, string>): Promise<void> {
    const { tokenUrl, clientId: client_id, clientSecret: client_secret, scope, file } = this.#at
    const body = JSON.stringify({ client_id, client_secret, scope, ...grant })
    const answer = await this.#fetch(tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    })
    const said = (await answer.json().catch(() => ({}))) as { error?: string }
    if (!answer.ok) throw new Failure(answer.status < 500 ? (said.error ?? 'refused') : 'unavailable')
    writeFileSync(file, JSON.stringify({ ...this.#stored(), ...said }), { mode: 0o600 })
  }

  async #fetch(url: string, init: RequestInit): Promise<Response> {
    const signal = AbortSignal.timeout(this.#at.timeoutMs)
    return fetch(url, { ...init, signal }).catch(() => Promise.reject(new Failure('unavailable')))
  }

  #stored(): { access_token?: string; refresh_token?: string } {
    const { file } = this.#at
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
  }
}
