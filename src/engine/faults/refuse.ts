import type {
  AuthorizeRefusalKind,
  BearerRefusalKind,
  Refusal,
  RefusalKind,
  TokenRefusalKind,
} from '../../vocabulary/refusal.ts'
import { type AuthorizeAttempt, gatherAuthorizeAttempt } from '../authorize-attempt.ts'
import { refuseAuthorize } from '../authorize-refusal.ts'
import { refuseBearer } from '../bearer.ts'
import { clientIsActive, clientIsNamed } from '../checks/client.ts'
import { pushedRequestIsLive } from '../checks/pushed-request.ts'
import { redirectUriIsRegistered } from '../checks/redirect-uri.ts'
import { methodsOf, withAllow } from '../methods.ts'
import { postedRequest } from '../posted-request.ts'
import { refusePushed } from '../pushed-request.ts'
import { judge } from '../refusal.ts'
import { refuseToken } from '../token-answer.ts'
import type { Outcome, Visit } from '../visit.ts'
import { credentialsIn, sentIn } from './call.ts'
import { refusalOf } from './facts.ts'

/** Who asks and where the answer goes has to be right: nothing else is ever told to a redirect URI. */
const sound: readonly ((attempt: AuthorizeAttempt) => Refusal<AuthorizeRefusalKind> | undefined)[] = [
  clientIsNamed,
  pushedRequestIsLive,
  redirectUriIsRegistered,
  clientIsActive,
]

async function refuseAtAuthorize(sent: Visit, kind: RefusalKind, fault: string, isDone: boolean) {
  const visit = postedRequest(sent) ?? sent
  const attempt = await gatherAuthorizeAttempt(visit)
  if (!visit.environment.rules.authorize.errors.rows[kind as AuthorizeRefusalKind]) return undefined
  if (!isDone && judge(attempt, sound)) return undefined
  return refuseAuthorize(visit, refusalOf(visit, kind, fault) as Refusal<AuthorizeRefusalKind>, attempt)
}

function refuseForClient(visit: Visit, kind: RefusalKind, fault: string): Outcome | undefined {
  const { environment, route } = visit
  const { token, revoke } = environment.rules
  const own = route.endpoint === 'revoke' ? revoke?.errors : undefined
  if (!(own ?? token.errors).rows[kind as TokenRefusalKind]) return undefined
  const sent = sentIn(visit)
  const shown = { credentials: credentialsIn(visit, sent), client: undefined, grantType: sent.get('grant_type') }
  return refuseToken(visit, refusalOf(visit, kind, fault) as Refusal<TokenRefusalKind>, shown, own)
}

/** What a client that pushes a request may be told of itself, as at the token endpoint; the rest is of the request. */
const ofTheClient = /^(client_(?!inactive)|body_|media_|method_|parameter_(repeated|malformed))/

function refusePush(visit: Visit, kind: RefusalKind, fault: string): Outcome | undefined {
  if (!visit.environment.rules.authorize.errors.rows[kind as AuthorizeRefusalKind]) return undefined
  return refusePushed(visit, refusalOf(visit, kind, fault) as Refusal<AuthorizeRefusalKind>)
}

function refuseForBearer(visit: Visit, kind: RefusalKind, fault: string): Outcome | undefined {
  const { api, openid } = visit.environment.rules
  const { errors } = visit.route.endpoint === 'user-info' && openid?.userInfo ? openid.userInfo : api
  if (!errors.rows[kind as BearerRefusalKind]) return undefined
  return refuseBearer(visit, refusalOf(visit, kind, fault) as Refusal<BearerRefusalKind>)
}

/**
 * A refusal of any kind in the dialect of the endpoint; nothing where it has none, or where a request for authorization is
 * refused in truth because it is in doubt who asks.
 * @param isDone whether the work was done
 */
export async function refuseAs(
  visit: Visit,
  kind: RefusalKind,
  fault: string,
  isDone: boolean,
): Promise<Outcome | undefined> {
  const { route, environment, url } = visit
  const { revoke } = environment.rules
  const refuse = async () => {
    switch (route.endpoint) {
      case 'authorize':
        return refuseAtAuthorize(visit, kind, fault, isDone)
      case 'pushed-request':
        return ofTheClient.test(kind) ? refuseForClient(visit, kind, fault) : refusePush(visit, kind, fault)
      case 'revoke':
        return revoke?.by === 'bearer' ? refuseForBearer(visit, kind, fault) : refuseForClient(visit, kind, fault)
      case 'api':
      case 'user-info':
        return refuseForBearer(visit, kind, fault)
      default:
        return refuseForClient(visit, kind, fault)
    }
  }
  const refused = await refuse()
  return refused && withAllow(refused, methodsOf(environment.routes.get(url) ?? new Map()))
}
