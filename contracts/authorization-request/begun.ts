import type { Evidence } from '../../src/contract/evidence.ts'
import { stepsOf } from '../../src/contract/reading.ts'

/** Where the client sent its browsers, in order; under a mark alone where one is named. What is no URL is left out. */
export const begun = (evidence: Evidence, mark?: string): readonly URL[] =>
  stepsOf(evidence, 'begin', mark).flatMap(({ answer }) =>
    answer && URL.canParse(answer.url) ? [new URL(answer.url)] : [],
  )

/** Why an authorization request is not judged, if so. */
export const unbegun = (evidence: Evidence): string | undefined =>
  begun(evidence).length > 0 ? undefined : 'begin answered no URL'
