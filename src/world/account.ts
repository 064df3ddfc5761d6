import type { User } from '../store/store.ts'

/** What can be wrong with an account: its address, an address that somebody has, or another field that is empty or too long. */
export type AccountFault = 'email_malformed' | 'email_taken' | 'field_wrong'

/** What is wrong with an account beside the others that there are, if anything. */
export function faultOf(
  { id, name, email, password, company }: Pick<User, 'name' | 'email' | 'password' | 'company'> & { id?: string },
  others: readonly User[],
): AccountFault | undefined {
  if ([name, password, company].some((text) => text.trim() === '' || text.length > 200)) return 'field_wrong'
  if (email.length > 200 || !/^[^\s@]+@[^\s@]+$/.test(email)) return 'email_malformed'
  return others.some((other) => other.email === email && other.id !== id) ? 'email_taken' : undefined
}
