import type { Plain } from '../plain.ts'
import type { PushedRequestRules } from '../pushed-request.ts'
import { endpoint } from './endpoint.ts'
import { format } from './format.ts'
import { lifetime } from './lifetime.ts'
import { section } from './section.ts'

/** Pushed authorization requests. */
export const pushedRequests = section<Plain<PushedRequestRules>>({ at: endpoint('POST'), uri: format, lifetime })
