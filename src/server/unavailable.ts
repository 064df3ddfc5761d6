import { MockOAuthError } from '../vocabulary/misuse.ts'

/**
 * Why nothing can listen at an address, in a sentence; any other error as it is.
 * @param flag by which the command line is told the port
 */
export function unavailable(error: NodeJS.ErrnoException, host: string, port: number, flag = '--port'): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is in use. Stop what listens there, or choose another: ${flag} ${port < 65535 ? port + 1 : port - 1}, or ${flag} 0 for any free one.`
    return new MockOAuthError('port_in_use', message)
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new MockOAuthError(
      'address_unavailable',
      `Cannot listen on ${host}:${port} (${error.code}). Try --host 127.0.0.1 ${flag} 0.`,
    )
  }
  if (error.code === 'ERR_SOCKET_BAD_PORT') {
    return new MockOAuthError(
      'invalid_option',
      `${port} is no port. Expected a whole number up to 65535; 0 picks a free one.`,
    )
  }
  return error
}
