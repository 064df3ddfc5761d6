import type { Application, Client } from '../store/store.ts'
import type { AccessRules } from '../vocabulary/access.ts'
import type { Environment } from '../vocabulary/environment.ts'
import { MockOAuthError } from '../vocabulary/misuse.ts'
import type { Plain } from '../vocabulary/plain.ts'
import { checkRedirectUri } from '../world/registration.ts'
import type { World } from '../world/world.ts'
import { type Answers, answerTo, checkAnswers, wordsOf } from './application-answers.ts'
import { registerClient } from './clients.ts'
import { environmentOf } from './environments.ts'

/** An application for access. */
export interface ApplicationInput {
  provider?: string
  /** By the names that the provider's definition gives its questions. */
  answers: Answers
}

/** What a reviewer says: yes, no, or that more has to be known. */
export interface ReviewInput {
  decision: 'approve' | 'reject' | 'ask'
  /** A word to the developer. */
  note?: string
}

/** An application, and what is asked of the developer next: names and words. */
export type ApplicationState = Application & { readonly asks: Readonly<Record<string, string>> }

/** What is handed over at the end. The mock does not encrypt it, whatever key came. */
export type HandedOver = ApplicationState & {
  readonly credentials: Readonly<Record<string, { readonly clientId: string; readonly clientSecret: string }>>
  readonly encrypted: false
}

/** Every application, oldest first. */
export const listApplications = async (world: World): Promise<readonly ApplicationState[]> =>
  (await world.store.listApplications()).map((one) => stateOf(world, one))

/**
 * Submits an application.
 * @throws {MockOAuthError} `unknown_provider`, `invalid_application`
 */
export async function submitApplication(world: World, { provider, answers }: ApplicationInput) {
  const environment = environmentOf(world, provider)
  checkAnswers(accessOf(environment).application, answers)
  const id = `application_${world.chance.ids.string('0123456789abcdef', 16)}`
  return keep(world, { id, environment: environment.key, status: 'submitted', answers })
}

/** @throws {MockOAuthError} `unknown_application` */
export const findApplication = async (world: World, id: string): Promise<ApplicationState> =>
  stateOf(world, await find(world, id))

/**
 * Tells more, after a reviewer asked.
 * @throws {MockOAuthError} `unknown_application`, `application_not_ready`, `invalid_application`
 */
export async function completeApplication(world: World, id: string, answers: Answers) {
  const application = await find(world, id)
  expectStatus(application, ['information_requested'])
  const all = { ...application.answers, ...answers }
  checkAnswers(accessOf(environmentOf(world, application.environment)).application, all)
  return keep(world, { ...application, status: 'submitted', answers: all })
}

/**
 * Reviews an application.
 * @throws {MockOAuthError} `unknown_application`, `application_not_ready`
 */
export async function reviewApplication(world: World, id: string, { decision, note }: ReviewInput) {
  const { note: _, ...application } = await find(world, id)
  expectStatus(application, ['submitted', 'information_requested'])
  const status = ({ approve: 'approved', reject: 'rejected', ask: 'information_requested' } as const)[decision]
  return keep(world, { ...application, status, ...(note === undefined ? {} : { note }) })
}

/**
 * Takes the technical set-up of an approved application, makes its clients and hands their credentials over.
 * @throws {MockOAuthError} `unknown_application`, `application_not_ready`, `invalid_application`, `invalid_client`
 */
export async function setUpApplication(world: World, id: string, setup: Answers): Promise<HandedOver> {
  const application = await find(world, id)
  expectStatus(application, ['approved'])
  const { key, provider, rules } = environmentOf(world, application.environment)
  const access = accessOf({ key, rules })
  checkAnswers(access.setup, setup)
  const name = String(answerTo(access.application, application.answers, 'name') ?? 'Example app')
  const live = [answerTo(access.setup, setup, 'redirectUri') ?? []].flat()
  const test = [answerTo(access.setup, setup, 'testRedirectUris') ?? []].flat()
  // Before the first client is made: all of them come, or none.
  for (const uri of [...live, ...test]) checkRedirectUri(uri)
  // One set-up wins, however many race; one that makes no client leaves the application as it was.
  const claimed = await world.store.putApplication({ ...application, status: 'set_up', setup }, 'approved')
  if (!claimed) expectStatus(await find(world, id), ['approved'])
  const testKey = access.testClientIn === undefined ? undefined : `${provider}:${access.testClientIn}`
  const wanted = [
    { provider: key, name, redirectUris: live },
    ...(testKey === undefined ? [] : [{ provider: testKey, name, redirectUris: test.length > 0 ? test : live }]),
  ]
  const clients: Client[] = []
  try {
    for (const input of wanted) clients.push(await registerClient(world, input))
  } catch (refused) {
    await keep(world, application)
    throw refused
  }
  const done = await keep(world, {
    ...application,
    status: 'set_up',
    setup,
    clients: clients.map(({ environment, id }) => ({ environment, id })),
  })
  const credentials = clients.map(
    ({ environment, id, secret = '' }) => [environment, { clientId: id, clientSecret: secret }] as const,
  )
  return { ...done, credentials: Object.fromEntries(credentials), encrypted: false }
}

type Access = Plain<AccessRules>

function accessOf({ key, rules }: Pick<Environment, 'key' | 'rules'>): Access {
  if (rules.access) return rules.access
  throw new MockOAuthError(
    'invalid_application',
    `${key} takes no applications. ${rules.client.registration} Here: POST /_mock/clients.`,
  )
}

async function find({ store }: World, id: string): Promise<Application> {
  const found = await store.findApplication(id)
  if (found) return found
  const known = (await store.listApplications()).map((one) => one.id).join(', ')
  throw new MockOAuthError('unknown_application', `There is no application "${id}". There are: ${known || 'none'}.`)
}

/** What has to be done next, where something else came. */
const next: Record<Application['status'], string> = {
  submitted: 'Review it: POST /_mock/applications/<id>/review {"decision": "approve"}.',
  information_requested: 'Tell more: POST /_mock/applications/<id> {"answers": …}.',
  approved: 'Set it up: POST /_mock/applications/<id>/setup {"answers": …}.',
  rejected: 'Submit another one: POST /_mock/applications.',
  set_up: 'Its clients are made: GET /_mock/clients.',
}

function expectStatus({ id, status }: Application, expected: readonly Application['status'][]): void {
  if (expected.includes(status)) return
  throw new MockOAuthError(
    'application_not_ready',
    `The application ${id} is ${status}. ${next[status].replace('<id>', id)}`,
  )
}

async function keep(world: World, application: Application): Promise<ApplicationState> {
  await world.store.putApplication(application)
  return stateOf(world, application)
}

function stateOf(world: World, application: Application): ApplicationState {
  const { application: questions, setup } = accessOf(environmentOf(world, application.environment))
  const asked = { information_requested: questions, approved: setup }
  const { status } = application
  return {
    ...application,
    asks: wordsOf(status === 'information_requested' || status === 'approved' ? asked[status] : {}),
  }
}
