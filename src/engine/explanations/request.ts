import { type Rule, says } from './rule.ts'

/** What is wrong with a request that cannot be read. */
export const requestExplanations = {
  method_not_allowed: says(
    'Each endpoint takes the methods it is documented with.',
    'RFC 9110 §15.5.6',
    'Send the request with the method that the Allow header names.',
  ),
  body_too_large: says(
    'A body is at most 1 MB; of an authorization request, as much as a URL holds.',
    'RFC 9110 §15.5.14',
    'Send the parameters only.',
  ),
  body_unreadable: says(
    'The body is written as its Content-Type says.',
    'RFC 6749 §3.2',
    'Send UTF-8, as a form or as one flat JSON object.',
  ),
  media_type_unsupported: says(
    'The token endpoint reads the documented encodings only.',
    'RFC 6749 §3.2',
    'Set the Content-Type of the body.',
  ),
  parameter_repeated: says('A parameter is sent at most once.', 'RFC 6749 §3.1, §3.2', 'Remove the second one.'),
  parameter_malformed: says('Parameters are strings.', 'RFC 6749 Appendix A', 'Send a string, not an object or list.'),
} as const satisfies Readonly<Record<string, Rule>>
