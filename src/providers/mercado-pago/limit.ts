import { assumed } from '../../define.ts'

/** Too many calls, answered by the proxy in front. */
const byProxy = {
  words: '429 with the plain text local_rate_limited',
  rows: {
    rate_limited: {
      status: 429,
      error: 'local_rate_limited',
      headers: { 'content-type': 'text/plain' },
      text: 'local_rate_limited',
    },
  },
}

/** The same in the shape of the other errors. */
const inJson = {
  words: '429 local_rate_limited in the shape of the other errors',
  rows: { rate_limited: { status: 429, error: 'local_rate_limited', description: 'Too many requests' } },
}

/** What too many calls get, at the token endpoint and at the API, which share a host. */
export const limit = assumed(byProxy, {
  because: 'the sister company lists the code; nobody has captured it, and the proxy Envoy answers so by itself',
  as: 'rate-limit',
  otherwise: { json: inJson },
})
