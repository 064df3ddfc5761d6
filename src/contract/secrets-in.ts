import { isSecretOfAnswer } from '../engine/redact.ts'
import { isSecret, sentSecrets } from '../engine/sent-secrets.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import type { Exchange } from '../world/journal.ts'
import type { Evidence } from './evidence.ts'

/** Shorter texts are no secrets of anybody's, and would be found in every sentence. */
const shortest = 8

/** A name such as `invalid_grant` under a name such as `code`, or everyone's `password`, is a word. */
const isWord = (text: string): boolean => text.length < 24 && /^[a-z_ -]+$/.test(text)

/** Every secret in a story: the client's credentials, and what went over the wire or to and from the client as one. */
export function secretsIn({ env, exchanges, steps, store }: Evidence): readonly string[] {
  const credentials = [env.clientSecret, env.webhookSecret ?? ''].filter((one) => one !== '')
  const found = [
    ...exchanges.flatMap(inExchange),
    ...steps.flatMap(({ asked, answer, problem }) => [asked, answer, problem].flatMap((one) => inData(one))),
    ...store.flatMap(({ text }) => inText(text)),
  ]
  const secrets = found
    .flatMap((one) => [one, ...fromBasic(one)])
    .filter((one) => one.length >= shortest && !isWord(one))
  return [...new Set([...credentials, ...secrets])]
}

function inExchange({ request, response, done, posted }: Exchange): readonly string[] {
  return [
    ...sentSecrets(request),
    ...inText(request.url),
    ...inText(request.body),
    ...inForm(request.body),
    ...inCookies(request.headers.cookie ?? ''),
    ...inResponse(response),
    ...(done ? inResponse(done) : []),
    ...(posted ? Object.entries(posted.fields).flatMap(([name, value]) => (isSecret(name) ? [value] : [])) : []),
  ]
}

const inResponse = ({ headers, body }: HttpResponse): readonly string[] => [
  ...headers.flatMap(([name, value]) =>
    /^set-cookie$/i.test(name) ? inCookies(value.replace(/;.*/s, '')) : inText(value),
  ),
  ...inText(body),
]

const inCookies = (value: string): readonly string[] => value.split(/; */).map((pair) => pair.replace(/^[^=]*=/, ''))

const inForm = (body: string): readonly string[] =>
  [...new URLSearchParams(body)].flatMap(([name, value]) =>
    isSecret(name) ? [value, ...inText(value)] : inText(value),
  )

/** What a text holds: a URL's parameters, or JSON. */
function inText(text: string): readonly string[] {
  if (/^[a-z][a-z\d+.-]*:\/\/|^\//i.test(text)) {
    return [...text.matchAll(/[?#]([^?#]*)/g)].flatMap(([, part = '']) => inForm(part))
  }
  if (!/^\s*[[{]/.test(text)) return []
  try {
    return inData(JSON.parse(text))
  } catch {
    return []
  }
}

/** What stands in plain data, by the names of its members. */
function inData(data: unknown, name = ''): readonly string[] {
  if (typeof data === 'string') {
    const credentials = /authorization$/i.test(name) ? data.split(/ +/).slice(1) : []
    return isSecretOfAnswer(name) || /signature/i.test(name) ? [data] : [...credentials, ...inText(data)]
  }
  if (typeof data !== 'object' || data === null) return []
  return Object.entries(data).flatMap(([key, value]) => inData(value, Array.isArray(data) ? name : key))
}

/** Id and secret of Basic credentials, both written as in forms. */
function fromBasic(text: string): readonly string[] {
  const plain = Buffer.from(text, 'base64').toString()
  const [, secret] = /^[\x21-\x7e]+?:([\x20-\x7e]+)$/.exec(plain) ?? []
  if (secret === undefined) return []
  return [secret, ...new URLSearchParams(`x=${secret}`).values()]
}
