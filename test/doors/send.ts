import type { ClientRequest, IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import type { Answer } from './door.ts'

const ofTheConnection = new Set(['connection', 'keep-alive', 'content-length', 'transfer-encoding'])

/** Sends a request with its body, and reads the answer as it came. */
export async function sent(request: ClientRequest, body = ''): Promise<Answer> {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    request.on('response', resolve).on('error', reject).end(body)
  })
  return { status: answer.statusCode ?? 0, headers: headersOf(answer), body: await text(answer) }
}

function headersOf({ rawHeaders }: IncomingMessage): Answer['headers'] {
  const pairs: Answer['headers'] = []
  for (let i = 0; i < rawHeaders.length; i += 2) pairs.push([rawHeaders[i] ?? '', rawHeaders[i + 1] ?? ''])
  return pairs.filter(([name]) => !ofTheConnection.has(name.toLowerCase()))
}

/** The parts of a provider's own URL, as they stand there. */
export function partsOf(url: string): { host: string; target: string } {
  const [, host = '', target = '/'] = /^https:\/\/([^/?]+)(.*)$/s.exec(url) ?? []
  return { host, target: target.startsWith('/') ? target : `/${target}` }
}
