/** A request as plain data. Header names are lower case; `url` is absolute and the provider's own. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: string
}

/** What a form on a page posts to a client by itself (OAuth 2.0 Form Post Response Mode). */
export interface PostedAnswer {
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
}

/** An answer as plain data. */
export interface HttpResponse {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
}
