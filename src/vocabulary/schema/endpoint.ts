import * as v from 'valibot'
import type { Endpoint } from '../endpoint.ts'
import { listOf, type Schema, valueThat, wrong } from './section.ts'

const form = /^(GET|POST|DELETE) (https:\/\/[^?#]+)$/

const isEndpoint = (value: unknown): boolean => {
  const [, , url = ''] = typeof value === 'string' ? (form.exec(value) ?? []) : []
  return URL.canParse(url) && !/\s/.test(url)
}

/** `METHOD https://host/path`. @param method the usual one, for the sentence */
export const endpoint = (method: 'GET' | 'POST'): Schema<Endpoint> =>
  v.custom<Endpoint>(isEndpoint, ({ input }) =>
    wrong(input, `a method and an https URL without a query: ${written(method, input)}`),
  )

/** The same, any number. */
export const endpoints = (method: 'GET' | 'POST'): Schema<readonly Endpoint[]> =>
  listOf('a list of endpoints', endpoint(method))

/** What was given, as it may have been meant. */
function written(method: string, value: unknown): string {
  const [, url] = (typeof value === 'string' && /([\w.-]+\.[a-z]+(?::\d+)?(?:\/[^\s?#]*)?)/i.exec(value)) || []
  return `"${method} https://${url ?? 'account.example/path'}"`
}

/** Scheme and host, such as `https://api.example`. */
export const origin: Schema<string> = valueThat(
  'an origin: "https://sandbox.example"',
  (value) => typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value,
)
