/** In which format a configuration can be begun. */
export type ConfigFormat = 'yaml' | 'json' | 'ts'

/** What a configuration is begun for. */
export interface Beginning {
  /** As they are given: names and files. */
  readonly providers: readonly string[]
  /** The name of one of them, for examples. */
  readonly first: string
  /** An assumption that can be made, and a choice. */
  readonly assumption: readonly string[] | undefined
  /** Whether one of them sends webhooks. */
  readonly webhooks: boolean
  /** Where an editor finds the schema, if it is installed. */
  readonly schema: string | undefined
}

const callback = 'http://localhost:3000/callback'

/** A configuration to begin with. What most people leave alone stands there as a comment, where the format has comments. */
export function configText(format: ConfigFormat, beginning: Beginning): string {
  if (format === 'json') {
    const { providers, schema } = beginning
    const client = { redirectUris: [callback] }
    return `${JSON.stringify({ ...(schema && { $schema: schema }), providers, consent: 'page', client }, null, 2)}\n`
  }
  return format === 'yaml' ? yaml(beginning) : typescript(beginning)
}

/** Text as a YAML parser takes it; quotes where others would be mistaken for something else. */
const plain = (text: string) => (/^[A-Za-z./][\w./@-]*$/.test(text) ? text : JSON.stringify(text))

const yaml = ({ providers, first, assumption, webhooks, schema }: Beginning) => `${
  schema ? `# yaml-language-server: $schema=${schema}\n\n` : ''
}# Names, or files of your own that define a provider, relative to this one.
providers:
${providers.map((one) => `  - ${plain(one)}`).join('\n')}

# What happens at the authorization endpoint without a person: page, approve or deny.
consent: page

# The client that exists at the start. Its id and secret are made up, and the same at every start.
client:
  redirectUris:
    - ${callback}
#   id: my-client
#   secret: my-secret
${
  webhooks
    ? `
# Where it is told what happens to its grants, at providers that send webhooks.
# webhooks:
#   url: http://localhost:3000/webhooks
`
    : ''
}
# Further clients, each with its provider.
# clients:
#   - provider: ${plain(first)}
#     name: Another app
#     redirectUris: [http://localhost:8080/callback]

# The people with an account, in place of three who are made up.
# users:
#   - name: Ada
#     email: ada@example.com

# Other lifetimes than the provider's: of code, accessToken, refreshToken, idToken.
# lifetimes:
#   ${plain(first)}:
#     accessToken: 5m
${
  assumption
    ? `
# Other plausible behaviours, as "mock-oauth show" lists them.
# assume:
#   ${assumption.map(plain).join(': ')}
`
    : ''
}
# The same tokens and people again at each start.
# seed: demo

# port: 4420
`

const quoted = (text: string) => (/['\\\n]/.test(text) ? JSON.stringify(text) : `'${text}'`)

const typescript = ({ providers, first, assumption, webhooks }: Beginning) =>
  `import { defineConfig } from 'mock-oauth/config'

${'export default'} defineConfig({
  // Names, files of your own that define a provider, or definitions.
  providers: [${providers.map(quoted).join(', ')}],

  // What happens at the authorization endpoint without a person: page, approve or deny.
  consent: 'page',

  // The client that exists at the start. Its id and secret are made up, and the same at every start.
  client: {
    redirectUris: ['${callback}'],
  },
${webhooks ? "\n  // webhooks: { url: 'http://localhost:3000/webhooks' }," : ''}
  // clients: [{ provider: ${quoted(first)}, name: 'Another app' }],
  // users: [{ name: 'Ada', email: 'ada@example.com' }],
  // lifetimes: { ${quoted(first)}: { accessToken: '5m' } },
${assumption ? `  // assume: { ${assumption.map(quoted).join(': ')} },\n` : ''}  // seed: 'demo',
  // port: 4420,
})
`
