import type { PersonInput } from '../control/browser.ts'
import type { ConsentAsked } from '../control/consent-asked.ts'
import type { Pen } from './pen.ts'

/** A form that asks who answers and for which scopes; its buttons have the values `approve` and `deny`. */
export function consentForm(pen: Pen, { people, scopes, words }: ConsentAsked): HTMLFormElement {
  const { make } = pen
  const approve = make('button', { value: 'approve', className: 'primary' }, words.approve)
  const deny = make('button', { value: 'deny' }, words.deny)
  const persons = people.map(({ id, name, email, company }, i) =>
    choice(pen, { type: 'radio', name: 'user', value: id, checked: i === 0 }, name, `${email} · ${company}`),
  )
  const ticks = scopes.map(({ name, words }) =>
    choice(pen, { type: 'checkbox', name: 'scope', value: name, checked: true }, ...(words ? [words, name] : [name])),
  )
  const form = make(
    'form',
    { method: 'dialog' },
    make('fieldset', {}, make('legend', {}, words.account), ...persons),
    ...(ticks.length > 0 ? [make('fieldset', {}, make('legend', {}, words.permissions), ...ticks)] : []),
    make('div', { className: 'actions' }, approve, deny),
  )
  // To grant nothing at all is to deny.
  form.addEventListener('change', () => {
    approve.disabled = scopes.length > 0 && !new FormData(form).has('scope')
  })
  return form
}

/** What the person has chosen in the form. */
export function chosenIn(form: HTMLFormElement, decision: 'approve' | 'deny', { scopes }: ConsentAsked): PersonInput {
  const chosen = new FormData(form)
  const user = chosen.get('user')
  const granted = chosen.getAll('scope')
  return {
    decision,
    ...(typeof user === 'string' && { user }),
    ...(granted.length > 0 && granted.length < scopes.length && { scope: granted.join(' ') }),
  }
}

/** A radio button or checkbox with its lines of text, the first of which says the most. */
const choice = ({ make }: Pen, input: Partial<HTMLInputElement>, ...[first = '', ...more]: readonly string[]) =>
  make(
    'label',
    { className: 'choice' },
    make('input', input),
    make('span', {}, make('span', {}, first), ...more.map((text) => make('span', { className: 'soft' }, text))),
  )
