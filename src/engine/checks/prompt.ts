import type { Refusal } from '../../vocabulary/refusal.ts'
import { scopesOf } from '../../vocabulary/scope.ts'
import type { AuthorizeAttempt } from '../authorize-attempt.ts'

const prompts = ['none', 'login', 'consent', 'select_account']

/** How a client wants the person to be asked (OpenID Connect Core §3.1.2.1), where the provider reads that. */
export interface Prompting {
  /** Without showing a page. */
  readonly silent: boolean
  /** To sign in anew, or to choose an account; no age at all means the same. */
  readonly signInAgain: boolean
  /** A sign-in that is older does not count, in milliseconds. */
  readonly maxAge: number
  /** Who it will be, as the client believes. */
  readonly loginHint: string | undefined
  /** An ID token of the person that it has to be. */
  readonly idTokenHint: string | undefined
}

/** Reads what an authorization request says of how to ask. */
export function promptingOf({ parameters, rules }: Pick<AuthorizeAttempt, 'parameters' | 'rules'>): Prompting {
  const read = (name: string) => (rules.authorize.parameters[name] ? parameters.get(name) : undefined)
  const asked = scopesOf(read('prompt') ?? '')
  const sent = read('max_age')
  const maxAge = sent === undefined ? Number.POSITIVE_INFINITY : Number(sent) * 1000
  return {
    silent: asked.includes('none'),
    signInAgain: asked.includes('login') || asked.includes('select_account') || maxAge === 0,
    maxAge,
    loginHint: read('login_hint'),
    idTokenHint: read('id_token_hint'),
  }
}

/** `prompt` holds known words, and `none` alone; `max_age` is a number of seconds. */
export function promptIsSound({ parameters, rules }: AuthorizeAttempt): Refusal<'parameter_malformed'> | undefined {
  const about = (parameter: string) =>
    ({ kind: 'parameter_malformed', parameter, rule: `authorize.parameters.${parameter}` }) as const
  const prompt = rules.authorize.parameters.prompt && parameters.get('prompt')
  if (prompt !== undefined) {
    const asked = scopesOf(prompt)
    if (asked.some((one) => !prompts.includes(one)) || (asked.includes('none') && asked.length > 1)) {
      return { ...about('prompt'), expected: 'none, or some of login, consent and select_account', came: prompt }
    }
  }
  const maxAge = rules.authorize.parameters.max_age && parameters.get('max_age')
  if (maxAge !== undefined && !/^\d{1,10}$/.test(maxAge)) {
    return { ...about('max_age'), expected: 'a number of seconds', came: maxAge }
  }
  return undefined
}
