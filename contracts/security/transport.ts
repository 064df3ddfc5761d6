import { connect } from 'node:net'
import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { outcomes, tokenRequests, under } from '../../src/contract/reading.ts'
import { Halted } from '../../src/contract/run/player.ts'

const sign = 'redirected=yes'

/** An endpoint under another name of this machine: another origin, where one hears who comes. */
function elsewhere(endpoint: string): string {
  const url = new URL(endpoint)
  url.hostname = url.hostname === 'localhost' ? '127.0.0.1' : 'localhost'
  url.search = sign
  return url.href
}

const followed = ({ exchanges }: Evidence) => exchanges.filter(({ request }) => request.url.includes(sign))

const unredirected = ({ exchanges }: Evidence) =>
  exchanges.some(({ faults = [] }) => faults.some(({ kind }) => kind === 'redirect'))
    ? undefined
    : 'no token request was redirected'

const bait = { access_token: 'of-nobody', refresh_token: 'of-nobody-2', token_type: 'bearer', expires_in: 3600 }

/** An address for nobody's documentation: there is no such name, and it is not this machine's. */
const plainHttp = 'http://auth.example/token'

/** The same endpoint by the address that stands for none: not one of loopback, and yet it leads here on most systems. */
function byNoAddress(tokenUrl: string): string {
  const url = new URL(tokenUrl)
  url.hostname = '0.0.0.0'
  return url.href
}

const leadsHere = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    const { hostname: host, port } = new URL(url)
    const socket = connect({ host, port: Number(port) })
    const end = (reached: boolean) => {
      socket.destroy()
      resolve(reached)
    }
    socket.once('connect', () => end(true)).once('error', () => end(false))
  })

/** Whether a story comes no further; why, its steps tell. */
async function stops(act: () => Promise<unknown>): Promise<boolean> {
  try {
    await act()
    return false
  } catch (error) {
    if (error instanceof Halted) return true
    throw error
  }
}

/** Where secrets are sent, and how. */
export const transport: readonly Clause[] = [
  clause({
    id: 'se-no-redirect-follow',
    title: 'sends no code, token or secret on to where a token endpoint redirects',
    level: must('ours'),
    source: 'in the spirit of RFC 6749 §10.9; experience',
    why: 'Whoever can answer a redirect once then has the secret and the grant. Take a redirect of the token endpoint for a failure.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      scene.arm({ on: 'token', kind: 'redirect', to: elsewhere(scene.env.tokenUrl), status: 307 })
      await scene.connect()
      scene.arm({ on: 'token', kind: 'redirect', to: elsewhere(scene.env.tokenUrl), status: 308 })
      await scene.connect()
    },
    missed: unredirected,
    judge(evidence) {
      const [told] = followed(evidence).filter(({ request }) => request.body !== '' || request.headers.authorization)
      if (told) return saw('repeated a token request at another origin, to which it was redirected', told)
    },
    mutant: {
      bug: 'follows redirects wherever they lead',
      find: "redirect: 'manual'",
      replace: "redirect: 'follow'",
      drags: ['se-302-not-get', 'ap-no-token-off-origin'],
    },
  }),
  clause({
    id: 'se-302-not-get',
    title: 'does not take for tokens what a GET finds where a token request was redirected to',
    level: should('ours'),
    source: 'RFC 6749 §3.2; experience',
    why: 'A 302 makes many clients ask by GET for whatever stands there, and take a page for tokens. Take a redirect of the token endpoint for a failure.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      scene.arm({ on: 'token', kind: 'redirect', to: elsewhere(scene.env.apiUrl), status: 302 })
      // It answers a GET, and has tokens for all who come.
      scene.arm({ on: 'api', kind: 'status', status: 200, body: bait })
      await scene.connect()
    },
    missed: unredirected,
    judge(evidence) {
      const [asked] = followed(evidence).filter(({ request }) => request.method === 'GET')
      if (asked?.request.headers.authorization)
        return saw('sent its credentials on by GET where a token request was redirected to', asked)
      if (asked && outcomes(evidence).includes('connected'))
        return saw('took for tokens what a GET found where a token request was redirected to', asked)
    },
    mutant: {
      bug: 'asks by GET where a 302 leads',
      find: '    heard()\n    return { status: response.status,',
      replace: `    heard()
    const to = response.headers.get('location')
    if (response.status === 302 && to) return send(to, { method: 'GET', headers: {} }, quietMs, signal)
    return { status: response.status,`,
      drags: ['ap-no-token-off-origin'],
    },
  }),
  clause({
    id: 'se-https-only',
    title: 'does not work with a token endpoint that is plain http, but for this machine',
    level: must(),
    source: 'RFC 6749 §3.2; OAuth 2.1 §1.5',
    why: 'A slip in a configuration then sends secret and tokens in clear, and nobody notices. Refuse to start, or at the latest to send anything there.',
    alsoFor: everywhere,
    after: 'connects',
    async story(scene) {
      const { tokenUrl } = scene.env
      // By a name first, of which nobody can think that it is this machine's; then where one sees who comes.
      if (await scene.refuses({ tokenUrl: scene.wrong(tokenUrl, plainHttp) })) return
      if (await stops(() => scene.begin())) return
      const plain = byNoAddress(tokenUrl)
      if (await scene.refuses({ tokenUrl: scene.wrong(tokenUrl, plain) })) return
      if (!(await leadsHere(plain))) scene.note('unreached', plain)
      scene.mark('plain')
      await stops(() => scene.connect())
    },
    missed({ steps, notes }) {
      const silent = steps.find(({ lost }) => lost)
      if (silent) return `${silent.op} was not answered`
      return notes.unreached && `nothing on this machine is reached by ${notes.unreached}`
    },
    judge(evidence) {
      const [sent] = tokenRequests(under(evidence, 'plain'))
      if (sent) return saw(`sent a token request in clear to ${evidence.env.tokenUrl}`, sent)
      if (outcomes(evidence, 'plain').includes('connected'))
        return saw(`says connected with a token endpoint at ${evidence.env.tokenUrl}`)
    },
    mutant: {
      bug: 'takes any address',
      find: "if (protocol !== 'https:' && !isLoopback(hostname))",
      replace: "if (protocol === '' && !isLoopback(hostname))",
    },
  }),
]
