import { describe, expect, it } from 'vitest'
import { running, stranger } from '../run/stranger.ts'

const python = (url: string) => ['/usr/bin/python3', '-c', `import requests; print(requests.get('${url}/a').text)`]
const curl = (url: string) => ['curl', '--silent', '--show-error', `${url}/a`]

describe('a host that is not played', () => {
  it.each([
    ['curl', 'SSL_CERT_FILE', curl],
    ['curl', 'CURL_CA_BUNDLE', curl],
    ['Python', 'REQUESTS_CA_BUNDLE', python],
  ] as const)("is reached as ever by %s, which trusts what the user's own %s names", async (_, variable, command) => {
    const { url, trusted } = await stranger()
    expect(await running(command(url), { [variable]: trusted })).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^GET \/a\n?$/),
    })
  })

  it('is not trusted by curl where the user does not', async () => {
    const { stdout, stderr } = await running(curl((await stranger()).url), {})
    expect(stdout + stderr).toMatch(/certificate/i)
  })

  it.each([
    // curl shows the status alone.
    ['curl', curl, '403'],
    ['Python', python, '127.0.0.2 is not played here, and --offline lets nothing else through.'],
  ] as const)('is refused to %s by --offline, with a sentence', async (_, command, sentence) => {
    const { url, trusted } = await stranger()
    const { stdout, stderr } = await running(command(url), { SSL_CERT_FILE: trusted }, '--offline')
    expect(stdout).not.toContain('GET')
    expect(stderr).toContain(sentence)
  })
})
