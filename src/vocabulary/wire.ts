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
  /** How it goes to the client, where that is not as usual. A door does it, or says plainly that it cannot. */
  readonly delivery?: Delivery
}

/** What happens to an answer on its way. */
export interface Delivery {
  /** The connection is reset, and nothing is sent. */
  readonly drop?: true
  /** Nothing is sent, and the connection stays open as long as the client keeps it. */
  readonly hang?: true
  /** The connection breaks off after so many bytes of the body. */
  readonly truncateAt?: number
  /** Real milliseconds before the first byte. */
  readonly delayMs?: number
  readonly bytesPerSecond?: number
  /** The connection is closed behind the answer, unannounced. */
  readonly closeAfter?: true
}
