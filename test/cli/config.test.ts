import { readFileSync, symlinkSync } from 'node:fs'
import { configSchema } from 'mock-oauth/config'
import { describe, expect, it } from 'vitest'
import { tableOf } from '../readme/document.ts'
import { acmeFiles, folderWith, root, run, serve } from './command.ts'

const validate = async (name: string, text: string) =>
  run(['validate', name], {}, folderWith({ [name]: text, ...acmeFiles }))

describe('validate', () => {
  it('names every mistake at once, with its line and path, and what was meant', async () => {
    const { code, stdout, stderr } = await validate(
      'mock-oauth.config.yaml',
      [
        'providers: [mekri, ./acme.ts, ./nope.ts, mercury, ./acme.ts]',
        'consent: aprove',
        'colour: red',
        'lifetimes:',
        '  mercury:',
        '    acessToken: 5m',
        '    refreshToken: 0s',
        '    idToken: 5',
        '  acme: { refreshToken: 5m, code: soon }',
        'assume:',
        '  acme.error: message',
        '  acme.errors: mesage',
        'client:',
        '  redirectUris: [http://ok.example/, "http://x/#a"]',
        '  id: "a b"',
        '  webhooks: { url: "http://x" }',
        'webhooks: { url: "http://localhost:1/" }',
        'port: 70000',
        'clients:',
        '  - provider: mercury',
        '    nam: x',
        '    redirectUris: [javascript:alert(1)]',
        '    scopes: 5',
        '  - { provider: mercury, id: two }',
        '  - { provider: mercury, id: two }',
        '  - provider: mercury:sandbx',
        '  - name: x',
        '  - 5',
        'users:',
        '  - { email: nobody, role: king, name: 5 }',
        '  - email: a@b.c',
        '  - email: a@b.c',
      ].join('\n'),
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    const expected: [line: number, sentence: string][] = [
      [1, 'providers.0: There is no provider "mekri". Did you mean "mekari"?'],
      [1, 'providers.2: There is no file nope.ts.'],
      [1, 'providers.4 has the id "acme", as providers.1 has.'],
      [2, 'consent is "aprove"; expected page, approve or deny.'],
      [3, 'colour is not known. Known: $schema, providers, '],
      [6, 'lifetimes.mercury.acessToken is not known; did you mean accessToken?'],
      [7, 'lifetimes.mercury.refreshToken: "0s" is over at once.'],
      [8, 'lifetimes.mercury.idToken is 5; expected text in quotes.'],
      [9, 'lifetimes.acme.code: "soon" is not a length of time.'],
      [9, 'lifetimes.acme.refreshToken: Acme Bank issues no refresh tokens.'],
      [11, 'assume.acme.error: acme has no assumption named "error". It offers acme.errors=message.'],
      [12, 'assume.acme.errors: "mesage" is no alternative for acme.errors. Expected acme.errors=message.'],
      [14, 'client.redirectUris.1: "http://x/#a" cannot be a redirect URI.'],
      [15, 'client.id: A client id is 1 to 256 printable characters without spaces.'],
      [16, 'client.webhooks: Nothing that is played sends webhooks: '],
      [17, 'webhooks and client.webhooks are the same; keep one of them.'],
      [18, 'port is 70000; expected 0 to 65535.'],
      [21, 'clients.0.nam is not known; did you mean name?'],
      [22, 'clients.0.redirectUris.0: "javascript:alert(1)" cannot be a redirect URI.'],
      [23, 'clients.0.scopes is 5; expected a list.'],
      [25, 'clients.2: mercury has a client "two" already.'],
      [26, 'clients.3.provider: "mercury:sandbx" is not played here. Played: acme, mercury, mercury:sandbox.'],
      [27, 'clients.4: Name a provider: acme, mercury, mercury:sandbox.'],
      [28, 'clients.5 is 5; expected keys with values.'],
      [30, 'users.0.email: "nobody" is not an e-mail address.'],
      [30, 'users.0.name is 5; expected text in quotes.'],
      [30, 'users.0.role: No played provider knows the role "king".'],
      [32, 'users.2: a@b.c has an account already.'],
    ]
    const lines = stderr.trimEnd().split('\n')
    expect(lines.map((line, i) => line.slice(0, `mock-oauth.config.yaml:${expected[i]?.join(' ')}`.length))).toEqual(
      expected.map((one) => `mock-oauth.config.yaml:${one.join(' ')}`),
    )
  })

  it('tells programs the same', async () => {
    const cwd = folderWith({ 'mock-oauth.config.json': '{\n  "port": "x",\n  "lifetimes": { "nobody": {} }\n}' })
    const { code, stdout } = await run(['validate', '--json'], {}, cwd)
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 1,
      told: {
        valid: false,
        file: 'mock-oauth.config.json',
        mistakes: [
          { path: 'port', line: 2, message: 'port is "x"; expected a whole number.' },
          {
            path: 'lifetimes.nobody',
            line: 3,
            message: expect.stringContaining('lifetimes.nobody is of no provider that is played. Known: mekari, '),
          },
        ],
      },
    })
  })

  it('says what a right one sets up', async () => {
    const text = 'providers: [./acme.ts, mekari]\nclients: [{ provider: acme }]\nusers: [{ name: Ada }]'
    const cwd = folderWith({ 'mock-oauth.config.yml': text, ...acmeFiles })
    expect(await run(['validate'], {}, cwd)).toEqual({
      code: 0,
      stderr: '',
      stdout: 'mock-oauth.config.yml is valid: plays acme, mekari, mekari:sandbox; 4 clients; 1 person.\n',
    })
    const { stdout } = await run(['validate', '--json'], { MOCK_OAUTH_CONFIG: 'mock-oauth.config.yml' }, cwd)
    expect(JSON.parse(stdout)).toEqual({
      valid: true,
      file: 'mock-oauth.config.yml',
      providers: ['acme', 'mekari', 'mekari:sandbox'],
      clients: 4,
      users: 1,
    })
  })

  it('takes a file that defines a provider, too', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'wrong.ts':
        "import { acme } from './acme.ts'\nexport const bad = { ...acme, api: { ...acme.api, resources: [] } }\n",
    })
    expect(await run(['validate', 'acme.ts'], {}, cwd)).toMatchObject({
      code: 0,
      stdout: 'acme.ts is valid: plays acme; 1 client.\n',
    })
    const { code, stderr } = await run(['validate', 'wrong.ts'], {}, cwd)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('api.resources') })
  })

  it('takes a function that promises for wrong, not for a bug of ours', async () => {
    const late = [
      "import { leaf } from 'mock-oauth/define'",
      "import { acme } from './acme.ts'",
      "const scopes = leaf('scopes', () => Promise.reject(new Error('late')))",
      'const exchange = { ...acme.token.exchange, answer: { ...acme.token.exchange.answer, scopes } }',
      'export const bad = { ...acme, token: { ...acme.token, exchange } }',
    ].join('\n')
    const { code, stderr } = await run(['validate', 'a.ts'], {}, folderWith({ ...acmeFiles, 'a.ts': late }))
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('a leaf that returns a Promise.') })
    expect(stderr).not.toContain('bug')
  })

  it('tells programs each mistake of such a file', async () => {
    const worse = "import { acme } from './acme.ts'\nexport const bad = { ...acme, name: 5, crossOrigin: 'alowed' }\n"
    const cwd = folderWith({ ...acmeFiles, 'a.ts': worse, 'a.yaml': 'seed: x\nproviders: [./a.ts]\n' })
    const told = JSON.parse((await run(['validate', 'a.yaml', '--json'], {}, cwd)).stdout)
    const crossOrigin = 'crossOrigin is "alowed". Did you mean "allowed"?'
    expect(told.mistakes).toEqual([
      { path: 'providers.0.crossOrigin', line: 2, message: `providers.0: ${crossOrigin}` },
      { path: 'providers.0.name', line: 2, message: 'providers.0: name is 5. Expected a text.' },
    ])
    const { code, stdout } = await run(['validate', 'a.ts', '--json'], {}, cwd)
    expect({ code, told: JSON.parse(stdout) }).toEqual({
      code: 1,
      told: {
        valid: false,
        file: 'a.ts',
        mistakes: [
          { path: 'name', message: 'name is 5. Expected a text.' },
          { path: 'crossOrigin', message: crossOrigin },
        ],
      },
    })
  })

  it.each([
    ['a.json', '{"a": 1,\n "b": [1,2,],\n}', 'a.json:2:12 is not JSON: '],
    ['a.json', '{"a": 1\n "b": 2}', 'a.json:2:2 is not JSON: '],
    ['a.json', '{"a": 1,\n "b": [1,2', 'a.json:2:10 is not JSON: '],
    ['a.json', '{\n // no\n}', 'a.json:2:2 is not JSON: '],
    ['a.yaml', 'a: 1\n  b: [\n', 'a.yaml:1:4 is not YAML: '],
    ['a.yaml', 'a: 1\na: 2\n', 'a.yaml:2:1 is not YAML: '],
    ['a.json', '{"a": 1, "a": 2}', 'a.json:1:10 is not JSON: '],
    ['a.yaml', 'a: 1\n---\na: 2\n', 'a.yaml:2:1 is not YAML: A second document begins; keep one\n'],
    ['a.yaml', 'seed: !!js/function "x"\n', 'a.yaml:1:7 is not YAML: Unresolved tag'],
    ['a.yaml', ' \n', 'a.yaml is empty.'],
    ['a.yaml', '- a\n', 'a.yaml:1 the configuration is a list; expected keys with values.'],
    ['a.ts', 'export const a = 1\nexport const b: = 2\n', 'a.ts:2 is not TypeScript: Unexpected token.'],
    ['a.ts', "\nthrow new Error('oh no')\n", 'a.ts:2 throws Error when it is loaded: oh no'],
    ['our own/a.ts', "\nthrow new Error('oh no')\n", 'our own/a.ts:2 throws Error when it is loaded: oh no'],
    ['a.ts', 'await new Promise(() => {})\n', 'a.ts waits for something that never comes.'],
    ['a.ts', 'export default { port: 1n }\n', 'a.ts: port is 1n; expected a whole number.'],
    ['a.ts', "import './b.ts'\n", "a.ts imports what is not there: Cannot find module './b.ts'."],
    [
      'a.ts',
      'export const a = 1\n',
      'a.ts has no default export. Expected export default defineConfig({ … }), or for a provider ',
    ],
    ['a.mjs', 'export default { port: -1 }\n', 'a.mjs: port is -1; expected 0 to 65535.'],
    ['a.toml', 'a = 1\n', 'a.toml is no configuration. Expected a file that ends in .json, .yaml, '],
  ])('names the place where %s cannot be read', async (name, text, sentence) => {
    const { code, stderr } = await validate(name, text)
    expect({ code, stderr: stderr.slice(0, sentence.length) }).toEqual({ code: 1, stderr: sentence })
  })

  it('says so where a file may not be read', async () => {
    const cwd = folderWith({})
    symlinkSync('/proc/self/mem', `${cwd}/a.yaml`)
    const { code, stderr } = await run(['validate', 'a.yaml'], {}, cwd)
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^a\.yaml cannot be read: E\w+: /) })
  })

  it('is not led astray by names that objects have anyway, nor by aliases without end', async () => {
    const proto =
      '{"__proto__": {"port": 1}, "lifetimes": {"__proto__": {"code": "5m"}}, "assume": {"constructor.x": "y"}}'
    const { stderr } = await validate('a.json', proto)
    for (const path of ['__proto__ is not known', 'lifetimes.__proto__ is of no', 'assume.constructor.x is of no']) {
      expect(stderr).toContain(path)
    }
    const levels = Array.from(
      { length: 12 },
      (_, i) => `a${i}: &a${i} [${Array(9).fill(i === 0 ? 'x' : `*a${i - 1}`)}]`,
    )
    expect(await validate('a.yaml', levels.join('\n'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('alias'),
    })
    const circle = 'clients: [{ provider: standard, jwks: { keys: [&k { kty: EC, x: *k }] } }]'
    expect(await validate('a.yaml', circle)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('a.yaml:1:65 is an alias of what it stands in.'),
    })
    expect(await validate('a.yaml', `# ${'x'.repeat(1_000_000)}`)).toMatchObject({
      code: 2,
      stderr: 'a.yaml is larger than a megabyte. Is it the right file?\n',
    })
  })

  it('says what to do where there is none', async () => {
    const { code, stderr } = await run(['validate'], {}, folderWith({}))
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('"mock-oauth init" writes one') })
    expect(await run(['validate', 'no.yaml'])).toMatchObject({ code: 2, stderr: 'There is no file no.yaml.\n' })
  })
})

describe('serve with a configuration', () => {
  const text = 'providers: [mekari]\nclient: { id: from-file, secret: s }\nconsent: approve\nseed: file\n'

  it('lets a flag win over a variable, and a variable over the file', async () => {
    const cwd = folderWith({ 'mock-oauth.config.yaml': text })
    const idOf = async (args: readonly string[], variables = {}) => {
      const { mekari, line } = await serve(args, variables, cwd)
      return [mekari.clientId, mekari.clientSecret, JSON.parse(line).seed]
    }
    const variables = { MOCK_OAUTH_CLIENT_ID: 'from-variable', MOCK_OAUTH_SEED: 'variable' }
    expect(await Promise.all([idOf([]), idOf([], variables), idOf(['--client-id', 'from-flag'], variables)])).toEqual([
      ['from-file', 's', 'file'],
      ['from-variable', 's', 'variable'],
      ['from-flag', 's', 'variable'],
    ])
  })

  it('is found by --config and its variable, and refuses to choose among several', async () => {
    const cwd = folderWith({ 'mock-oauth.config.yaml': text, 'mock-oauth.config.json': '{}', 'x/other.yaml': text })
    const { code, stderr } = await run(['serve'], {}, cwd)
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'There are several configurations here: mock-oauth.config.json, mock-oauth.config.yaml. Keep one, or name one with --config <path>.\n',
    })
    expect((await serve(['--config', 'x/other.yaml'], {}, cwd)).mekari.clientId).toBe('from-file')
    expect((await serve([], { MOCK_OAUTH_CONFIG: 'x/other.yaml' }, cwd)).mekari.clientId).toBe('from-file')
  })

  it('refuses to start from a wrong one, naming its mistakes', async () => {
    const cwd = folderWith({ 'mock-oauth.config.yaml': 'port: x\nseed: 1\n' })
    expect(await run(['serve'], {}, cwd)).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'mock-oauth.config.yaml:1 port is "x"; expected a whole number.\nmock-oauth.config.yaml:2 seed is 1; expected text in quotes.\n',
    })
  })

  it('plays what --provider names of it, and leaves the rest of it for another time', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'mock-oauth.config.yaml': [
        'providers: [./acme.ts, mercury, finexer]',
        'clients: [{ provider: mercury, id: m }, { provider: acme, id: a }]',
        'lifetimes: { mercury: { code: 1m }, acme: { code: 1m } }',
        'assume: { mercury.reuse: refused, acme.errors: message }',
        'users: [{ email: ada@example.com, role: admin }]',
        'webhooks: { url: http://localhost:1/ }',
      ].join('\n'),
    })
    const { line, url } = await serve(['--provider', 'acme'], {}, cwd)
    expect(Object.keys(JSON.parse(line).providers)).toEqual(['acme'])
    const clients: { id: string }[] = await (await fetch(`${url}/_mock/clients`)).json()
    expect(clients.map(({ id }) => id)).toContain('a')
  })

  it('is found by the commands that talk to the server', async () => {
    const { url } = await serve()
    const { port } = new URL(url)
    const cwd = folderWith({ 'mock-oauth.config.json': JSON.stringify({ port: Number(port) }) })
    expect(await run(['wait'], {}, cwd)).toMatchObject({ code: 0, stdout: `ready at ${url}\n` })
  })

  it('has a key for each flag', () => {
    const keys = tableOf('Flag of `serve`').flatMap(([flags, , , key]) =>
      flags === '`--config <path>`' ? [] : [...(key ?? '').matchAll(/`([^`]+)`/g)].map(([, path = '']) => path),
    )
    const flags = tableOf('Flag of `serve`').flatMap(([flag = '']) => flag.match(/--[a-z-]+/g) ?? [])
    expect(keys).toHaveLength(flags.length - 1)
    type Schema = { properties?: Record<string, Schema> }
    const at = (path: string) =>
      path.split('.').reduce<Schema | undefined>((schema, key) => schema?.properties?.[key], configSchema as Schema)
    expect(keys.filter((path) => at(path) === undefined)).toEqual([])
  })
})

describe('show in a folder with a configuration', () => {
  it('tells of a lifetime that it was set there, and what it is else', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'mock-oauth.config.yaml':
        'providers: [./acme.ts, mekari]\nlifetimes: { mekari: { accessToken: 5m, code: 1m } }\n',
    })
    const { facts, counts } = JSON.parse((await run(['show', 'mekari', '--json'], {}, cwd)).stdout)
    const factAt = (path: string) => facts.find((one: { path: string }) => one.path === path)
    expect(factAt('token.accessToken.lifetime')).toEqual({
      path: 'token.accessToken.lifetime',
      value: '5 minutes',
      grade: 'configured',
      source: 'lifetimes.mekari.accessToken; else 1 hour, documented: the page',
    })
    expect(factAt('authorize.code.lifetime').source).toMatch(/^lifetimes\.mekari\.code; else 5 minutes, assumed: /)
    expect(counts.configured).toBe(2)
    expect((await run(['show', 'acme'], {}, cwd)).stdout).toContain('Acme Bank (acme)')
  })
})

describe('init', () => {
  it.each(['yaml', 'json', 'ts'])('writes a %s that is valid and can be served', async (format) => {
    const cwd = folderWith(acmeFiles)
    const name = `mock-oauth.config.${format}`
    const written = await run(['init', '--format', format, '--provider', './acme.ts,mekari'], {}, cwd)
    expect(written).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining(`wrote ${name}\n\nNext:\n`) })
    const [validated, { line }] = await Promise.all([run(['validate'], {}, cwd), serve([], {}, cwd)])
    expect(validated).toMatchObject({ code: 0, stderr: '' })
    expect(Object.keys(JSON.parse(line).providers)).toEqual(['acme', 'mekari', 'mekari:sandbox'])
  })

  it.each(['yaml', 'ts'])('writes comments that are right in a %s as well', async (format) => {
    const cwd = folderWith({})
    await run(['init', '--format', format], {}, cwd)
    const name = `mock-oauth.config.${format}`
    const text = readFileSync(`${cwd}/${name}`, 'utf8')
    // Sentences begin with a capital letter.
    const whole = text.replace(/^# (?! *[A-Z]|yaml-language)|^ {2}\/\/ (?=[a-z]+: )/gm, '')
    expect(whole).not.toBe(text)
    const other = folderWith({ [name]: whole })
    expect(await run(['validate'], {}, other)).toMatchObject({ code: 0, stderr: '' })
  })

  it('names the schema where it is installed, at hand or further up', async () => {
    const cwd = folderWith({ 'a/b/c.txt': '', 'node_modules/mock-oauth/dist/config.schema.json': '{}' })
    for (const [folder, path] of [
      ['', './node_modules'],
      ['a/b', '../../node_modules'],
    ]) {
      await run(['init'], {}, `${cwd}/${folder}`)
      const [first] = readFileSync(`${cwd}/${folder}/mock-oauth.config.yaml`, 'utf8').split('\n')
      expect(first).toBe(`# yaml-language-server: $schema=${path}/mock-oauth/dist/config.schema.json`)
    }
  })

  it('writes over nothing unless it is told to', async () => {
    const cwd = folderWith({ 'mock-oauth.config.yaml': 'port: 1\n' })
    expect(await run(['init'], {}, cwd)).toMatchObject({
      code: 2,
      stderr: 'There is a configuration here already: mock-oauth.config.yaml. --force writes a new one over it.\n',
    })
    expect(await run(['init', '--format', 'ts', '--force'], {}, cwd)).toMatchObject({
      code: 2,
      stderr: 'There is a configuration here already: mock-oauth.config.yaml. Remove it first, or go on with it.\n',
    })
    expect(readFileSync(`${cwd}/mock-oauth.config.yaml`, 'utf8')).toBe('port: 1\n')
    expect(await run(['init', '--force'], {}, cwd)).toMatchObject({ code: 0 })
    expect(await run(['validate'], {}, cwd)).toMatchObject({ code: 0 })
  })
})

describe('a configuration in TypeScript', () => {
  it('may hold definitions, and imports what stands beside it', async () => {
    const cwd = folderWith({
      ...acmeFiles,
      'mock-oauth.config.ts': [
        "import { defineConfig } from 'mock-oauth/config'",
        "import { acme } from './acme'",
        "export default defineConfig({ providers: ['mekari', acme], lifetimes: { [acme.id]: { code: '1m' as string } } })",
      ].join('\n'),
    })
    expect(await run(['validate'], {}, cwd)).toEqual({
      code: 0,
      stderr: '',
      stdout: 'mock-oauth.config.ts is valid: plays mekari, mekari:sandbox, acme; 3 clients.\n',
    })
    const { line } = await serve(['--provider', 'acme'], {}, cwd)
    expect(Object.keys(JSON.parse(line).providers)).toEqual(['acme'])
  })
})

describe('the published schema', () => {
  it('is what the source says', () => {
    expect(JSON.parse(readFileSync(`${root}dist/config.schema.json`, 'utf8'))).toEqual(configSchema)
  })
})
