import { describe, expect, it } from 'vitest'
import { running, stranger } from './stranger.ts'

const fetching = (url: string) => [
  process.execPath,
  ...['--input-type=module', '--eval'],
  `console.log(await fetch('${url}/a').then((answer) => answer.text(), ({ cause }) => cause.message))`,
]

describe('a host that is not played', () => {
  it("is reached as ever by Node, which trusts what the user's own NODE_EXTRA_CA_CERTS names", async () => {
    const { url, trusted } = await stranger()
    const told = await running(fetching(url), { NODE_EXTRA_CA_CERTS: trusted })
    expect(told).toMatchObject({ code: 0, stdout: 'GET /a\n' })
  })

  it('is not trusted by Node where the user does not', async () => {
    const { stdout } = await running(fetching((await stranger()).url), {})
    expect(stdout).toMatch(/unable to verify|self.signed/)
  })

  it('is refused to Node by --offline, with a sentence', async () => {
    const { url, trusted } = await stranger()
    const { stdout } = await running(fetching(url), { NODE_EXTRA_CA_CERTS: trusted }, '--offline')
    expect(stdout).not.toContain('GET')
    expect(stdout).toContain('127.0.0.2 is not played here, and --offline lets nothing else through.')
  })

  it('is named by --log, as many clients keep the reason of a refusal to themselves', async () => {
    const { stderr } = await running(fetching('https://127.0.0.2'), {}, '--offline', '--log')
    expect(stderr).toMatch(/^127\.0\.0\.2 is not played here, and /)
  })

  it('is reached without the proxy where NO_PROXY names it', async () => {
    const { url, trusted } = await stranger()
    const variables = { NODE_EXTRA_CA_CERTS: trusted, NO_PROXY: '127.0.0.2' }
    expect(await running(fetching(url), variables, '--offline')).toMatchObject({ code: 0, stdout: 'GET /a\n' })
  })
})
