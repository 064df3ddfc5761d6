import type { Listening, PlayedProvider } from '../index.ts'
import type { Trust } from '../intercept/trust.ts'
import type { Environment } from '../vocabulary/environment.ts'
import type { Colours } from './colours.ts'
import { linkOf, linkVerifier } from './link.ts'
import { table } from './table.ts'
import { shellQuoted, variablesOf, writeVariables } from './variables.ts'

const usualUrl = 'http://127.0.0.1:4420'

/** What there is to say when a server is ready. */
export interface Ready {
  readonly listening: Listening
  /** Where those who speak HTTPS find what to trust. */
  readonly trust: Trust | undefined
  readonly seed: string
  /** The files that say what is served, where there are some. */
  readonly files: readonly string[]
  /** Where the state outlives the process. */
  readonly state: string | undefined
  /** Rotation policies in place of the providers' own. */
  readonly rotation: Readonly<Record<string, string>>
  /** What is armed at the start, on a line each. */
  readonly faults: readonly string[]
  /** By which acts of chance it misbehaves, where it does. */
  readonly mood: string | undefined
  /** The plausible behaviours that were chosen. */
  readonly assume: Readonly<Record<string, string>>
  readonly colours: Colours
}

/** The ready line for programs: one JSON object. */
export function readyJson({ listening, trust, seed }: Ready): string {
  const { url, controlToken } = listening
  return JSON.stringify({
    ready: true,
    url,
    providers: listening.providers(),
    seed,
    ...(controlToken && { controlToken }),
    ...(trust && { ca: trust.ca }),
  })
}

/** The ready text for people: endpoints, credentials, lines to paste, how to steer and how to stop. */
export function readyText(
  { listening, trust, seed, files, state, rotation, faults, mood, assume, colours }: Ready,
  environments: readonly Environment[],
): string {
  const { bold, green } = colours
  const { url, controlToken } = listening
  // One provider is shown whole; of several each in short.
  const isAlone = Object.keys(listening.providers()).filter((name) => !name.includes(':')).length === 1
  return [
    `${green('ready')} at ${bold(url)}`,
    ...environments.flatMap(({ key, provider, rules }) => {
      const played = listening.provider(key)
      const link = linkOf(rules, played)
      return isAlone && key === provider ? block(key, played, link, colours) : brief(key, played, link, colours)
    }),
    '',
    ...table([
      ...(files.length === 0 ? [] : [['Configured by', files.join(', ')]]),
      ...(state === undefined ? [] : [['State', state]]),
      ...rowsOf('Assumed', pairsOf(assume)),
      ...rowsOf('Rotation', pairsOf(rotation)),
      ...rowsOf('Faults', faults),
      ...(mood === undefined ? [] : [['Mood', mood]]),
      ...trusting(trust),
      ...steering(url, controlToken, seed),
    ]),
    '',
  ].join('\n')
}

const pairsOf = (chosen: Readonly<Record<string, string>>) =>
  Object.entries(chosen).map(([name, choice]) => `${name}=${choice}`)

/** A name before the first of several values. */
const rowsOf = (name: string, values: readonly string[]): string[][] =>
  values.map((value, i) => [i === 0 ? name : '', value])

/** What makes programs trust a certificate, for as long as the server runs. */
const trusting = (trust: Trust | undefined): string[][] =>
  trust === undefined
    ? []
    : [
        ['Certificate', trust.ca],
        ['To trust it', `export NODE_EXTRA_CA_CERTS=${shellQuoted(trust.extra)}`],
        ['', `export SSL_CERT_FILE=${shellQuoted(trust.bundle)}`],
      ]

/** How to steer, repeat and stop. Commands find a server at the usual place by themselves. */
const steering = (url: string, controlToken: string | undefined, seed: string): string[][] => [
  ['Control API', `${url}/_mock/openapi.json`],
  ...(url === usualUrl ? [] : [['For commands', `export MOCK_OAUTH_URL=${url}`]]),
  ...(controlToken === undefined ? [] : [['', `export MOCK_OAUTH_CONTROL_TOKEN=${shellQuoted(controlToken)}`]]),
  ['Seed', seed],
  ['Stop', 'Ctrl+C'],
]

function block(name: string, played: PlayedProvider, link: string, { bold, dim }: Colours): string[] {
  const { baseUrl, authorizeUrl, tokenUrl, revokeUrl, apiUrl, clientId, clientSecret, redirectUris, scopes } = played
  const { connectedAppsUrl, connectedAccountsUrl } = played
  const facts = [
    ['Base URL', baseUrl],
    ['Authorize', authorizeUrl],
    ['Token', tokenUrl],
    ...(revokeUrl === undefined ? [] : [['Revoke', revokeUrl]]),
    ...(played.introspectUrl === undefined ? [] : [['Introspect', played.introspectUrl]]),
    ...(played.pushedRequestUrl === undefined ? [] : [['Pushed requests', played.pushedRequestUrl]]),
    ...(played.deviceAuthorizationUrl === undefined ? [] : [['Device', played.deviceAuthorizationUrl]]),
    ...(played.issuer === undefined ? [] : [['Issuer', played.issuer]]),
    ...(played.endSessionUrl === undefined ? [] : [['End session', played.endSessionUrl]]),
    ['API', apiUrl],
    ...(connectedAppsUrl === undefined ? [] : [['Connected apps', connectedAppsUrl]]),
    ...(connectedAccountsUrl === undefined ? [] : [['Connected accounts', connectedAccountsUrl]]),
    ['Client id', clientId],
    ...(clientSecret === undefined ? [] : [['Client secret', clientSecret]]),
    ...redirectUris.map((uri, i) => [i === 0 ? 'Redirect URI' : '', uri]),
    ...(played.postLogoutRedirectUris ?? []).map((uri, i) => [i === 0 ? 'After logout' : '', uri]),
    ['Scopes', scopes.join(' ')],
    ...(played.webhookSecret === undefined ? [] : [['Webhook secret', played.webhookSecret]]),
  ]
  const lines = writeVariables(variablesOf(name, played), 'shell').split('\n')
  return [
    '',
    bold(name),
    ...table(facts, '  '),
    '',
    dim('  # to open in a browser'),
    `  ${link}`,
    ...(link.includes('code_challenge=') ? [dim(`  # its code_verifier: ${linkVerifier}`)] : []),
    '',
    dim('  # to paste into a shell'),
    ...lines.map((line) => `  ${line}`),
  ]
}

function brief(name: string, played: PlayedProvider, link: string, { bold, dim }: Colours): string[] {
  const { baseUrl, clientId, clientSecret } = played
  const facts = [
    ['Base URL', baseUrl],
    ['Client id', clientId],
    ...(clientSecret === undefined ? [] : [['Client secret', clientSecret]]),
    ['To open', link],
  ]
  return ['', `${bold(name)} ${dim(`(more: mock-oauth env ${name})`)}`, ...table(facts, '  ')]
}
