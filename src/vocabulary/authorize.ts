import type { GradedShape } from './answer.ts'
import type { Milliseconds } from './duration.ts'
import type { Endpoint } from './endpoint.ts'
import type { AuthorizeErrorRows, AuthorizeErrors } from './errors.ts'
import type { Graded } from './evidence.ts'
import type { Format } from './format.ts'
import type { ParameterRule } from './parameter.ts'

/** The authorization endpoint. */
export interface AuthorizeRules {
  /** Where browsers are sent: `GET https://…`; its pages post their answers there. */
  at: Graded<Endpoint>
  /** Other spellings of the same endpoint; one with POST says that a request may come in a form's body too. */
  alsoAt?: Graded<readonly Endpoint[]>
  /** What a request may carry, by name; what is not listed is not looked at. */
  parameters: Record<string, Graded<ParameterRule>>
  /**
   * Where the browser goes when `redirect_uri` is absent: to the first registered one, to the only registered one, or
   * nowhere. One that is sent must always be registered.
   */
  withoutRedirectUri: Graded<'theRegisteredOne' | 'theOnlyOne' | 'refused'>
  /** Whether a registered loopback URI stands for every port (RFC 8252 §7.3). */
  loopbackPorts?: Graded<'exact' | 'any'>
  /** Whether a registered http URI is refused after consent unless it leads to the user's own machine. */
  insecureRedirectUris?: Graded<'allowed' | 'refused'>
  /** What separates the scopes of a request, besides spaces. */
  scopeSeparator?: Graded<','>
  /** Roles that a person may have in the company's account, and whether that role can connect applications. */
  roles?: Graded<Readonly<Record<string, 'allowed' | 'refused'>>>
  /** The methods a `code_challenge` may use; public clients always need one. */
  challengeMethods: Graded<readonly ChallengeMethod[]>
  /**
   * What becomes of PKCE at a client that authenticates; a public client always needs it.
   *
   * - `checked`, the default: a challenge that is sent has to be answered
   * - `ignored`: neither challenge nor verifier is looked at
   * - `required`: no code without a challenge (RFC 9700 §2.1.1)
   */
  pkce?: Graded<'checked' | 'ignored' | 'required'>
  /** The ways back to the client that `response_mode` chooses among, the first being the usual one. Without it the parameter is not read. */
  responseModes?: Graded<readonly ResponseMode[]>
  /**
   * What a further authorization by the same person for the same client is.
   *
   * - `apart`, the default: one that stands by itself
   * - `together`: more tokens for the one that there is; disconnecting ends all of them
   */
  again?: Graded<'apart' | 'together'>
  /** Whether a person who has connected the client before is taken to consent where no page may be shown (`prompt=none`). Default: `never`. */
  silentConsent?: Graded<'never' | 'whileConnected'>
  /** The authorization code. */
  code: CodeRules
  /** The status of a redirect to the client. */
  redirectStatus?: Graded<302 | 303>
  /** Headers of that redirect, besides Location, Cache-Control and Date. */
  redirectHeaders?: Graded<Readonly<Record<string, string>>>
  /** The provider's own error page, which the browser is sent to with `error` and `error_description`; without it the page is the answer. */
  errorPage?: Graded<Endpoint>
  /** The parameter that chooses the language of the pages, and the languages they have. */
  language?: Graded<{ parameter: string; languages: readonly string[] }>
  /** The parameters added to the redirect URI, in order. */
  callback: Graded<GradedShape>
  /** What each refusal looks like: `rfc6749AuthorizeErrors`. */
  errors: Graded<AuthorizeErrors>
  /** Rows in doubt, each group by its own name; they stand in for those of `errors`. */
  errorRows?: Readonly<Record<string, Graded<AuthorizeErrorRows>>>
  /** Whether `state` comes back with an error as well. Default: `returned`. */
  stateOfErrors?: Graded<'returned' | 'leftOut'>
}

/** How a code challenge is made from its verifier, as it is spelled on the wire (RFC 7636 §4.3). */
export type ChallengeMethod = 'S256' | 'plain' | 'Plain'

/** How the parameters of an answer reach the client (OAuth 2.0 Multiple Response Types §2.1, Form Post Response Mode). */
export type ResponseMode = 'query' | 'form_post'

/** How codes look, how long they live and what a second use does. */
export interface CodeRules {
  value: Graded<Format>
  lifetime: Graded<Milliseconds>
  /** A second use is always refused; it may also end the tokens of the first (RFC 6749 §4.1.2). */
  replay: Graded<'refused' | 'familyRevoked'>
  /** What a wrong verifier does: nothing, or the challenge is gone and no verifier will answer it any more. */
  failedVerifier?: Graded<'refused' | 'challengeLost'>
}
