import * as v from 'valibot'
import { meanings } from '../meanings.ts'
import type { Plain } from '../plain.ts'
import type { RevokeRules } from '../revoke.ts'
import { endpoint, endpoints } from './endpoint.ts'
import { tokenErrors } from './errors.ts'
import { json } from './json.ts'
import { oneOf, optional, type Schema, section, status, text, valueThat } from './section.ts'

type By = Plain<RevokeRules>['by']

const expected = '"bearer" or { parameter: \'token\' }'
const parameter = section<Exclude<By, string>>({ parameter: text }, expected)
const bearer: Schema<By> = valueThat(expected, (value) => value === 'bearer')

/** Revocation. */
export const revoke = section<Plain<RevokeRules>>({
  at: endpoint('POST'),
  alsoAt: optional(endpoints('POST')),
  by: v.lazy((value): Schema<By> => (typeof value === 'object' ? parameter : bearer)),
  ends: oneOf(meanings.revoke.ends),
  foreignToken: optional(oneOf(meanings.revoke.foreignToken)),
  deadToken: optional(oneOf(meanings.revoke.deadToken)),
  answer: section<Plain<RevokeRules>['answer']>({ status, body: optional(json) }, 'an answer: { status: 200 }'),
  errors: optional(tokenErrors),
})
