/**
 * The single scopes of a scope parameter, which spaces separate (RFC 6749 §3.3).
 * @param separator what else separates them at this provider
 */
export const scopesOf = (scope: string, separator = ' '): readonly string[] =>
  (separator === ' ' ? scope : scope.replaceAll(separator, ' ')).split(' ').filter((one) => one !== '')
