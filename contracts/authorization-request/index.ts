import type { Clause } from '../../src/contract/clause.ts'
import { parameters } from './parameters.ts'
import { pkce } from './pkce.ts'
import { redirectUri } from './redirect-uri.ts'
import { scope } from './scope.ts'
import { state } from './state.ts'

/** The authorization request: where the browser is sent. */
export const authorizationRequest: readonly Clause[] = [...parameters, ...redirectUri, ...state, ...pkce, ...scope]
