import type { RefusalKind } from '../vocabulary/refusal.ts'
import { authorizeExplanations } from './explanations/authorize.ts'
import { bearerExplanations } from './explanations/bearer.ts'
import { clientExplanations } from './explanations/client.ts'
import { pageExplanations } from './explanations/page.ts'
import { requestExplanations } from './explanations/request.ts'
import { type Rule, says } from './explanations/rule.ts'
import { tokenExplanations } from './explanations/token.ts'
import { troubleExplanations } from './explanations/trouble.ts'

/** One entry for each refusal kind; a new kind does not compile without. */
export const explanations: Record<RefusalKind, Rule> = {
  ...requestExplanations,
  ...clientExplanations,
  ...tokenExplanations,
  ...authorizeExplanations,
  ...bearerExplanations,
  ...pageExplanations,
  ...troubleExplanations,
  host_ambiguous: says(
    'A host belongs to one played provider.',
    'mock-oauth serve --provider',
    'Play only one of the providers that share the host, or call the one that is meant by its prefix.',
  ),
  endpoint_unknown: says(
    'The mock answers the endpoints that its provider definition names.',
    'mock-oauth show <provider>',
    'Check path and host; a provider on a server is at /<provider> + path.',
  ),
}
