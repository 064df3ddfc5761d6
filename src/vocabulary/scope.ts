/** The single scopes of a scope parameter, which spaces separate (RFC 6749 §3.3). */
export const scopesOf = (scope: string): readonly string[] => scope.split(' ').filter((one) => one !== '')
