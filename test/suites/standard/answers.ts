import type { Answer } from '../../doors.ts'
import { locationOf } from '../answer.ts'
import { callback, issuer, state } from './client.ts'

type Headers = Answer['headers']

const json: Headers = [['content-type', 'application/json; charset=utf-8']]
const unkept: Headers = [
  ['cache-control', 'no-store'],
  ['pragma', 'no-cache'],
]
const challenge: Headers = [['www-authenticate', 'Basic realm="oauth"']]

/** A whole success of the token endpoint. */
export const tokenAnswer = (body: unknown): Answer => ({
  status: 200,
  headers: [...json, ...unkept],
  body: JSON.stringify(body),
})

/** A whole refusal of an endpoint that clients authenticate at. */
export const tokenError = (status: number, error: string, error_description: string, more: Headers = []): Answer => ({
  status,
  headers: [...json, ...unkept, ...more],
  body: JSON.stringify({ error, error_description }),
})

/** A client that is not who it says, wherever it said it. */
export const badClient = (words: string) => tokenError(401, 'invalid_client', words, challenge)
export const badRequest = (words: string) => tokenError(400, 'invalid_request', words)
export const badGrant = (words: string) => tokenError(400, 'invalid_grant', words)

/** Another whole answer in JSON, which may not be kept. */
export const told = (status: number, body: unknown): Answer => ({
  status,
  headers: [...json, ['cache-control', 'no-store']],
  body: JSON.stringify(body),
})

/** A whole answer that anyone may keep. */
export const shown = (status: number, body: unknown, more: Headers = []): Answer => ({
  status,
  headers: [...json, ...more],
  body: JSON.stringify(body),
})

/** A refusal where a bearer token is presented. */
export const bearerError = (error_description: string): Answer =>
  shown(401, { error: 'invalid_token', error_description }, [
    ['www-authenticate', `Bearer error="invalid_token", error_description="${error_description}"`],
  ])

/** The browser sent back to the client. */
export const returned = (parameters: Record<string, string>, to = callback): Answer => ({
  status: 303,
  headers: [
    ['location', `${to}?${new URLSearchParams(parameters)}`],
    ['cache-control', 'no-store'],
  ],
  body: '',
})

/** An error told to the client, with its state and the issuer. */
export const refused = (error: string, error_description: string, to = callback): Answer =>
  returned({ error, error_description, state, iss: issuer }, to)

/** What a person sees on an error page that leads nowhere. */
export const onPage = (answer: Answer) => ({
  status: answer.status,
  location: locationOf(answer),
  error: /<code>(invalid_\w+|unauthorized_\w+)<\/code>/.exec(answer.body)?.[1],
})

/** The same as it is expected. */
export const page = (error: string) => ({ status: 400, location: '', error })
