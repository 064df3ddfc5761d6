/** What a program needs to know of the proxy that stands between it and the providers. */
export interface Way {
  /** `http://127.0.0.1:34567` */
  readonly proxy: string
  /** A file of certificates to trust beside a program's own roots. */
  readonly extra: string
  /** A file of certificates to trust in place of them, with the system's roots in it. */
  readonly bundle: string
  /** Those that are played: no variable of before leads around them. */
  readonly hosts: readonly string[]
  /** Where the control API is. */
  readonly url: string
  /** The file that Node programs load before their own. */
  readonly preload: string
}

const loopback = ['localhost', '127.0.0.1', '::1']

/**
 * The variables by which an unchanged program goes through the proxy and trusts what answers there.
 * @param before what the program's environment holds otherwise
 */
export function variablesFor(
  { proxy, extra, bundle, hosts, url, preload }: Way,
  before: NodeJS.ProcessEnv,
): Readonly<Record<string, string>> {
  const named = (before.no_proxy || before.NO_PROXY || '').split(/[\s,]+/)
  const direct = named.filter((one) => one !== '' && !hosts.some((host) => leadsAround(one, host)))
  const noProxy = [...new Set([...loopback, ...direct])].join(',')
  return {
    HTTPS_PROXY: proxy,
    HTTP_PROXY: proxy,
    NO_PROXY: noProxy,
    // Programs differ in which case they read, and in which one wins. curl reads http_proxy in this one alone.
    https_proxy: proxy,
    http_proxy: proxy,
    no_proxy: noProxy,
    NODE_EXTRA_CA_CERTS: extra,
    DENO_CERT: extra,
    // OpenSSL, and with it Python, Ruby and PHP; Go, .NET, Rust.
    SSL_CERT_FILE: bundle,
    REQUESTS_CA_BUNDLE: bundle,
    CURL_CA_BUNDLE: bundle,
    NODE_OPTIONS: [before.NODE_OPTIONS, `--require ${asNodeOption(preload)}`].filter(Boolean).join(' '),
    MOCK_OAUTH_URL: url,
  }
}

/** Whether an entry of NO_PROXY means a host: it names that, or what it stands under; a star stands for anything. */
function leadsAround(entry: string, host: string): boolean {
  const name = entry
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\*?\.?/, '')
  return name === '' || host === name || host.endsWith(`.${name}`)
}

/** Node divides its options at spaces, but within double quotes, where a backslash takes the next character as it is. */
const asNodeOption = (path: string) => (/[\s"\\]/.test(path) ? `"${path.replace(/["\\]/g, '\\$&')}"` : path)
