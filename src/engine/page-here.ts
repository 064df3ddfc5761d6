import type { Visit } from './visit.ts'

/** A page's URL at the host that the browser is on, where the provider has it there; else its own. Cookies stay with a host. */
export function pageHere({ environment, url }: Pick<Visit, 'environment' | 'url'>, page: string): string {
  const here = new URL(url).origin + new URL(page).pathname
  return environment.routes.has(here) ? here : page
}
