import { type Clause, clause, everywhere, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { codeExchanges, tokenFields, tokenRequests } from '../../src/contract/reading.ts'
import { basicOf, lacking, waysOf } from './authentication.ts'

/** What breaks a header that is not form-encoded first: a colon in the id, and characters that mean something in a form. */
const odd = { id: 'odd+id:%41/1', secret: 'p:/+% $&=~25%' }

const noRequest = 'no token request came'

/** How a client shows who it is. */
export const clientAuthentication: readonly Clause[] = [
  clause({
    id: 'tr-client-auth-as-documented',
    title: 'authenticates at the token endpoint in the way that the provider documents',
    level: must('provider'),
    levels: { mercury: must(), standard: must() },
    source: 'RFC 6749 §2.3.1',
    why: 'A server reads the credentials in one place and calls the client unknown when they stand in another. Configure the way for each provider.',
    alsoFor: ['mekari', 'mercado-pago', 'finexer', 'mercury', 'standard'],
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: ({ exchanges }) => (tokenRequests(exchanges).length > 0 ? undefined : noRequest),
    judge({ exchanges, env }) {
      for (const sent of tokenRequests(exchanges)) {
        const words = lacking(sent, env)
        if (words !== undefined) return saw(`sent a token request without ${words}`, sent)
      }
    },
    mutant: {
      bug: 'sends its credentials in the header, whatever is documented',
      find: "if (clientAuth === 'basic') {",
      replace: "if (clientAuth !== 'none') {",
    },
  }),
  clause({
    id: 'tr-one-auth-method',
    title: 'authenticates in one way in each token request',
    level: must(),
    source: 'RFC 6749 §2.3',
    why: 'Strict servers refuse a request that has credentials twice, and lax ones may read the wrong ones. Send the header or the fields, never both.',
    alsoFor: everywhere,
    control: false,
    async story(scene) {
      await scene.connect()
    },
    missed: ({ exchanges }) => (tokenRequests(exchanges).length > 0 ? undefined : noRequest),
    judge({ exchanges }) {
      const twice = tokenRequests(exchanges).find((sent) => waysOf(sent).length > 1)
      if (twice) return saw('sent its credentials in the header and in the body of one token request', twice)
    },
    mutant: {
      bug: 'adds a Basic header to the credentials in the body',
      find: 'return { fields: { client_id: clientId, client_secret: clientSecret } }',
      replace:
        "return { headers: { authorization: 'Basic ' + btoa(clientId + ':' + clientSecret) }, fields: { client_id: clientId, client_secret: clientSecret } }",
      at: 'mekari',
    },
  }),
  clause({
    id: 'tr-basic-form-encoded',
    title: 'form-encodes id and secret before it joins them for Basic',
    level: must(),
    source: 'RFC 6749 §2.3.1 and Appendix B',
    why: 'A colon in the id, or a plus or percent sign in the secret, reads otherwise at the server, and the client is unknown. Encode each half as a form does, then join them.',
    alsoFor: ['mercury', 'standard'],
    async env(env, { world, wrong }) {
      const { redirectUri, scopes, provider } = env
      await world.clients.register({ provider, ...odd, redirectUris: [redirectUri], scopes })
      const [clientId, clientSecret] = wrong([env.clientId, env.clientSecret], [odd.id, odd.secret])
      return { ...env, clientId, clientSecret }
    },
    async story(scene) {
      await scene.connect()
    },
    missed({ exchanges }) {
      if (!tokenRequests(exchanges).some(basicOf)) return 'no token request with a Basic header came'
    },
    judge({ exchanges, env }) {
      const wanted = [env.clientId, env.clientSecret]
      for (const sent of tokenRequests(exchanges)) {
        const halves = basicOf(sent)
        if (halves?.map(formDecoded).some((half, at) => half !== wanted[at]))
          return saw('joined id and secret for Basic without form-encoding each', sent)
      }
    },
    mutant: {
      bug: 'joins id and secret for Basic as they are',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is what the client's text has.
      find: '`${formEncoded(clientId)}:${formEncoded(clientSecret)}`',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: the same.
      replace: '`${clientId}:${clientSecret}`',
    },
  }),
  clause({
    id: 'tr-no-auth-probe',
    title: 'does not try another way of authenticating with a code that it has sent already',
    level: should(),
    source: 'RFC 6749 §4.1.2',
    why: 'The first try may have used the code up, and a second use of it can end the connection. Know the way beforehand.',
    alsoFor: everywhere,
    async story(scene) {
      scene.arm({ on: 'token:authorization_code', kind: 'status', status: 401, body: { error: 'invalid_client' } })
      await scene.connect()
    },
    missed({ exchanges }) {
      if (!codeExchanges(exchanges).some(({ faults }) => faults)) return 'no code exchange was refused with 401'
    },
    judge({ exchanges }) {
      const [first, ...others] = codeExchanges(exchanges)
      if (!first) return undefined
      const way = String(waysOf(first))
      const probe = others.find((one) => String(waysOf(one)) !== way && isSameCode(one, first))
      if (probe) return saw('sent the code of a refused exchange again, authenticated in another way', first, probe)
    },
    mutant: {
      bug: 'adds its credentials to the body when a header is refused',
      find: 'post(env.tokenUrl, env.bodyFormat, asked',
      replace: `(async (url, format, fields, ...what) => {
        const reply = await post(url, format, fields, ...what)
        const isRefused = 'status' in reply && reply.status === 401 && 'code' in fields
        const other = { ...fields, client_id: env.clientId, client_secret: env.clientSecret }
        return isRefused ? post(url, format, other, ...what) : reply
      })(env.tokenUrl, env.bodyFormat, asked`,
      at: 'mercury',
    },
  }),
]

const isSameCode = (one: Parameters<typeof tokenFields>[0], other: typeof one) =>
  tokenFields(one).code === tokenFields(other).code

const formDecoded = (text: string) => new URLSearchParams(`value=${text.replaceAll('&', '%26')}`).get('value')
