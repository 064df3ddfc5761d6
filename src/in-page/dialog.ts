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
.mark{position:sticky;top:0;z-index:1;margin:0;padding:.625rem 1rem;border-bottom:1px solid var(--line);background:var(--mark);color:var(--on-mark);font-size:.875rem;text-align:center}
.mark strong{margin-right:.25rem;padding:.125rem .5rem;border:1px solid;border-radius:1rem;font-size:.75rem;text-transform:uppercase;letter-spacing:.06em}
.sheet{padding:1.25rem 1.5rem 1.5rem}
fieldset{min-width:0;margin:1.25rem 0 0;padding:0;border:0}
legend{padding:0;margin-bottom:.625rem;font-size:.875rem;font-weight:600;color:var(--soft)}
label.choice{display:flex;gap:.75rem;align-items:start;margin:0 0 .5rem;padding:.5rem .875rem;border:1px solid var(--line);border-radius:.5rem;font-weight:400;cursor:pointer}
label.choice:hover{background:var(--hover)}
label.choice:has(:checked){border-color:var(--accent)}
label.choice:has(:focus-visible){outline:3px solid var(--accent);outline-offset:2px}
.choice input{flex:none;width:1.125rem;min-height:0;height:1.125rem;margin:.1875rem 0 0;accent-color:var(--accent);outline:none}
.choice span{display:block}
.choice span>:first-child{font-weight:600}
.choice .soft{line-height:1.4}
.actions{position:sticky;bottom:0;margin:1.25rem -1.5rem -1.5rem;padding:1rem 1.5rem;border-top:1px solid var(--line);background:var(--paper)}
button:disabled{border-color:var(--line);background:var(--hover);color:var(--soft);cursor:default}
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
  const said = ` ${words.playing(provider)} ${words.notReal(provider)}`
  const mark = make('p', { className: 'mark' }, make('strong', {}, words.mock), said)
  const heading = make('h1', { id: 'title' }, title)
  const dialog = make('dialog', {}, mark, make('div', { className: 'sheet' }, heading, ...content))
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
