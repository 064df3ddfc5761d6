import { MockOAuthError } from '../vocabulary/misuse.ts'

/** Why nothing can listen at an address, in a sentence; any other error as it is. */
export function unavailable(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') {
    const message = `Port ${port} on ${host} is in use. Stop what listens there, or choose another: --port 4421, or --port 0 for any free one.`
    return new MockOAuthError('port_in_use', message)
  }
  if (error.code === 'EACCES' || error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new MockOAuthError(
      'address_unavailable',
      `Cannot listen on ${host}:${port} (${error.code}). Try --host 127.0.0.1 --port 0.`,
    )
  }
  return error
}
