import type { User } from '../store/store.ts'
import type { Chance } from '../vocabulary/chance.ts'

/** Everyone's password, shown on the sign-in page. */
export const everyonesPassword = 'password'

/** An id of an account at a provider: nine digits. */
export const newAccountId = (chance: Chance): string => chance.string('123456789', 1) + chance.string('0123456789', 8)

/** Three people with an account and a company, the same ones for the same seed. Faker is loaded here, when first asked. */
export async function seedPeople(chance: Chance): Promise<readonly User[]> {
  const { faker } = await import('@faker-js/faker/locale/en')
  faker.seed(chance.below(0x7fff_ffff))
  return Array.from({ length: 3 }, () => {
    const firstName = faker.person.firstName()
    const lastName = faker.person.lastName()
    return {
      id: newAccountId(chance),
      name: `${firstName} ${lastName}`,
      email: faker.internet.email({ firstName, lastName, provider: 'example.com' }).toLowerCase(),
      password: everyonesPassword,
      company: faker.company.name(),
    }
  })
}
