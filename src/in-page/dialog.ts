import { style } from '../pages/style.ts'
import type { Words } from '../pages/words.ts'
import type { Pen } from './pen.ts'

/** What a dialog is about. */
export interface DialogFrame {
  /** The provider's name. */
  readonly provider: string
  readonly words: Words
  readonly title: string | Node
}

/** The pages' own style within a shadow root, and what a dialog has besides. */
const dialogStyle = `${style.replaceAll(':root', ':host')}
dialog{width:min(30rem,calc(100vw - 2rem));max-height:calc(100dvh - 2rem);padding:0;overflow:auto;border:1px solid var(--line);border-radius:.75rem;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif;overflow-wrap:anywhere;box-shadow:0 1rem 3rem #0006}
dialog::backdrop{background:#10171db3}
header{position:sticky;top:0;z-index:1}
main{max-width:none;margin:0;padding:1.5rem;border:0;border-radius:0}
fieldset{margin:1.5rem 0 0;padding:0;border:0}
legend{padding:0;margin-bottom:.625rem;font-size:.875rem;font-weight:600;color:var(--soft)}
label.choice{display:flex;gap:.75rem;align-items:start;margin:0 0 .5rem;padding:.625rem .875rem;border:1px solid var(--line);border-radius:.5rem;font-weight:400;cursor:pointer}
label.choice:hover{background:var(--hover)}
label.choice:has(:checked){border-color:var(--accent)}
label.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice input{flex:none;width:1.125rem;min-height:0;height:1.125rem;margin:.1875rem 0 0;accent-color:var(--accent);outline:none}
.choice span{display:block}
.choice span>:first-child{font-weight:600}
`

/**
 * Shows a modal dialog in a shadow root of its own, above whatever the page shows.
 * @param content a form in it closes it by the value of a button
 * @returns that value; empty where the dialog was closed without one
 */
export function showDialog(
  { document, make }: Pen,
  { provider, words, title }: DialogFrame,
  ...content: readonly Node[]
): Promise<string> {
  const host = make('div', { lang: words.language })
  const root = host.attachShadow({ mode: 'open' })
  // Made by the window that it is for. A strict Content-Security-Policy lets it pass, and would not a <style>.
  const sheet = new (document.defaultView ?? window).CSSStyleSheet()
  sheet.replaceSync(dialogStyle)
  root.adoptedStyleSheets = [sheet]
  const mark = make('p', {}, make('strong', {}, words.mock), ` ${words.playing(provider)} ${words.notReal(provider)}`)
  const heading = make('h1', { id: 'title' }, title)
  const dialog = make('dialog', {}, make('header', {}, mark), make('main', {}, heading, ...content))
  dialog.setAttribute('aria-labelledby', heading.id)
  root.append(dialog)
  document.body.append(host)
  return new Promise((closed) => {
    dialog.addEventListener('close', () => {
      host.remove()
      closed(dialog.returnValue)
    })
    dialog.showModal()
  })
}
