import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Received } from './receiver.ts'

const hmac = (secret: string, text: string) => createHmac('sha256', secret).update(text).digest('hex')
const isEqual = (one: string, other: string) =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))

/** Whether a delivery is signed with a secret, as a client of each provider finds out. */
export const verifies: Readonly<Record<string, (received: Received | undefined, secret: string) => boolean>> = {
  finexer(received, secret) {
    const [, t, s = ''] = /^t=([^;]+);s=([0-9a-f]{64})$/.exec(String(received?.headers['fx-signature'])) ?? []
    return isEqual(s, hmac(secret, `${t}.${received?.body}`))
  },
  'mercado-pago@2024'(received, secret) {
    const [, ts, v1 = ''] = /^ts=(\d+),v1=([0-9a-f]{64})$/.exec(String(received?.headers['x-signature'])) ?? []
    const id = new URLSearchParams(received?.target.split('?')[1]).get('data.id')
    return isEqual(v1, hmac(secret, `id:${id};request-id:${received?.headers['x-request-id']};ts:${ts};`))
  },
}

/** The header that carries the signature. */
export const signatureHeader: Readonly<Record<string, string>> = {
  finexer: 'fx-signature',
  'mercado-pago@2024': 'x-signature',
}
