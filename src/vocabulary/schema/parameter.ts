import type { ParameterRule } from '../parameter.ts'
import { count, oneOf, optional, recordOf, type Schema, section, text, valueThat } from './section.ts'

const yes: Schema<true> = valueThat('true, or nothing', (value) => value === true)

/** The parameters of a request, by name. */
export const parameters = recordOf(
  'an object of parameters by name',
  section<ParameterRule>(
    {
      words: text,
      presence: oneOf<ParameterRule['presence']>({
        required: 1,
        requiredOfConfidential: 1,
        optional: 1,
        ignored: 1,
        refused: 1,
      }),
      exactly: optional(text),
      sameAsAuthorized: optional(yes),
      withinGranted: optional(yes),
      atLeast: optional(count),
    },
    "a parameter's rule: required, optional, ignored, exactly('…')",
  ),
)
