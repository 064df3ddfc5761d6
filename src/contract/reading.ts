import type { Evidence, Seen, Step } from './evidence.ts'
import type { Op } from './protocol/messages.ts'

/** What judgements ask of evidence. Marks divide a story: `since` a mark is all that came under it and after it. */

/** The exchanges from a mark on; all of them where none is named. */
export function since({ exchanges }: Pick<Evidence, 'exchanges'>, mark?: string): readonly Seen[] {
  if (mark === undefined) return exchanges
  const first = exchanges.findIndex((one) => one.mark === mark)
  return first < 0 ? [] : exchanges.slice(first)
}

/** Those under one mark alone. */
export const under = ({ exchanges }: Pick<Evidence, 'exchanges'>, mark: string): readonly Seen[] =>
  exchanges.filter((one) => one.mark === mark)

export const tokenRequests = (seen: readonly Seen[]) => seen.filter(({ endpoint }) => endpoint === 'token')
export const codeExchanges = (seen: readonly Seen[]) =>
  tokenRequests(seen).filter((one) => tokenFields(one).grant_type === 'authorization_code')
export const refreshes = (seen: readonly Seen[]) =>
  tokenRequests(seen).filter((one) => tokenFields(one).grant_type === 'refresh_token')
export const apiCalls = (seen: readonly Seen[]) => seen.filter(({ endpoint }) => endpoint === 'api')
export const revocations = (seen: readonly Seen[]) => seen.filter(({ endpoint }) => endpoint === 'revoke')

/** Those that a kind of fault has struck. */
export const struckBy = (seen: readonly Seen[], kind: string): readonly Seen[] =>
  seen.filter(({ faults = [] }) => faults.some((fault) => fault.kind === kind))

export const succeeded = ({ response }: Seen): boolean => response.status >= 200 && response.status < 300

/** The parameters of a URL's query, decoded; the first of each name. */
export const queryOf = (url: string): Readonly<Record<string, string>> => firstOf(new URL(url).searchParams)

/** A token request's parameters, from a form or a JSON body; the first of each name. Nothing where the body is neither. */
export function tokenFields({ request }: Seen): Readonly<Record<string, string | undefined>> {
  const fields = isJson(request.headers['content-type'])
    ? readJson(request.body)
    : firstOf(new URLSearchParams(request.body))
  return fields ?? {}
}

export const isJson = (contentType: string | undefined): boolean => /^application\/json\b/i.test(contentType ?? '')

function readJson(text: string): Record<string, string> | undefined {
  try {
    const read: unknown = JSON.parse(text)
    if (typeof read !== 'object' || read === null || Array.isArray(read)) return undefined
    return Object.fromEntries(Object.entries(read).map(([name, value]) => [name, String(value)]))
  } catch {
    return undefined
  }
}

const firstOf = (parameters: URLSearchParams) => Object.fromEntries([...parameters].toReversed())

/** A JSON answer's members; nothing where it has none. */
export function answerOf({ response }: Seen): Readonly<Record<string, unknown>> {
  try {
    return (JSON.parse(response.body) as Record<string, unknown>) ?? {}
  } catch {
    return {}
  }
}

/** The token that a call presented in its header. */
export const bearerOf = ({ request }: Seen): string | undefined =>
  /^bearer +(.+)$/i.exec(request.headers.authorization ?? '')?.[1]

type StepOf<Name extends Op> = Extract<Step, { op: Name }>

/** What the client was asked by a word, in order; under a mark alone where one is named. */
export const stepsOf = <Name extends Op>({ steps }: Evidence, op: Name, mark?: string): readonly StepOf<Name>[] =>
  steps.filter((step): step is StepOf<Name> => step.op === op && (mark === undefined || step.mark === mark))

/** What calls came to, under a mark alone where one is named. */
export const results = (evidence: Evidence, mark?: string) =>
  stepsOf(evidence, 'call', mark).flatMap(({ answer }) => answer?.result ?? [])

/** What callbacks came to, under a mark alone where one is named. */
export const outcomes = (evidence: Evidence, mark?: string) =>
  stepsOf(evidence, 'callback', mark).flatMap(({ answer }) => answer?.outcome ?? [])

/**
 * The first callback whose page is that of a server that broke, and its status. 502, 503 and 504 may say of the provider what
 * is true: for where it has answered something else than a refusal.
 */
export function brokenPage(evidence: Evidence, mark?: string): number | undefined {
  const statuses = stepsOf(evidence, 'callback', mark).flatMap(({ answer }) => answer?.http?.status ?? [])
  return statuses.find((status) => status >= 500 && !(status >= 502 && status <= 504))
}

/** `3 times`, `once` */
export const times = (count: number): string => (count === 1 ? 'once' : `${count} times`)

/** The refreshes that presented another refresh token than the newest one that an answer had brought. For one link. */
export function staleRefreshes(seen: readonly Seen[]): readonly Seen[] {
  let newest: unknown
  return tokenRequests(seen).filter((one) => {
    const stale = refreshes([one]).length > 0 && tokenFields(one).refresh_token !== newest
    if (succeeded(one)) newest = answerOf(one).refresh_token ?? newest
    return stale
  })
}

/** Whether a fault of this kind struck an exchange. */
export const wasStruck = ({ faults = [] }: Seen, kind: string): boolean => faults.some((fault) => fault.kind === kind)

/** Whether an answer to a refresh said that the grant is over. Who is not told so cannot know. */
export const saidOver = (seen: readonly Seen[]): boolean =>
  refreshes(seen).some((one) => answerOf(one).error === 'invalid_grant')
