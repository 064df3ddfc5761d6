import type { HttpResponse } from '../vocabulary/wire.ts'

const encoder = new TextEncoder()

/** An answer as a web Response. Its body is bytes: a text would bring a Content-Type that nobody wrote. */
export const responseOf = ({ status, headers, body }: HttpResponse): Response =>
  new Response(body === '' || isBodiless(status) ? null : encoder.encode(body), {
    status,
    headers: headers as [string, string][],
  })

/** Statuses whose Response may have no body, not even an empty one. */
export const isBodiless = (status: number): boolean => status === 204 || status === 205 || status === 304
