import type { Misbehaviours } from '../../vocabulary/fault.ts'
import type { HttpResponse } from '../../vocabulary/wire.ts'
import { empty, json } from '../answers.ts'
import type { Strike } from './struck.ts'

type Kinds = 'status' | 'html' | 'empty' | 'malformed' | 'contentType' | 'redirect'

const nothingDone = 'nothing was done'
const allDone = ({ status }: HttpResponse) => `all was done, and the answer ${status} was not sent`

function withType({ headers, ...rest }: HttpResponse, value: string): HttpResponse {
  const isType = ([name]: readonly [string, string]) => name === 'content-type'
  const typed = headers.map((one) => (isType(one) ? (['content-type', value] as const) : one))
  return { ...rest, headers: headers.some(isType) ? typed : [...typed, ['content-type', value]] }
}

/** An answer as it was said. */
function statusAnswer({ status, body, contentType, headers = {} }: Misbehaviours['status']): HttpResponse {
  const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const)
  const typed = contentType === undefined ? own : [['content-type', contentType] as const, ...own]
  if (body === undefined) return empty(status, typed)
  if (typeof body !== 'string') return json(status, body, typed)
  const isTyped = typed.some(([name]) => name === 'content-type')
  return { status, headers: isTyped ? typed : [['content-type', 'text/plain; charset=utf-8'], ...typed], body }
}

const reasons: Readonly<Record<number, string>> = {
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
}

/** What a proxy shows in place of the server behind it. */
function proxyPage(status: number): HttpResponse {
  const title = `${status} ${reasons[status] ?? ''}`.trim()
  const body = `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n</body>\r\n</html>\r\n`
  return { status, headers: [['content-type', 'text/html']], body }
}

const noJson = (body: string): string => `${body.replace(/[}\]]?\s*$/, '')},`

/** The kinds that answer in place of the engine, or spoil its answer as a whole. */
export const answerStrikes: { readonly [Kind in Kinds]: Strike<Misbehaviours[Kind]> } = {
  status: {
    before: (_, said) => ({
      words: `answered ${said.status} as told; ${nothingDone}`,
      outcome: { response: statusAnswer(said) },
    }),
    after: (_, said, answered) => ({
      words: `${allDone(answered)}: ${said.status} as told was`,
      response: statusAnswer(said),
    }),
  },
  html: {
    before: (_, { status = 502 }) => ({
      words: `answered by a page of some proxy, ${status}; ${nothingDone}`,
      outcome: { response: proxyPage(status) },
    }),
    after: (_, { status }, answered) => ({
      words: `${allDone(answered)}: a page of some proxy was`,
      // A 204 has no body to be a page.
      response: proxyPage(status ?? (answered.status === 204 ? 200 : answered.status)),
    }),
  },
  empty: {
    before: (_, { status = 502 }) => ({
      words: `answered ${status} without a body; ${nothingDone}`,
      outcome: { response: empty(status) },
    }),
    after: (_, { status }, answered) => ({
      words: `all was done, and the answer ${answered.status} was sent without its body`,
      response: {
        ...answered,
        status: status ?? answered.status,
        headers: answered.headers.filter(([name]) => name !== 'location'),
        body: '',
      },
    }),
  },
  malformed: {
    after(_, { how = 'json' }, answered) {
      if (answered.body === '') return { words: 'the answer has no body to spoil' }
      return how === 'bom'
        ? {
            words: 'the body begins with a byte order mark, which JSON forbids (RFC 8259 §8.1)',
            response: { ...answered, body: `\uFEFF${answered.body}` },
          }
        : { words: 'the body is no JSON any more', response: { ...answered, body: noJson(answered.body) } }
    },
  },
  contentType: {
    after: (_, { value }, answered) => ({
      words: `the answer says that it is ${value}`,
      response: withType(answered, value),
    }),
  },
  redirect: {
    before: (_, { to, status = 307 }) => ({
      words: `sent elsewhere by ${status}; ${nothingDone}`,
      outcome: { response: empty(status, [['location', to]]) },
    }),
  },
}
