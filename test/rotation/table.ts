import { readFileSync } from 'node:fs'
import { root } from '../cli/command.ts'

const acts = [
  'first use',
  'again at once',
  'a third time at once',
  'again later',
  'use of the new one',
  'the old one after that',
  'revocation',
] as const
const answers = [
  'a new pair',
  'the same pair',
  'an access token',
  'an access token, the old refresh token',
  'refused',
  'done',
  '–',
] as const
const states = {
  old: ['works', 'ended', '–'],
  access: ['lives or dies', 'ended', '–'],
  family: ['stands', 'ends', '–'],
} as const

/** What somebody does with the tokens of a new authorization. */
export type Act = (typeof acts)[number]
/** What comes of it. */
export type Answer = (typeof answers)[number]

/** One row of the table of policies: what an act brings, and what is true afterwards. */
export interface Row {
  readonly policy: string
  readonly act: Act
  readonly answer: Answer
  readonly old: (typeof states.old)[number]
  readonly access: (typeof states.access)[number]
  readonly family: (typeof states.family)[number]
}

const page = readFileSync(`${root}docs/rotation.md`, 'utf8')

/** The rows of the table with this first heading, cell by cell. */
export function rowsUnder(heading: string): string[][] {
  const [, below = ''] = page.split(`\n| ${heading} |`)
  const lines = below.split('\n\n')[0]?.split('\n').slice(2) ?? []
  return lines.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  )
}

/** A word that a column may hold. */
function word<const W extends string>(words: readonly W[], cell = '', row: readonly string[]): W {
  const found = words.find((one) => one === cell)
  if (found === undefined) throw new Error(`"${cell}" in "${row.join(' | ')}" is none of ${words.join(' · ')}`)
  return found
}

/** The table of policies; a cell that nobody understands is an error. */
export const policyTable = (): Row[] =>
  rowsUnder('Policy').map((row) => {
    const [policy = '', act, answer, old, access, family, ...more] = row
    if (more.length > 0 || !/^`[^`]+`$/.test(policy)) throw new Error(`"${row.join(' | ')}" is no row of policies`)
    return {
      policy: policy.slice(1, -1),
      act: word(acts, act, row),
      answer: word(answers, answer, row),
      old: word(states.old, old, row),
      access: word(states.access, access, row),
      family: word(states.family, family, row),
    }
  })

/** Each act that a policy has a row for. */
export const everyAct: readonly Act[] = acts
