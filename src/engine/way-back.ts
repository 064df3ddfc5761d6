import * as base64url from 'jose/base64url'
import { readForm } from './parameters.ts'
import { splitUrl } from './url.ts'
import type { Visit } from './visit.ts'

/** Writes a request (path and query) the way a sign-in page's URL carries it. */
export function carry(pathAndQuery: string): string {
  const text = base64url.encode(pathAndQuery)
  return text.padEnd(Math.ceil(text.length / 4) * 4, '=')
}

/** The path and query that a text carries, if it carries one. */
export function carriedIn(text: string): string | undefined {
  try {
    const path = new TextDecoder('utf-8', { fatal: true }).decode(base64url.decode(text.replace(/=+$/, '')))
    return path.startsWith('/') ? path : undefined
  } catch {
    return undefined
  }
}

/** The request that a sign-in page leads back to: an authorization, the page for a device, or the list of connected applications; nothing else is ever gone back to. */
export function wayBack({ environment, url, query }: Visit): string | undefined {
  const carried = readForm(query).get(environment.rules.signIn.carries.returnTo)
  if (carried === undefined) return undefined
  try {
    const path = new TextDecoder().decode(base64url.decode(carried.replace(/=+$/, '')))
    // At this very host where the authorization endpoint has one here, else at its own.
    const targets = [url, environment.urls.authorize].map((one) => splitUrl(new URL(one).origin + path))
    const target = targets.find((one) => {
      const { endpoint } = environment.routes.get(one.url)?.get('GET') ?? {}
      return endpoint === 'authorize' || endpoint === 'device' || endpoint === 'connected-apps'
    })
    if (!target) return undefined
    return target.query === '' ? target.url : new URL(`${target.url}?${target.query}`).href
  } catch {
    return undefined
  }
}
