import type { ConnectedAccountsRules, PageRules, SignInRules, SignUpRules } from '../pages.ts'
import type { Plain } from '../plain.ts'
import { leaf } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { optional, section, text } from './section.ts'

const page = { at: endpoint('GET'), title: text }

/** The page where a person signs in. */
export const signIn = section<Plain<SignInRules>>('an object about the sign-in page', {
  at: endpoint('GET'),
  carries: section<Plain<SignInRules['carries']>>("an object of parameters: { returnTo: 'return_to' }", {
    clientId: optional(text),
    returnTo: text,
  }),
  fields: section<Plain<SignInRules['fields']>>('an object of field names', {
    email: text,
    password: text,
    token: text,
  }),
  failure: text,
})

/** The page where a person makes an account. */
export const signUp = section<Plain<SignUpRules>>('an object about the sign-up page', {
  at: endpoint('GET'),
  fields: section<Plain<SignUpRules['fields']>>('an object of field names', {
    name: text,
    company: text,
    email: text,
    password: text,
    token: text,
  }),
})

/** The page that shows a person's applications. */
export const connectedApps = section<Plain<PageRules>>('an object about a page: { at, title }', page)

/** The page that shows a client's accounts. */
export const connectedAccounts = section<Plain<ConnectedAccountsRules>>(
  'an object about a page: { at, title, account }',
  {
    ...page,
    account: leaf,
  },
)
