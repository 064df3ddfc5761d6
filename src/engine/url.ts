/** A URL or path without its query, and the query without `?`. */
export function splitUrl(whole: string): { url: string; query: string } {
  const question = whole.indexOf('?')
  return question < 0 ? { url: whole, query: '' } : { url: whole.slice(0, question), query: whole.slice(question + 1) }
}
