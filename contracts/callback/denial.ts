/** A callback as it would be had the person said no; Finexer says it twice. */
export function denied(callback: string, provider: string): string {
  const url = new URL(callback)
  url.searchParams.delete('code')
  url.searchParams.set('error', 'access_denied')
  if (provider === 'finexer') url.searchParams.set('error_code', 'access_denied')
  return url.href
}
