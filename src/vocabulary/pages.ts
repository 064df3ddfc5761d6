import type { Leaf } from './answer.ts'
import type { Endpoint } from './endpoint.ts'
import type { Graded } from './evidence.ts'

/** The page where a person signs in before the consent page. */
export interface SignInRules {
  at: Graded<Endpoint>
  /** Query parameters that carry the way back. */
  carries: { clientId?: string; returnTo: string }
  /** What the form calls its fields; `token` is the hidden one against forged requests. */
  fields: { email: string; password: string; token: string }
  /** What the page says after a wrong password. */
  failure: string
}

/** The page where a person makes an account. */
export interface SignUpRules {
  at: Graded<Endpoint>
  fields: { name: string; company: string; email: string; password: string; token: string }
}

/** A page for people besides the ones of the flow. */
export interface PageRules {
  at: Graded<Endpoint>
  /** What the provider calls it. */
  title: Graded<string>
}

/** The page of a client's owner. */
export interface ConnectedAccountsRules extends PageRules {
  /** What a connected account is called there. */
  account: Graded<Leaf>
}
