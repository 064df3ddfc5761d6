import type { ConnectedAccountsRules, PageRules, SignInRules, SignUpRules } from '../pages.ts'
import type { Plain } from '../plain.ts'
import { leaf } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { optional, section, text } from './section.ts'

const page = { at: endpoint('GET'), title: text }

/** The page where a person signs in. */
export const signIn = section<Plain<SignInRules>>({
  at: endpoint('GET'),
  carries: section<Plain<SignInRules['carries']>>(
    {
      clientId: optional(text),
      returnTo: text,
    },
    "an object of parameters: { returnTo: 'return_to' }",
  ),
  fields: section<Plain<SignInRules['fields']>>({
    email: text,
    password: text,
    token: text,
  }),
  failure: text,
})

/** The page where a person makes an account. */
export const signUp = section<Plain<SignUpRules>>({
  at: endpoint('GET'),
  fields: section<Plain<SignUpRules['fields']>>({
    name: text,
    company: text,
    email: text,
    password: text,
    token: text,
  }),
})

/** The page that shows a person's applications. */
export const connectedApps = section<Plain<PageRules>>(page)

/** The page that shows a client's accounts. */
export const connectedAccounts = section<Plain<ConnectedAccountsRules>>({
  ...page,
  account: leaf,
})
