import { redirect } from './answers.ts'
import type { Outcome, Visit } from './visit.ts'

/**
 * Answers a form that another site had the browser post by sending it to the same place by GET, with what it holds as the query. Browsers bring the
 * session's cookie along when they are sent, not when another site's form posts.
 */
export const byGet = ({ address, url }: Visit, query: string): Outcome => ({
  response: redirect(query === '' ? address.publicUrl(url) : `${address.publicUrl(url)}?${query}`, [], 303),
})
