import { spawn } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { describe, expect, it, onTestFinished } from 'vitest'
import { bin, environment, folderWith, linesOf, root, run, runProgram } from '../cli/command.ts'

const node = process.execPath
const mekari = ['run', '--provider', 'mekari', '--quiet']

/** Runs a piece of JavaScript as the child. */
const child = (code: string, flags: readonly string[] = [], variables = {}) =>
  run([...mekari, ...flags, '--', node, '--eval', code], variables)

/** A `run` whose child has said that it is there; its temporary files are in a folder of their own. */
async function started(code: string) {
  const folder = folderWith({})
  const running = spawn(node, [bin, ...mekari, '--', node, '--eval', code], {
    env: environment({ TMPDIR: folder }),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = new Promise((resolve) => running.on('exit', (exit, signal) => resolve({ code: exit, signal })))
  onTestFinished(() => void running.kill('SIGKILL'))
  const said = linesOf(running.stdout)
  expect(await said()).toBe('there')
  return { running, ended, said, folder }
}

const waiting = "console.log('there'); setInterval(() => {}, 1000)"

describe('run', () => {
  it('ends with the exit code of the program, and adds nothing to its output', async () => {
    const told = await child("console.log('out'); console.error('err'); process.exitCode = 7")
    expect(told).toEqual({ code: 7, stdout: 'out\n', stderr: 'err\n' })
  })

  it('says in one line what is played', async () => {
    const { stdout, stderr } = await run(['run', '--provider', 'mekari', '--', node, '--eval', ''])
    expect({ stdout, stderr }).toEqual({
      stdout: '',
      stderr: expect.stringMatching(
        /^mock-oauth plays mekari, mekari:sandbox; control API http:\/\/127\.0\.0\.1:\d+\n$/,
      ),
    })
  })

  it.each([
    [
      'no program',
      ['--provider', 'mekari'],
      "Missing required argument 'command'\nUsage: mock-oauth run [options] -- <command...>\n",
    ],
    ['no provider', ['--', node, '--eval', ''], /^Name what is played: --provider mekari\..* Known: mekari, .*\.\n$/],
  ])('says what is to be written where there is %s', async (_, args, sentence) => {
    const stderr = typeof sentence === 'string' ? sentence : expect.stringMatching(sentence)
    expect(await run(['run', ...args])).toEqual({ code: 2, stdout: '', stderr })
  })

  it('takes what stands behind the program for the program, with and without two dashes', async () => {
    const args = [node, '--print', 'process.argv.slice(1).join()', '--', '--port', 'x', '--help']
    for (const dashes of [['--'], []]) {
      expect(await run([...mekari, ...dashes, ...args])).toEqual({ code: 0, stdout: '--port,x,--help\n', stderr: '' })
    }
  })

  it('hands its own input to the program', async () => {
    const script = `echo hello | ${node} ${bin} ${mekari.join(' ')} -- cat`
    expect(await runProgram('sh', ['-c', script])).toEqual({ code: 0, stdout: 'hello\n', stderr: '' })
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const)('dies of %s when the program does', async (signal) => {
    const { running, ended, folder } = await started(waiting)
    running.kill(signal)
    expect(await ended).toEqual({ code: null, signal })
    expect(readdirSync(folder)).toEqual([])
  })

  it.each(['SIGTERM', 'SIGINT', 'SIGUSR1', 'SIGUSR2'] as const)(
    'leaves it to the program what %s means',
    async (signal) => {
      const { running, ended, said, folder } = await started(
        `process.on('${signal}', () => { console.log('heard'); process.exitCode = 3; clearInterval(at) })
      const at = setInterval(() => {}, 1000); console.log('there')`,
      )
      running.kill(signal)
      expect(await said()).toBe('heard')
      expect(await ended).toEqual({ code: 3, signal: null })
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('leaves no file behind, however the program ends', async () => {
    const folder = folderWith({})
    for (const code of ['', 'process.exit(1)', "process.kill(process.pid, 'SIGSEGV')", "throw new Error('x')"]) {
      await child(code, [], { TMPDIR: folder })
      expect(readdirSync(folder)).toEqual([])
    }
  })

  it('says which program there is not, and which may not be run', async () => {
    const folder = folderWith({ 'script.sh': 'echo', tmp: '' })
    mkdirSync(`${folder}/for-temporary-files`)
    chmodSync(`${folder}/script.sh`, 0o644)
    const variables = { TMPDIR: `${folder}/for-temporary-files` }
    expect(await run([...mekari, '--', 'no-such-program'], variables)).toEqual({
      code: 127,
      stdout: '',
      stderr: 'There is no program "no-such-program" on the PATH.\n',
    })
    expect(await run([...mekari, '--', `${folder}/script.sh`], variables)).toEqual({
      code: 126,
      stdout: '',
      stderr: `"${folder}/script.sh" is no program that may be run.\n`,
    })
    expect(readdirSync(variables.TMPDIR)).toEqual([])
  })

  it('asks for a program, and for a mock whose hosts are its own alone', async () => {
    expect(await run(['run', '--provider', 'mekari'])).toMatchObject({ code: 2 })
    const { code, stderr } = await run(['run', '--provider', 'mercado-pago,mercado-pago@2024', '--', 'true'])
    expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining('Play only one of them') })
  })

  it('tells of faults that never fired, and fails for them when it is strict', async () => {
    const unfired = 'fault f1 never fired: token drop after\n'
    const armed = ['--fault', 'token drop after']
    expect(await child('', armed)).toEqual({ code: 0, stdout: '', stderr: unfired })
    expect(await child('', [...armed, '--strict-faults'])).toEqual({ code: 1, stdout: '', stderr: unfired })
    expect(await child('process.exit(9)', [...armed, '--strict-faults'])).toMatchObject({ code: 9 })
  })

  it('lets commands within find the server', async () => {
    const { code, stdout } = await run([...mekari, '--', node, bin, 'clock', 'advance', '61m'])
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining('T') })
  })

  it('takes a configuration, but for where that listens', async () => {
    const cwd = folderWith({
      'mock-oauth.config.yaml': 'providers: [mekari]\nport: 1\nclient: { id: mine }\nquiet: true',
    })
    const print = ['--print', 'process.env.MEKARI_CLIENT_ID']
    expect(await run(['run', '--', node, ...print], {}, cwd)).toEqual({ code: 0, stdout: 'mine\n', stderr: '' })
  })
})

describe('run, where it cannot', () => {
  it('says that there is no program without a name', async () => {
    const said = { code: 127, stdout: '', stderr: 'There is no program "" on the PATH.\n' }
    expect(await run([...mekari, '--', ''])).toEqual(said)
  })

  it('says that there is no place for its files', async () => {
    const { code, stderr } = await run([...mekari, '--', node], { TMPDIR: '/nowhere/at/all' })
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(/^There is no place for the certificates .*ENOENT.* Name one by TMPDIR\.\n$/),
    })
  })
})

describe('the environment of a program that is run', () => {
  const variables = async (before: Readonly<Record<string, string>>) =>
    JSON.parse((await child('console.log(JSON.stringify(process.env))', [], before)).stdout)

  it('leads through the proxy and trusts it', async () => {
    const told = await variables({})
    expect(told.HTTPS_PROXY).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    for (const name of ['HTTP_PROXY', 'https_proxy', 'http_proxy']) expect(told[name]).toBe(told.HTTPS_PROXY)
    for (const name of ['NO_PROXY', 'no_proxy']) expect(told[name]).toBe('localhost,127.0.0.1,::1')
    expect(told.DENO_CERT).toBe(told.NODE_EXTRA_CA_CERTS)
    for (const name of ['REQUESTS_CA_BUNDLE', 'CURL_CA_BUNDLE']) expect(told[name]).toBe(told.SSL_CERT_FILE)
    expect(told.NODE_OPTIONS).toBe(`--require ${root}dist/preload.cjs`)
  })

  it("has each provider's credentials, and its own URLs", async () => {
    expect(await variables({ MEKARI_CLIENT_ID: 'of-production' })).toMatchObject({
      MEKARI_CLIENT_ID: 'EGR0YCkrqn3rqp1P',
      MEKARI_TOKEN_URL: 'https://account.mekari.com/auth/oauth2/token',
      MEKARI_SANDBOX_TOKEN_URL: expect.stringMatching(/^https:\/\/sandbox/),
    })
  })

  it('keeps what was there', async () => {
    const told = await variables({
      NODE_OPTIONS: '--no-deprecation',
      NO_PROXY: '.internal.example, 10.0.0.1,*',
      OTHER: 'x',
    })
    expect(told).toMatchObject({
      NODE_OPTIONS: `--no-deprecation --require ${root}dist/preload.cjs`,
      NO_PROXY: 'localhost,127.0.0.1,::1,.internal.example,10.0.0.1',
      OTHER: 'x',
    })
  })

  it('leads around no host that is played, whatever NO_PROXY said before', async () => {
    const told = await variables({
      NO_PROXY:
        '.mekari.com,*.Mekari.com,mekari.com,account.mekari.com:443,com,*mekari.com,notmekari.com,x.account.mekari.com',
    })
    expect(told.NO_PROXY).toBe('localhost,127.0.0.1,::1,notmekari.com,x.account.mekari.com')
  })
})
