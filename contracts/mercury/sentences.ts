import type { Sentences } from '../sentences.ts'

/** What each sentence of the page asks of a client. */
export const mercury: Sentences = {
  1: {
    section: 'Integrations with OAuth2',
    rule: 'The flow is for companies that build integrations for customers of Mercury.',
    excluded: 'TODO',
  },
  2: {
    section: 'Integrations with OAuth2',
    rule: 'One who wants to connect the own account follows another guide.',
    excluded: 'TODO',
  },
  3: {
    section: 'Integrations with OAuth2',
    rule: 'Typical integrations are accounting tools, financial dashboards and payment platforms, for users of both.',
    excluded: 'TODO',
  },
  4: {
    section: 'Requesting Access',
    rule: 'OAuth access to the API needs approval first; a client that is not approved gets nothing.',
    excluded: 'TODO',
  },
  5: { section: 'Requesting Access', rule: 'A form asks for it.', excluded: 'TODO' },
  6: { section: 'Requesting Access', rule: 'It asks for the name and the website of the company.', excluded: 'TODO' },
  7: { section: 'Requesting Access', rule: 'For its address.', excluded: 'TODO' },
  8: { section: 'Requesting Access', rule: 'For a short description of the company.', excluded: 'TODO' },
  9: { section: 'Requesting Access', rule: 'For details of the product that shall be integrated.', excluded: 'TODO' },
  10: { section: 'Requesting Access', rule: 'For the way in which the API shall be used.', excluded: 'TODO' },
  11: { section: 'Requesting Access', rule: 'Somebody answers with possible next steps.', excluded: 'TODO' },
  12: {
    section: 'Requesting Access',
    rule: 'How long the approval takes depends on the integration.',
    excluded: 'TODO',
  },
  13: {
    section: 'Requesting Access',
    rule: 'It is decided by security, fit of the use case and regulation.',
    excluded: 'TODO',
  },
  14: { section: 'Requesting Access', rule: 'More may be asked for during the review.', excluded: 'TODO' },
  15: { section: 'Requesting Access', rule: 'After the approval the technical set-up is asked for.', excluded: 'TODO' },
  16: { section: 'Requesting Access', rule: 'It has the redirect URI of the production client.', excluded: 'TODO' },
  17: {
    section: 'Requesting Access',
    rule: 'Redirect URIs for development or testing, if there are any.',
    excluded: 'TODO',
  },
  18: {
    section: 'Requesting Access',
    rule: 'Links to the terms of service, the privacy policy and the logo.',
    excluded: 'TODO',
  },
  19: {
    section: 'Requesting Access',
    rule: 'A public GPG key, with which the credentials are sent safely.',
    excluded: 'TODO',
  },
  20: {
    section: 'Requesting Access',
    rule: 'Once the client is made, its id and secret are handed over.',
    excluded: 'TODO',
  },
  21: { section: 'Requesting Access', rule: 'And credentials of a test client for the sandbox.', excluded: 'TODO' },
  22: {
    section: 'Requesting Access',
    rule: 'The test client works in the sandbox, not in production.',
    excluded: 'TODO',
  },
  23: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The authorization code grant of RFC 6749 §4.1 is supported.',
    excluded: 'TODO',
  },
  24: { section: 'OAuth2 Authorization Flow', rule: 'The same with PKCE (RFC 7636) is supported.', excluded: 'TODO' },
  25: { section: 'OAuth2 Authorization Flow', rule: 'There are four steps.', excluded: 'TODO' },
  26: { section: 'OAuth2 Authorization Flow', rule: 'The app redirects users to Mercury.', excluded: 'TODO' },
  27: { section: 'OAuth2 Authorization Flow', rule: 'There they prove who they are.', excluded: 'TODO' },
  28: { section: 'OAuth2 Authorization Flow', rule: 'And authorize the request.', excluded: 'TODO' },
  29: { section: 'OAuth2 Authorization Flow', rule: 'Mercury redirects them back to the app.', excluded: 'TODO' },
  30: {
    section: 'OAuth2 Authorization Flow',
    rule: 'The app exchanges what came back for an access token.',
    excluded: 'TODO',
  },
  31: { section: 'OAuth2 Authorization Flow', rule: 'With the access token the app calls the API.', excluded: 'TODO' },
  32: { section: 'Navigation', rule: 'The previous page is about the sandbox.', excluded: 'TODO' },
  33: { section: 'Navigation', rule: 'The next page is about starting the flow.', excluded: 'TODO' },
}
