import { errorPage } from '../pages/error.ts'
import type { Refusal } from '../vocabulary/refusal.ts'
import type { HttpResponse } from '../vocabulary/wire.ts'
import { html } from './answers.ts'
import { explanations } from './explain.ts'
import { newNonce, type Visit } from './visit.ts'

/** The page for what must not be redirected: what was wrong, and how to mend it. */
export function showError(
  visit: Visit,
  refusal: Refusal,
  shown: { error: string; description: string | undefined },
  status = 400,
): HttpResponse {
  const nonce = newNonce(visit)
  const { rule, fix } = explanations[refusal.kind]
  const { expected, came, parameter } = refusal
  return html(
    status,
    errorPage({ nonce, provider: visit.environment.name, ...shown, rule, fix, parameter, expected, came }),
    nonce,
  )
}
