/** The largest request body, in bytes. */
export const largestBody = 1_000_000

/** Whether a body is over 1 MB as UTF-8. */
export const isTooLarge = (body: string): boolean =>
  body.length > largestBody || (body.length * 3 > largestBody && new TextEncoder().encode(body).length > largestBody)
