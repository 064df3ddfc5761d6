import type { Answers } from '../control/application-answers.ts'
import {
  type ApplicationInput,
  completeApplication,
  findApplication,
  listApplications,
  type ReviewInput,
  reviewApplication,
  setUpApplication,
  submitApplication,
} from '../control/applications.ts'
import type { ControlRoute } from './control-route.ts'
import { list, object, oneOf, text } from './schema.ts'

const answers = { type: 'object', additionalProperties: { anyOf: [text, list(text)] } }
const told = (body: object) => (body as { answers: Answers }).answers

/** Requesting access, for providers whose credentials are applied for. */
export const applicationRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/applications',
    summary: 'The applications for access, and what each asks for next',
    answer: (world) => listApplications(world),
  },
  {
    method: 'POST',
    path: '/applications',
    summary: 'Submits an application for access',
    body: object({ provider: text, answers }, ['answers']),
    status: 201,
    answer: (world, { body }) => submitApplication(world, body as ApplicationInput),
  },
  {
    method: 'GET',
    path: '/applications/:id',
    summary: 'One application',
    answer: (world, { id }) => findApplication(world, id),
  },
  {
    method: 'POST',
    path: '/applications/:id',
    summary: 'Tells more, after a reviewer asked',
    body: object({ answers }, ['answers']),
    answer: (world, { id, body }) => completeApplication(world, id, told(body)),
  },
  {
    method: 'POST',
    path: '/applications/:id/review',
    summary: 'Approves, rejects, or asks for more',
    body: object({ decision: oneOf('approve', 'reject', 'ask'), note: text }, ['decision']),
    answer: (world, { id, body }) => reviewApplication(world, id, body as ReviewInput),
  },
  {
    method: 'POST',
    path: '/applications/:id/setup',
    summary: 'Takes the technical set-up and hands the credentials over, unencrypted',
    body: object({ answers }, ['answers']),
    answer: (world, { id, body }) => setUpApplication(world, id, told(body)),
  },
]
