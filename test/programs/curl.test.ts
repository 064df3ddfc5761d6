import { describe, expect, it } from 'vitest'
import { runProgram, serve } from '../cli/command.ts'
import { started } from '../run/proxy.ts'

describe('proxy', () => {
  it('leads curl to the mock, by its variables', async () => {
    const { line, logged } = await started('--json')
    const curl = ['-s', '-o', '/dev/null', '-w', '%{http_code}', 'https://api.mekari.com/v1/me']
    expect((await runProgram('curl', curl, JSON.parse(line).variables)).stdout).toBe('401')
    expect(await logged()).toContain('GET  /mekari/v1/me 401')
  })
})

describe('serve --tls', () => {
  it('is trusted by curl, by the certificate that it names', async () => {
    const { url, line } = await serve(['--provider', 'mekari', '--tls'])
    const { stdout } = await runProgram('curl', ['-sS', '--cacert', JSON.parse(line).ca, `${url}/_mock/health`])
    expect(stdout).toBe('{"ready":true}')
  })
})
