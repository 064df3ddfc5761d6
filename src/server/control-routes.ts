import { type PersonInput, playBrowser } from '../control/browser.ts'
import {
  type ClientInput,
  findClient,
  listClients,
  registerClient,
  removeClient,
  updateClient,
} from '../control/clients.ts'
import { environmentOf } from '../control/environments.ts'
import { resetWorld } from '../control/faults.ts'
import { listGrants, type Revoker, revokeGrant } from '../control/grants.ts'
import { findLineage } from '../control/lineage.ts'
import { describeNow, describeWithEvidence } from '../control/played.ts'
import { explainRequest, listRequests } from '../control/requests.ts'
import { setRotation } from '../control/rotations.ts'
import { type ClockInput, moveClock, readClock } from '../control/time.ts'
import { type MintInput, mintTokens } from '../control/tokens.ts'
import { findUser, listUsers, registerUser, removeUser, type UserInput, updateUser } from '../control/users.ts'
import { type RotationPolicy, rotationPolicies } from '../vocabulary/rotation.ts'
import { endpointNames } from '../vocabulary/routes.ts'
import { applicationRoutes } from './application-routes.ts'
import type { ControlRoute } from './control-route.ts'
import { faultRoutes } from './fault-routes.ts'
import { keyRoutes } from './key-routes.ts'
import { clientFields, userFields } from './registration-fields.ts'
import { client, object, oneOf, said, text, truth, user } from './schema.ts'
import { snapshotRoutes } from './snapshot-routes.ts'
import { webhookRoutes } from './webhook-routes.ts'
import { worldRoutes } from './world-routes.ts'

const exchangeId = { type: 'string', pattern: '^r[0-9]+$' }
const whichProvider = object({ provider: text })

/** The routes of the control API, in the order of its documentation. */
export const controlRoutes: readonly ControlRoute[] = [
  {
    method: 'GET',
    path: '/health',
    summary: 'Answers when the server is ready',
    open: true,
    answer: () => ({ ready: true }),
  },
  {
    method: 'GET',
    path: '/providers',
    summary: 'Endpoints and credentials of each provider, as in the ready line',
    answer: async (world, { addresses }) =>
      Object.fromEntries(
        await Promise.all(world.environments.map(async (one) => [one.key, await describeNow(world, one, addresses)])),
      ),
  },
  {
    method: 'GET',
    path: '/providers/:id',
    summary: 'One provider, with how each of its values is known',
    answer: (world, { id, addresses }) => describeWithEvidence(world, environmentOf(world, id), addresses),
  },
  {
    method: 'PATCH',
    path: '/providers/:id',
    summary:
      'Sets the rotation policy of a provider, or of one environment, until the next reset; null takes that back',
    body: object({ rotation: said({ type: ['string', 'null'], maxLength: 80 }, rotationPolicies.join(', ')) }),
    answer: (world, { id, body, addresses }) => {
      const { rotation } = body as { rotation?: RotationPolicy | null }
      if (rotation !== undefined) setRotation(world, rotation, id)
      return describeWithEvidence(world, environmentOf(world, id), addresses)
    },
  },
  {
    method: 'POST',
    path: '/authorize',
    summary:
      'Plays the browser: opens an authorization URL or the verification URL of a device, signs in, approves or denies',
    body: object(
      {
        url: said(text, 'as the application would open it, or as the device shows it: verification_uri_complete'),
        decision: said(oneOf('approve', 'deny'), 'default: approve'),
        user: said(text, 'an id or e-mail address; default: whom login_hint names, else the first person'),
        scope: said(text, 'grants only these of the scopes asked for, joined by spaces'),
      },
      ['url'],
    ),
    answer: (world, { body, addresses }) => {
      const { url, ...person } = body as PersonInput & { url: string }
      return playBrowser(world, addresses, url, person)
    },
  },
  {
    method: 'GET',
    path: '/clients',
    summary: 'The registered clients',
    query: whichProvider,
    answer: (world, { query }) => listClients(world, query.provider),
  },
  {
    method: 'POST',
    path: '/clients',
    summary: 'Registers a client, as the provider would; what is left out is made up',
    body: object({ provider: text, id: text, ...clientFields }),
    status: 201,
    answer: (world, { body }) => registerClient(world, body as ClientInput),
  },
  {
    method: 'GET',
    path: '/clients/:id',
    summary: 'One client',
    query: whichProvider,
    answer: (world, { id, query }) => findClient(world, id, query.provider),
  },
  {
    method: 'PATCH',
    path: '/clients/:id',
    summary: 'Changes a client',
    query: whichProvider,
    body: object(clientFields),
    answer: (world, { id, query, body }) =>
      updateClient(world, id, {
        ...(body as ClientInput),
        ...(query.provider && { provider: query.provider }),
      }),
  },
  {
    method: 'DELETE',
    path: '/clients/:id',
    summary: 'Takes a client away; its grants end',
    query: whichProvider,
    answer: (world, { id, query }) => removeClient(world, id, query.provider),
  },
  ...applicationRoutes,
  {
    method: 'GET',
    path: '/users',
    summary: 'The people with an account',
    answer: (world) => listUsers(world),
  },
  {
    method: 'POST',
    path: '/users',
    summary: 'Gives a person an account',
    body: object(userFields),
    status: 201,
    answer: (world, { body }) => registerUser(world, body as UserInput),
  },
  {
    method: 'GET',
    path: '/users/:id',
    summary: 'One person, by id or e-mail address',
    answer: (world, { id }) => findUser(world, id),
  },
  {
    method: 'PATCH',
    path: '/users/:id',
    summary: "Changes a person's account",
    body: object(userFields),
    answer: (world, { id, body }) => updateUser(world, id, body as UserInput),
  },
  {
    method: 'DELETE',
    path: '/users/:id',
    summary: "Takes a person's account away; its grants and sessions end",
    answer: (world, { id }) => removeUser(world, id),
  },
  {
    method: 'GET',
    path: '/clock',
    summary: "The world's time",
    answer: (world) => readClock(world),
  },
  {
    method: 'POST',
    path: '/clock',
    summary: 'Sets, advances, freezes or releases the clock, in this order',
    body: object({
      set: said(text, 'ISO 8601'),
      advance: said(text, '61m, 29d, PT61M'),
      freeze: said(truth, 'true stops the clock, false lets it run'),
    }),
    answer: (world, { body }) => moveClock(world, body as ClockInput),
  },
  {
    method: 'GET',
    path: '/grants',
    summary: 'What is or was connected',
    answer: (world) => listGrants(world),
  },
  {
    method: 'GET',
    path: '/grants/:id',
    summary: 'One grant, with the family tree of its codes and tokens and without secrets',
    answer: (world, { id }) => findLineage(world, id),
  },
  {
    method: 'POST',
    path: '/grants/:id/revoke',
    summary: 'Disconnects: every code and token of the grant dies',
    body: object({ by: oneOf('user', 'client', 'provider') }),
    answer: (world, { id, body }) => revokeGrant(world, id, (body as { by?: Revoker }).by ?? 'provider'),
  },
  ...webhookRoutes,
  ...keyRoutes,
  ...faultRoutes,
  {
    method: 'POST',
    path: '/tokens',
    summary: 'Mints a token pair without a browser',
    body: object({
      provider: text,
      client,
      user,
      scope: said(text, "joined by spaces; default: the client's"),
      accessTokenLifetime: said(text, "61m, PT61M; default: the provider's"),
    }),
    status: 201,
    answer: (world, { body, addresses }) => mintTokens(world, addresses, body as MintInput),
  },
  {
    method: 'GET',
    path: '/requests',
    summary: 'The journal without secrets, oldest first',
    query: object({
      provider: text,
      endpoint: oneOf(...endpointNames),
      since: exchangeId,
    }),
    answer: (world, { query }) => listRequests(world, query),
  },
  {
    method: 'GET',
    path: '/requests/:id/explain',
    summary:
      'Why a request was refused, and what was done to it on purpose; `last` is the last one that was refused or struck',
    answer: (world, { id }) => explainRequest(world, id === 'last' ? undefined : id),
  },
  {
    method: 'POST',
    path: '/reset',
    summary: 'Back to the state just after the start; tells of faults that never fired',
    body: object({ seed: said(text, "in place of the world's") }),
    answer: (world, { body }) => resetWorld(world, (body as { seed?: string }).seed),
  },
  ...snapshotRoutes,
  ...worldRoutes,
]
