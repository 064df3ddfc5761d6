/** The scopes that an authorization request asks for: divided by spaces, at Finexer by commas as well. */
export const scopesAskedAt = (provider: string, { searchParams }: URL): readonly string[] =>
  (searchParams.get('scope') ?? '').split(provider === 'finexer' ? /[ ,]/ : ' ').filter(Boolean)
