import type { Question } from '../vocabulary/access.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'

/** What a developer answers, by the question's name. */
export type Answers = Readonly<Record<string, string | readonly string[]>>

type Questions = Readonly<Record<string, Question>>

const isLink = (text: string) => /^https?:\/\/\S+$/.test(text) && URL.canParse(text)

/** Whether an answer will do, and what it should have been. */
const kinds: Record<Question['answer'], { fits(answer: Answers[string]): boolean; expected: string }> = {
  text: { fits: (answer) => typeof answer === 'string' && answer.trim() !== '', expected: 'some text' },
  name: { fits: (answer) => typeof answer === 'string' && answer.trim() !== '', expected: 'a name' },
  link: { fits: (answer) => typeof answer === 'string' && isLink(answer), expected: 'a link, https://…' },
  redirectUri: { fits: (answer) => typeof answer === 'string' && URL.canParse(answer), expected: 'an absolute URI' },
  testRedirectUris: {
    fits: (answer) => typeof answer !== 'string' && answer.every((uri) => URL.canParse(uri)),
    expected: 'a list of absolute URIs',
  },
  publicKey: {
    fits: (answer) => typeof answer === 'string' && answer.trim().startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----'),
    expected: 'an armored key, -----BEGIN PGP PUBLIC KEY BLOCK-----…',
  },
}

/** Questions in words, by name, to be told to a developer. */
export const wordsOf = (questions: Questions): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(questions).map(([name, { words }]) => [name, words]))

/**
 * Refuses answers that are missing, not asked for, or not what was asked.
 * @throws {MockOAuthError} `invalid_application`
 */
export function checkAnswers(questions: Questions, answers: Answers): void {
  const missing = Object.entries(questions).filter(
    ([name, { answer }]) => answer !== 'testRedirectUris' && !Object.hasOwn(answers, name),
  )
  const faults = [
    ...(missing.length > 0 ? [`missing: ${missing.map(([name, { words }]) => `${name} (${words})`).join(', ')}`] : []),
    ...Object.entries(answers).flatMap(([name, answer]) => {
      const question = Object.hasOwn(questions, name) ? questions[name] : undefined
      if (!question) return [`not asked for: ${name}`]
      const { fits, expected } = kinds[question.answer]
      return fits(answer) ? [] : [`${name} should be ${expected}`]
    }),
  ]
  if (faults.length > 0)
    throw new MockOAuthError('invalid_application', `The answers are not complete. ${faults.join('; ')}.`)
}

/** The answer to the question of a kind. */
export function answerTo(
  questions: Questions,
  answers: Answers,
  kind: Question['answer'],
): Answers[string] | undefined {
  const name = Object.keys(questions).find((one) => questions[one]?.answer === kind)
  return name === undefined ? undefined : answers[name]
}
