import type { User } from '../../store/store.ts'
import type { Refusal } from '../../vocabulary/refusal.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'

/** The person's role in the company's account may connect applications. */
export function userMayConnect(
  { rules }: Pick<AuthorizeAttempt, 'rules'>,
  user: User | undefined,
): Refusal<'user_not_allowed'> | undefined {
  const { roles } = rules.authorize
  if (user?.role === undefined || !roles || roles[user.role] !== 'refused') return undefined
  const allowed = Object.keys(roles).filter((role) => roles[role] === 'allowed')
  return { kind: 'user_not_allowed', rule: 'authorize.roles', expected: allowed.join(' or '), came: user.role }
}
