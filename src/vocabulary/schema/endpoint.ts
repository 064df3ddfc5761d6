import * as v from 'valibot'
import type { Endpoint } from '../endpoint.ts'
import { listOf, type Schema, valueThat, wrong } from './section.ts'

/** The URL as requests will have it: with a path, without query, in the spelling that every URL is brought to. */
function isEndpoint(value: unknown): boolean {
  const [, url = ''] = (typeof value === 'string' && /^(?:GET|POST|DELETE) (https:\/\/[^?#]+)$/.exec(value)) || []
  return URL.canParse(url) && new URL(url).href === url
}

/**
 * `METHOD https://host/path`.
 * @param method the usual one, for the sentence
 */
export const endpoint = (method: 'GET' | 'POST'): Schema<Endpoint> =>
  v.custom<Endpoint>(isEndpoint, ({ input }) =>
    wrong(input, `a method and an https URL with a path: "${written(method, input)}"`),
  )

/** The same, any number. */
export const endpoints = (method: 'GET' | 'POST'): Schema<readonly Endpoint[]> =>
  listOf('a list of endpoints', endpoint(method))

/** What was given, as it may have been meant. */
function written(usual: string, value: unknown): string {
  const form = /^(?:(GET|POST|DELETE)\s+)?(?:https?:\/\/)?([\w.-]+\.\w+(?::\d+)?(?:\/[^\s?#]*)?)/i
  const [, method = usual, url = 'account.example/path'] = (typeof value === 'string' && form.exec(value)) || []
  return `${method.toUpperCase()} ${new URL(`https://${url}`).href}`
}

/** Scheme and host, such as `https://api.example`. */
export const origin: Schema<string> = valueThat(
  'an origin: "https://sandbox.example"',
  (value) => typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value,
)
