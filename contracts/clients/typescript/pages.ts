import type { CallbackAnswer, HttpSeen } from 'mock-oauth/contract'

/** What the browser gets. No scripts, nothing from elsewhere, nothing that is not escaped. */

const headers = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'",
  // The login is over, and with it the cookie that tied it to this browser.
  'set-cookie': '__Host-login=; Max-Age=0; Path=/; HttpOnly; Secure; SameSite=Lax',
}

const words: Readonly<Record<Exclude<CallbackAnswer['outcome'], 'connected'>, string>> = {
  denied: 'You did not give access. Nothing was connected; you can start again at any time.',
  rejected: 'This is not the answer to a login that was started in this browser. Please start again.',
  failed: 'The account could not be connected. Please start again.',
}

/** @param reason as it came, whoever wrote it */
export function pageFor(outcome: CallbackAnswer['outcome'], reason = ''): HttpSeen {
  // The code stands in this URL, which is left at once, and never for a place that a parameter names.
  if (outcome === 'connected') return { status: 303, headers: { ...headers, location: '/connections' }, body: '' }
  const body = `<!doctype html><title>Not connected</title><h1>Not connected</h1><p>${words[outcome]}</p><p>${escapeHtml(reason)}</p>`
  return { status: outcome === 'denied' ? 200 : 400, headers, body }
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

const escapeHtml = (text: string) => text.slice(0, 200).replace(/[&<>"']/g, (character) => entities[character] ?? '')
