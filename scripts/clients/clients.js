// The clients of docs/clients.md: how each is started, and at which providers it is judged.
import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { build } from 'esbuild'

export const providers = ['standard', 'mekari', 'mercado-pago', 'finexer', 'mercury']

/** Where clients that have to be built are put. */
const built = 'node_modules/.cache/clients'

/** What a client is not judged at a provider for. */
const noScope = 'wants the scope in each token request, and the library adds none'
const noScopeInRefresh = 'wants the scope in each refresh, and the library adds none'
const secondQuestionMark =
  'has a query in its authorization URL, and the library adds its own by a second question mark (ar-keeps-authorize-query)'
const secretInBody = 'wants HTTP Basic, and the library sends the secret in the body'

const node = (name) => ['node', `examples/clients/${name}.js`]
// Debian's own Python, which has Debian's packages.
const python = (file) => ['/usr/bin/python3', '-B', file]

/** By name; `elsewhere` says why it is not judged at the other providers. */
const libraries = {
  'simple-oauth2': { command: node('simple-oauth2') },
  'openid-client': { command: node('openid-client') },
  '@badgateway/oauth2-client': {
    command: node('badgateway'),
    elsewhere: { mekari: noScope, 'mercado-pago': secondQuestionMark, mercury: noScopeInRefresh },
  },
  'passport-oauth2': {
    command: node('passport-oauth2'),
    elsewhere: { mekari: noScope, mercury: secretInBody },
  },
  'requests-oauthlib': { command: python('examples/clients/requests-oauthlib.py') },
  authlib: { command: python('examples/clients/authlib-requests.py') },
  'golang.org/x/oauth2': {
    command: [`${built}/golang-oauth2`],
    go: 'examples/clients/golang-oauth2',
    elsewhere: { mekari: noScopeInRefresh, mercury: noScopeInRefresh },
  },
}

/** The careful clients, which every clause is tried with. */
export const careful = {
  'careful (TypeScript)': {
    command: ['node', `${built}/typescript.mjs`],
    bundled: 'contracts/clients/typescript/driver.ts',
  },
  'careful (Python)': { command: python('contracts/clients/python/driver.py') },
  'careful (Go)': { command: [`${built}/go`], go: 'contracts/clients/go' },
}

export const clients = { ...libraries, ...careful }

/** Where a client is judged. */
export const homesOf = ({ elsewhere = {} }) => providers.filter((provider) => !elsewhere[provider])

/** The command that builds a client, for a shell, where it has to be built. */
export function buildingOf({ command, go, bundled }) {
  const file = command.at(-1)
  if (go) return `(cd ${go} && GO111MODULE=off GOPATH=/usr/share/gocode go build -o ../../../${file} .)`
  if (bundled) return `npx esbuild ${bundled} --bundle --platform=node --format=esm --outfile=${file}`
}

/** Builds a client where it has to be built. */
export async function prepare({ command, go, bundled }) {
  const file = command.at(-1)
  mkdirSync(built, { recursive: true })
  if (go) {
    // Debian's own packages: nothing is fetched.
    const env = { ...process.env, GO111MODULE: 'off', GOPATH: '/usr/share/gocode', GOFLAGS: '' }
    execFileSync('go', ['build', '-o', `${process.cwd()}/${file}`, '.'], { cwd: go, env, stdio: 'inherit' })
  }
  if (bundled) await build({ entryPoints: [bundled], bundle: true, platform: 'node', format: 'esm', outfile: file })
}
