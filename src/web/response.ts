import type { HttpResponse } from '../vocabulary/wire.ts'

/** An answer as a web Response. */
export const responseOf = ({ status, headers, body }: HttpResponse): Response =>
  new Response(isBodiless(status) ? null : body, { status, headers: headers as [string, string][] })

/** Statuses whose Response may have no body, not even an empty one. */
const isBodiless = (status: number) => status === 204 || status === 205 || status === 304
