import type { IntrospectRules } from '../introspect.ts'
import type { Plain } from '../plain.ts'
import { endpoint } from './endpoint.ts'
import { section } from './section.ts'

/** Token introspection. */
export const introspect = section<Plain<IntrospectRules>>({ at: endpoint('POST') })
