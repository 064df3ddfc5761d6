/** A user code as it is compared: case, spaces, dashes and other signs do not matter (RFC 8628 §6.1). */
export const plainUserCode = (typed: string): string => typed.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '')
