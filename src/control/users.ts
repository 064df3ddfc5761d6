import { disconnectAll } from '../engine/connection.ts'
import type { User } from '../store/store.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import { type AccountFault, faultOf } from '../world/account.ts'
import { everyonesPassword, newAccountId } from '../world/people.ts'
import type { World } from '../world/world.ts'

/** What can be said of a person; what is left out is made up. */
export interface UserInput {
  name?: string
  email?: string
  password?: string
  company?: string
  /** A role that a played provider knows. */
  role?: string
}

/** Everyone with an account. */
export const listUsers = (world: World): Promise<readonly User[]> => world.people()

/**
 * A person by id or e-mail address; the first one when none is named.
 * @throws {MockOAuthError} `unknown_user`
 */
export async function findUser(world: World, idOrEmail: string | undefined): Promise<User> {
  const people = await world.people()
  const found =
    idOrEmail === undefined ? people[0] : people.find(({ id, email }) => id === idOrEmail || email === idOrEmail)
  if (found) return found
  const known = people.map(({ id, email }) => `${id} (${email})`).join(', ')
  throw new MockOAuthError('unknown_user', `There is no user "${idOrEmail ?? ''}". There are: ${known || 'none'}.`)
}

/**
 * Gives a person an account.
 * @throws {MockOAuthError} `invalid_user`
 */
export async function registerUser(world: World, input: UserInput): Promise<User> {
  const people = await world.people()
  const user = makeUser(input, newAccountId(world.chance.ids))
  checkUser(user, people, rolesOf(world))
  await world.store.putUser(user)
  return user
}

/** A person; what the input leaves out is made up. */
export const makeUser = (input: UserInput, id: string): User => ({
  id,
  name: input.name ?? 'Test Person',
  email: input.email ?? `person-${id}@example.com`,
  password: input.password ?? everyonesPassword,
  company: input.company ?? 'Test Company',
  ...(input.role === undefined ? {} : { role: input.role }),
})

/**
 * Changes a person's account.
 * @throws {MockOAuthError} `invalid_user`, `unknown_user`
 */
export async function updateUser(world: World, idOrEmail: string, changes: UserInput): Promise<User> {
  const before = await findUser(world, idOrEmail)
  const user = { ...before, ...changes }
  checkUser(user, await world.people(), rolesOf(world))
  await world.store.putUser(user)
  return user
}

/** Takes an account away; its grants and sessions end. */
export async function removeUser(world: World, idOrEmail: string): Promise<void> {
  const user = await findUser(world, idOrEmail)
  const ending = { at: world.clock.now() }
  await disconnectAll(world, ({ userId }) => userId === user.id, ending)
  await world.store.removeUser(user.id, ending)
}

/** The roles that the played providers know. */
export const rolesOf = ({ environments }: Pick<World, 'environments'>): readonly string[] => [
  ...new Set(environments.flatMap(({ rules }) => Object.keys(rules.authorize.roles ?? {}))),
]

const faults: Readonly<Record<AccountFault, (email: string) => string>> = {
  email_malformed: (email) => `"${email}" is not an e-mail address.`,
  email_taken: (email) => `${email} has an account already.`,
  field_wrong: () => 'Name, password and company are 1 to 200 characters.',
}

/**
 * Refuses an account that no provider would open.
 * @throws {MockOAuthError} `invalid_user`
 */
export function checkUser(user: User, others: readonly User[], roles: readonly string[]): void {
  const { email, role } = user
  const wrong = (message: string) => new MockOAuthError('invalid_user', message)
  if (role !== undefined && !roles.includes(role)) {
    throw wrong(`No played provider knows the role "${role}". Known: ${roles.join(', ') || 'none'}.`)
  }
  const fault = faultOf(user, others)
  if (fault) throw wrong(faults[fault](email))
}
