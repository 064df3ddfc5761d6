import {
  alphanumeric,
  any2xx,
  assumed,
  joined,
  observed,
  retriesEvery,
  seconds,
  signedBody,
  theClientId,
  theEventId,
  theEventTime,
  theScopeByCommas,
} from '../../define.ts'
import { theAccount } from './account.ts'

/** The authorization that has ended, as the API writes objects. */
const endedAuthorization = {
  object: 'authorization',
  account_id: theAccount,
  app_id: theClientId,
  scope: theScopeByCommas,
  revoked_at: theEventTime,
} as const
const event = { id: theEventId, object: 'event', type: 'oauth.authorization.revoked' } as const

/** Revoking a token: what the platform is told. */
export const webhooks = {
  events: {
    'oauth.authorization.revoked': {
      when: assumed('disconnected', {
        because:
          'the page names the event where the API revokes; the two pages for people are taken to send it as well',
      }),
      body: assumed(
        { ...event, data: { object: endedAuthorization } },
        {
          because: 'nobody shows this body; the envelope is the one that a live receiver reads',
          as: 'webhook-body',
          otherwise: { flat: { ...event, data: endedAuthorization } },
        },
      ),
    },
  },
  eventId: assumed(joined('evt_', alphanumeric(13)), {
    because: 'the prefix is in a live receiver; the length is ours',
  }),
  secret: assumed(alphanumeric(32), { because: 'nobody shows one' }),
  signature: observed(signedBody('fx-signature'), 'a live receiver and its tests'),
  received: observed(any2xx, 'a live receiver: what is no 2xx counts towards the pause'),
  answerWithin: assumed(seconds(10), { because: 'nobody says how long an answer is waited for' }),
  retries: observed(retriesEvery(seconds(3), 9), 'a live receiver; nine, since ten attempts in vain end in the pause'),
  // How it is taken up again is not known: here by registering the receiver anew, or by a redelivery that is received.
  pausedAfter: observed(10, 'a live receiver'),
} as const
