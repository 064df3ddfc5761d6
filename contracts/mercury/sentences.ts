import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mercury: Sentences = {
  1: {
    section: 'Integrations with OAuth2',
    rule: 'The flow is for companies that build integrations for customers of Mercury.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  2: {
    section: 'Integrations with OAuth2',
    rule: 'One who wants to connect the own account follows another guide.',
    excluded: 'points to another page',
  },
  3: {
    section: 'Integrations with OAuth2',
    rule: 'Typical integrations are accounting tools, financial dashboards and payment platforms, for users of both.',
    excluded: 'tells what the provider does, and a client has no part in it',
  },
  4: {
    section: 'Requesting Access',
    rule: 'OAuth access to the API needs approval first; a client that is not approved gets nothing.',
    excluded: 'happens between people, before there is a client',
  },
  5: {
    section: 'Requesting Access',
    rule: 'A form asks for it.',
    excluded: 'happens between people, before there is a client',
  },
  6: {
    section: 'Requesting Access',
    rule: 'It asks for the name and the website of the company.',
    excluded: 'happens between people, before there is a client',
  },
  7: {
    section: 'Requesting Access',
    rule: 'For its address.',
    excluded: 'happens between people, before there is a client',
  },
  8: {
    section: 'Requesting Access',
    rule: 'For a short description of the company.',
    excluded: 'happens between people, before there is a client',
  },
  9: {
    section: 'Requesting Access',
    rule: 'For details of the product that shall be integrated.',
    excluded: 'happens between people, before there is a client',
  },
  10: {
    section: 'Requesting Access',
    rule: 'For the way in which the API shall be used.',
    excluded: 'happens between people, before there is a client',
  },
  11: {
    section: 'Requesting Access',
    rule: 'Somebody answers with possible next steps.',
    excluded: 'happens between people, before there is a client',
  },
  12: {
    section: 'Requesting Access',
    rule: 'How long the approval takes depends on the integration.',
    excluded: 'happens between people, before there is a client',
  },
  13: {
    section: 'Requesting Access',
    rule: 'It is decided by security, fit of the use case and regulation.',
    excluded: 'happens between people, before there is a client',
  },
  14: {
    section: 'Requesting Access',
    rule: 'More may be asked for during the review.',
    excluded: 'happens between people, before there is a client',
  },
  15: {
    section: 'Requesting Access',
    rule: 'After the approval the technical set-up is asked for.',
    excluded: 'happens between people, before there is a client',
  },
  16: {
    section: 'Requesting Access',
    rule: 'It has the redirect URI of the production client.',
    clauses: ['ar-redirect-uri-exact'],
  },
  17: {
    section: 'Requesting Access',
    rule: 'Redirect URIs for development or testing, if there are any.',
    excluded: 'happens between people, before there is a client',
  },
  18: {
    section: 'Requesting Access',
    rule: 'Links to the terms of service, the privacy policy and the logo.',
    excluded: 'happens between people, before there is a client',
  },
  19: {
    section: 'Requesting Access',
    rule: 'A public GPG key, with which the credentials are sent safely.',
    excluded: 'happens between people, before there is a client',
  },
  20: {
    section: 'Requesting Access',
    rule: 'Once the client is made, its id and secret are handed over.',
    excluded: 'happens between people, before there is a client',
  },
  21: {
    section: 'Requesting Access',
    rule: 'And credentials of a test client for the sandbox.',
    excluded: 'happens between people, before there is a client',
  },
  22: {
    section: 'Requesting Access',
    rule: 'The test client works in the sandbox, not in production.',
    excluded: 'decided by the URL and the credentials that a client is given',
  },
  23: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The authorization code grant of RFC 6749 §4.1 is supported.',
    clauses: [
      'ar-redirect-uri-exact',
      'ar-state-present',
      'ar-state-unpredictable',
      'cb-state-mismatch',
      'cb-state-missing',
      'ts-refresh-absent',
    ],
  },
  24: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The same with PKCE (RFC 7636) is supported.',
    clauses: ['ar-pkce-s256', 'ar-pkce-fresh', 'ar-pkce-verifier-hidden', 'tr-verifier-sent', 'se-code-substitution'],
  },
  25: {
    section: 'OAuth2 Authorization Flow',
    rule: 'There are four steps.',
    excluded: 'a heading of what the sentences after it say in full',
  },
  26: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The app redirects users to Mercury.',
    clauses: ['ar-scope-space-joined', 'ar-offline-access-requested'],
  },
  27: {
    section: 'OAuth2 Authorization Flow',
    rule: 'There they prove who they are.',
    excluded: 'done by the person, at the pages of the provider',
  },
  28: {
    section: 'OAuth2 Authorization Flow',
    rule: 'And authorize the request.',
    excluded: 'done by the person, at the pages of the provider',
  },
  29: {
    section: 'OAuth2 Authorization Flow',
    rule: 'Mercury redirects them back to the app.',
    clauses: ['cb-state-mismatch', 'cb-state-missing'],
  },
  30: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The app exchanges what came back for an access token.',
    clauses: ['tr-verifier-sent'],
  },
  31: {
    section: 'OAuth2 Authorization Flow',
    rule: 'With the access token the app calls the API.',
    clauses: ['ap-401-refresh-once-retry'],
  },
  32: { section: 'Navigation', rule: 'The previous page is about the sandbox.', excluded: 'points to another page' },
  33: { section: 'Navigation', rule: 'The next page is about starting the flow.', excluded: 'points to another page' },
}
