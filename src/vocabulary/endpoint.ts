/** An endpoint as a provider's page writes it: `POST https://account.example/oauth/token`. */
export type Endpoint = `${'GET' | 'POST' | 'DELETE'} https://${string}`

/** An endpoint taken apart; `url` has no query. */
export interface Place {
  readonly method: string
  readonly url: string
}

/** Takes `POST https://host/path` apart. */
export function placeOf(endpoint: Endpoint): Place {
  const [method = '', url = ''] = endpoint.split(' ')
  return { method, url }
}
