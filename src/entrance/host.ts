const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const loopback = new RegExp(`^(?:(?:.+\\.)?localhost|::1|127(?:\\.${byte}){3})$`)

/** Whether a host name or address is this machine itself. */
export const isLoopback = (host: string): boolean => loopback.test(host)

/** The host in a Host header, or nothing when it holds anything but a host and perhaps a port. */
export const hostOf = (authority: string): string | undefined => {
  if (/[\s/?#@\\]/.test(authority) || !URL.canParse(`http://${authority}`)) return undefined
  return new URL(`http://${authority}`).hostname.replace(/^\[|\]$/g, '')
}
