import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { run, runProgram } from '../cli/command.ts'
import { started } from './proxy.ts'

/** A Node program that a 401 shows to have been here. */
const asking = "fetch('https://api.mekari.com/v1/me').then(({ status }) => console.log(status))"

describe('proxy', () => {
  it('writes one ready line for programs: where it is, and the variables that lead through it', async () => {
    const { line, logged } = await started('--json')
    const ready = JSON.parse(line)
    expect(Object.keys(ready)).toEqual(['ready', 'url', 'proxy', 'hosts', 'variables', 'seed'])
    expect(ready.hosts).toContain('account.mekari.com')
    expect(ready.variables).toMatchObject({ HTTPS_PROXY: ready.proxy, MOCK_OAUTH_URL: ready.url })
    expect((await runProgram(process.execPath, ['--eval', asking], ready.variables)).stdout).toBe('401\n')
    expect(await logged()).toContain('GET  /mekari/v1/me 401')
  })

  it('prints variables that a shell takes, and nothing else, on standard output', async () => {
    const { line, next, logged } = await started()
    const lines = [line]
    while (!lines.at(-1)?.startsWith('export MEKARI_SANDBOX_SCOPE')) lines.push(await next())
    expect(lines.every((one) => one.startsWith('export '))).toBe(true)
    expect(await logged()).toMatch(/^plays mekari, mekari:sandbox at http:\S+ until Ctrl\+C; control API http:\S+$/)
    const script = `${lines.join('\n')}\n'${process.execPath}' --eval "${asking}"`
    expect(await runProgram('sh', ['-c', script])).toMatchObject({ stdout: '401\n' })
  })

  it('writes them for dotenv and as JSON, too', async () => {
    expect((await started('--format', 'dotenv')).line).toMatch(/^HTTPS_PROXY=http:\S+$/)
    expect((await started('--format', 'json')).line).toBe('{')
  })

  it.each(['SIGINT', 'SIGTERM'] as const)('leaves nothing behind at %s', async (signal) => {
    const { child, ended, folder } = await started('--json')
    expect(readdirSync(folder)).not.toEqual([])
    child.kill(signal)
    expect(await ended).toEqual({ code: 0, signal: null })
    expect(readdirSync(folder)).toEqual([])
  })

  it('ends with exit code 1 for a fault that never fired, when it is strict', async () => {
    const { child, ended, logged } = await started('--json', '--fault', 'token drop after', '--strict-faults')
    child.kill('SIGINT')
    expect(await ended).toEqual({ code: 1, signal: null })
    expect(await logged()).toBe('fault f1 never fired: token drop after')
  })

  it('says which port is in use, and ends', async () => {
    const { line } = await started('--json')
    const { port } = new URL(JSON.parse(line).proxy)
    const { code, stderr } = await run(['proxy', '--provider', 'mekari', '--port', '0', '--proxy-port', port])
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: `Port ${port} on 127.0.0.1 is in use. Stop what listens there, or choose another: --proxy-port ${Number(port) + 1}, or --proxy-port 0 for any free one.\n`,
    })
  })
})
