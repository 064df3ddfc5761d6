/** A server, and what its control API wants. */
export interface ControlAddress {
  /** `http://127.0.0.1:4420`, with `/~name` behind for a named world. */
  readonly base: string
  readonly controlToken?: string | undefined
}

/** What answered at an address: nobody, a mock-oauth server, something else, or somebody whose certificate nobody here trusts. */
export type Presence = 'nobody' | 'ready' | 'stranger' | 'untrusted'

/** What came of a call: an answer, a refusal in the server's words, or nothing of either. */
export type Called<Answer> =
  | { readonly answer: Answer }
  | { readonly refused: { readonly code?: string; readonly message: string } }
  | { readonly failed: 'broke off' | 'stranger' }

const patience = 10_000
/** A clock that moves waits for each delivery that is due by then. */
const longestWork = 60_000

/** Who answers at a base. */
export async function whoIsAt(base: string, timeout = patience): Promise<Presence> {
  try {
    const answer = await fetch(`${base}/_mock/health`, { redirect: 'manual', signal: AbortSignal.timeout(timeout) })
    const said: unknown = await answer.json().catch(() => undefined)
    return answer.ok && (said as { ready?: unknown } | undefined)?.ready === true ? 'ready' : 'stranger'
  } catch (error) {
    const { cause, name } = error as Error & { cause?: { code?: string } }
    if (/CERT|LEAF_SIGNATURE/.test(cause?.code ?? '')) return 'untrusted'
    return name === 'TimeoutError' || /^(HPE_|UND_ERR_SOCKET|ECONNRESET|ERR_SSL)/.test(cause?.code ?? '')
      ? 'stranger'
      : 'nobody'
  }
}

/**
 * Calls the control API.
 * @param path behind `/_mock`
 */
export async function callControl<Answer>(
  { base, controlToken }: ControlAddress,
  method: string,
  path: string,
  body?: object,
): Promise<Called<Answer>> {
  const response = await fetch(`${base}/_mock${path}`, {
    method,
    redirect: 'manual',
    signal: AbortSignal.timeout(longestWork),
    headers: {
      ...bearer(controlToken),
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  }).catch(() => undefined)
  const text = await response?.text().catch(() => undefined)
  if (!response || text === undefined) return { failed: 'broke off' }
  return response.ok ? { answer: parse(text) as Answer } : refusedIn(text)
}

/** The credentials of a call, where it needs them. */
export const bearer = (token: string | undefined) => (token === undefined ? {} : { authorization: `Bearer ${token}` })

/** What an answer says that is not a good one. */
export function refusedIn(text: string): Exclude<Called<never>, { answer: never }> {
  const { error } = (parse(text) ?? {}) as { error?: { code?: string; message?: string } }
  return error?.message ? { refused: { ...error, message: error.message } } : { failed: 'stranger' }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
