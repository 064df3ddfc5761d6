import type { Graded } from './evidence.ts'

/** What a developer is asked on the way to credentials. */
export interface Question {
  readonly words: string
  /**
   * What will do for an answer.
   *
   * - `name`: text, which also names the client
   * - `link`: an http or https URL
   * - `redirectUri`: where the production client sends people back to
   * - `testRedirectUris`: the same for the test client, any number; without one it has the production client's
   * - `publicKey`: an armored OpenPGP public key
   */
  readonly answer: 'text' | 'name' | 'link' | 'redirectUri' | 'testRedirectUris' | 'publicKey'
}

/** How a developer comes by credentials: an application is submitted and reviewed, then the technical set-up is told. */
export interface AccessRules {
  /** What the application asks for, by name. */
  application: Readonly<Record<string, Graded<Question>>>
  /** What is asked for once it is approved. */
  setup: Readonly<Record<string, Graded<Question>>>
  /** The environment for which a test client is handed over as well. */
  testClientIn?: Graded<string>
}

/** A question that takes any text. */
export const asksFor = (words: string, answer: Question['answer'] = 'text'): Question => ({ words, answer })
