import { html, raw } from 'hono/html'
import { visible } from './visible.ts'

/** XML whose values have been escaped: HTML and XML escape the same five signs by the same references. */
export type Xml = ReturnType<typeof html>

/** Text that XML 1.0 can hold: some signs it cannot, however they are written. */
const xmlText = (text: string): string => visible(text).replace(/\p{Cs}|[\ufffe\uffff]/gu, '\ufffd')

/** An element. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number>>,
  ...content: readonly (Xml | string)[]
): Xml {
  const told = Object.entries(attributes).map(([key, value]) => html` ${raw(key)}="${xmlText(String(value))}"`)
  const inside = content.map((one) => (typeof one === 'string' ? html`${xmlText(one)}` : one))
  return inside.length === 0 ? html`<${raw(name)}${told}/>` : html`<${raw(name)}${told}>${inside}</${raw(name)}>`
}
