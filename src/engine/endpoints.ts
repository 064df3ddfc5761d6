import type { EndpointName } from '../vocabulary/routes.ts'
import { authorize } from './authorize.ts'
import { refuseAuthorize } from './authorize-refusal.ts'
import { refuseBearer } from './bearer.ts'
import { connectedAccounts } from './connected-accounts.ts'
import { connectedApps } from './connected-apps.ts'
import { authorizeDevice } from './device-authorization.ts'
import { serveDevicePage } from './device-page.ts'
import { discovery, refuseDocument, signingKeys } from './discovery.ts'
import { openErrorPage, refusePage } from './error-page.ts'
import { introspect } from './introspect.ts'
import { logout } from './logout.ts'
import { pushRequest } from './pushed-request.ts'
import { resource } from './resource.ts'
import { refuseRevoke, revoke } from './revoke.ts'
import { signIn } from './sign-in.ts'
import { signUp } from './sign-up.ts'
import { token } from './token.ts'
import { refuseToken } from './token-answer.ts'
import type { Outcome, Visit } from './visit.ts'

/** What is refused before an endpoint looks at it. */
type Edge = { kind: 'method_not_allowed' | 'body_too_large'; expected: string; came?: string }

/** What stands behind each kind of endpoint, and how it says no. */
export const endpoints: Record<
  EndpointName,
  { serve(visit: Visit): Promise<Outcome>; refuse(visit: Visit, why: Edge): Outcome }
> = {
  authorize: { serve: authorize, refuse: refuseAuthorize },
  token: { serve: token, refuse: refuseToken },
  revoke: { serve: revoke, refuse: refuseRevoke },
  'sign-in': { serve: signIn, refuse: refusePage },
  'sign-up': { serve: signUp, refuse: refusePage },
  'connected-apps': { serve: connectedApps, refuse: refusePage },
  'connected-accounts': { serve: connectedAccounts, refuse: refusePage },
  'error-page': { serve: openErrorPage, refuse: refusePage },
  api: { serve: resource, refuse: refuseBearer },
  discovery: { serve: discovery, refuse: refuseDocument },
  keys: { serve: signingKeys, refuse: refuseDocument },
  'pushed-request': { serve: pushRequest, refuse: refuseToken },
  'device-authorization': { serve: authorizeDevice, refuse: refuseToken },
  device: { serve: serveDevicePage, refuse: refusePage },
  introspect: { serve: introspect, refuse: refuseToken },
  logout: { serve: logout, refuse: refusePage },
  'user-info': { serve: resource, refuse: refuseBearer },
}
