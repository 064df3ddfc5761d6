import { MockOAuthError } from '../vocabulary/misuse.ts'

/**
 * Reads a base path as a developer writes it: `/oauth`, also with a slash at its end.
 * @throws {MockOAuthError} `invalid_option` where it is no path of a URL
 */
export function basePathFrom(given: string): string {
  const path = given.replace(/\/$/, '')
  if (path === '' || (URL.canParse(path, anywhere) && new URL(path, anywhere).pathname === path)) return path
  const message = `"${given}" is no base path. Expected a path as URLs write it, with a slash before it, such as /oauth.`
  throw new MockOAuthError('invalid_option', message)
}

const anywhere = 'http://localhost'

/** Takes a base path off a target; one that stands elsewhere stays as it is. */
export function withoutBase(target: string, basePath: string): string {
  if (basePath === '' || !target.startsWith(basePath)) return target
  const rest = target.slice(basePath.length)
  if (rest.startsWith('/')) return rest
  return rest === '' || rest.startsWith('?') ? `/${rest}` : target
}

/**
 * Takes the world that a path names off it: `/~name/<provider>/auth?x` → `name` and `/<provider>/auth?x`. Documents about a
 * server with a path stand at the root too, with that path behind: `/.well-known/<document>/~name/<provider>` (RFC 8414 §3.1).
 */
export function splitTarget(target: string): { name?: string; rest: string } {
  // Most name none, and this is asked of every request.
  if (!target.includes('/~') && !target.includes('/%7')) return { rest: target }
  const [, name, rest = ''] = /^\/(?:~|%7e)([^/?]*)(.*)$/is.exec(target) ?? []
  if (name !== undefined) return { name, rest: rest.startsWith('/') ? rest : `/${rest}` }
  const [, document, behind, path = ''] = /^(\/\.well-known\/[^/?]+)\/(?:~|%7e)([^/?]+)(.*)$/is.exec(target) ?? []
  return document === undefined || behind === undefined ? { rest: target } : { name: behind, rest: document + path }
}
