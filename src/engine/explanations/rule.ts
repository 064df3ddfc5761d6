/** A rule of the protocol in words, where it is written, and what usually mends a breach. */
export interface Rule {
  readonly rule: string
  readonly source: string
  readonly fix: string
}

/** Makes a rule. */
export const says = (rule: string, source: string, fix: string): Rule => ({ rule, source, fix })
