import type { Explanation } from '../engine/explain.ts'
import { wordsIn } from '../pages/words.ts'
import { showDialog } from './dialog.ts'
import { type Pen, penFor } from './pen.ts'

const words = wordsIn('en')

/** What is told of a request that the provider answers by its error page. */
export type Told = Pick<Explanation, 'rule' | 'expected' | 'came' | 'fix'>

/** Shows why the provider leads nowhere, as its error page would. */
export async function showRefusal(document: Document, provider: string, { rule, expected, came, fix }: Told) {
  const pen = penFor(document)
  const { make } = pen
  const fact = (name: string, value: string | undefined) =>
    value === undefined ? [] : [make('dt', {}, name), make('dd', {}, make('code', {}, value))]
  const facts = [...fact(words.came, came), ...fact(words.expected, expected)]
  await showDialog(
    pen,
    { provider, words, title: words.refused },
    ...(rule === undefined ? [] : [make('p', {}, rule)]),
    ...(facts.length === 0 ? [] : [make('dl', {}, ...facts)]),
    ...(fix === undefined ? [] : [make('h2', {}, words.howToFix), make('p', {}, fix)]),
    wayBack(pen),
  )
}

/** Shows that the person has signed out, as the provider's page does that leads nowhere. */
export async function showSignedOut(document: Document, provider: string) {
  const pen = penFor(document)
  const said = pen.make('p', {}, words.stillConnected)
  await showDialog(pen, { provider, words, title: words.signedOut }, said, wayBack(pen))
}

const wayBack = ({ make }: Pen) =>
  make('form', { method: 'dialog' }, make('button', { className: 'primary below' }, words.backToApplication))
