import type { Answer, Init } from '../doors.ts'

const form = { 'content-type': 'application/x-www-form-urlencoded' }

/** Opens a page, or sends a form to it. */
export type Go = (url: string, post?: Record<string, string>) => Promise<Answer>

/** A browser without scripts: it keeps cookies and sends forms. */
export function browse({ request }: { request(url: string, init?: Init): Promise<Answer> }): Go {
  const jar = new Map<string, string>()
  return async (url, post) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const body = new URLSearchParams(post).toString()
    const init = post ? { method: 'POST', body, headers: { ...form, cookie } } : { headers: { cookie } }
    const answer = await request(url, init)
    for (const [name, value] of answer.headers) {
      const [, key, kept] = (name === 'set-cookie' && /^([^=]+)=([^;]*)/.exec(value)) || []
      if (key !== undefined) jar.set(key, kept ?? '')
    }
    return answer
  }
}

/** The value of a hidden field. */
export const hidden = (html: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? ''
