import { locationOf } from '../answer.ts'
import { browse, hidden } from '../browse.ts'
import { callback, type Fields, type Integration, scope, state } from './client.ts'

/** The authorization request that a browser opens. */
export const authorizeUrl = ({ clientId }: Integration, changes: Fields = {}, oauth = 'https://oauth2.mercury.com') => {
  const asked = { client_id: clientId, redirect_uri: callback, response_type: 'code', scope, state, ...changes }
  const sent = Object.entries(asked).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]))
  return `${oauth}/oauth2/auth?${new URLSearchParams(sent)}`
}

/** The first person signs in on the way to the consent page. */
export async function signIn(program: Integration, url = authorizeUrl(program)) {
  const [person] = await program.mock.users.list()
  const go = browse(program)
  const at = locationOf(await go(url))
  const csrf_token = hidden((await go(at)).body, 'csrf_token')
  const back = await go(at, { csrf_token, email: person?.email ?? '', password: person?.password ?? '' })
  return { go, at, next: locationOf(back) }
}
