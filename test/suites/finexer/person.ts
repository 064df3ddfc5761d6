import type { Answer } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { type Go, hidden } from '../browse.ts'
import type { Platform } from './client.ts'

/** What a person reads on a page. */
export const textOf = ({ body }: Answer) =>
  body
    .replace(/<style.*<\/style>/s, '')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')

/** Signs the first person in at the page that a link leads to; answers where they are then sent. */
export async function signIn({ mock }: Platform, go: Go, at: string): Promise<string> {
  const [person] = await mock.users.list()
  const authenticity_token = hidden((await go(at)).body, 'authenticity_token')
  return locationOf(await go(at, { authenticity_token, email: person?.email ?? '', password: person?.password ?? '' }))
}
