import {
  alphanumeric,
  any2xx,
  assumed,
  days,
  decimal,
  documented,
  hexadecimal,
  hours,
  joined,
  minutes,
  observed,
  ownValue,
  retriesAfter,
  retriesEvery,
  seconds,
  signedBody,
  signedManifest,
  statuses,
  theAccountId,
  theAccountNumber,
  theClientId,
  theEventId,
  theEventNumber,
  theEventSecond,
  theEventTime,
  theOwnerNumber,
  theScopeByCommas,
  unsigned,
} from 'mock-oauth/define'

const theFinexerAccount = ownValue('account', 'acc_ and 13 letters and digits', (chance) =>
  joined('acc_', alphanumeric(13)).make({ chance, now: 0 }),
)

/** The authorization that has ended, as the API writes objects. */
const endedAuthorization = {
  object: 'authorization',
  account_id: theFinexerAccount,
  app_id: theClientId,
  scope: theScopeByCommas,
  revoked_at: theEventTime,
} as const
const event = { id: theEventId, object: 'event', type: 'oauth.authorization.revoked' } as const

export const finexerWebhooks = {
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

const linkOf = (action: string, user: typeof theOwnerNumber) =>
  ({
    action,
    api_version: 'v1',
    application_id: theClientId,
    data: { id: theAccountId },
    date_created: theEventSecond,
    id: theEventNumber,
    live_mode: true,
    type: 'mp-connect',
    user_id: user,
  }) as const

const notification = (action: string) => ({
  query: observed(
    { 'data.id': theAccountId, type: 'mp-connect' },
    'public receivers, and the template of the signature',
  ),
  body: assumed(linkOf(action, theOwnerNumber), {
    because:
      'the page names type, action and data.id; the rest is as in the test of the panel and in other notifications',
    as: 'notification-user',
    otherwise: { seller: linkOf(action, theAccountNumber) },
  }),
})

export const mercadoPagoWebhooks = {
  events: {
    'application.authorized': { when: 'connected', ...notification('application.authorized') },
    'application.deauthorized': { when: 'disconnected', ...notification('application.deauthorized') },
  },
  eventId: assumed(decimal(12), { because: 'the samples have five digits and more' }),
  secret: assumed(hexadecimal(64), { because: 'the panel makes it; nobody shows one' }),
  signature: assumed(unsigned, { because: 'no document of that time speaks of a signature' }),
  received: documented(statuses(200, 201), 'the guide to notifications'),
  answerWithin: documented(seconds(22), 'the guide to notifications of 2021'),
  retryAnswerWithin: documented(seconds(5), 'the guide to notifications of 2021'),
  retries: documented(
    retriesAfter(minutes(5), minutes(45), hours(6), days(2), days(4)),
    'the guide to notifications of 2021',
  ),
  // The button "Test" of the panel.
  test: observed(
    {
      query: { 'data.id': '123456', type: 'mp-connect' },
      body: {
        action: 'application.authorized',
        api_version: 'v1',
        data: { id: '123456' },
        date_created: '2021-11-01T02:02:02Z',
        id: '123456',
        live_mode: false,
        type: 'mp-connect',
        user_id: 176611236,
      },
    },
    'three integrations that kept what the button sent',
  ),
} as const

const { retryAnswerWithin: _, ...unchanged } = mercadoPagoWebhooks

export const mercadoPago2024Webhooks = {
  ...unchanged,
  requestIdHeader: documented('x-request-id', 'the guide to notifications'),
  signature: documented(
    signedManifest('x-signature', 'seconds'),
    'the guide to notifications and the official SDKs, which do not agree on the unit',
    {
      as: 'signature-time',
      otherwise: { milliseconds: signedManifest('x-signature', 'milliseconds') },
    },
  ),
  retries: assumed(retriesAfter(minutes(15), minutes(30), hours(2), hours(8), days(1)), {
    because:
      'the guide says every 15 minutes, and longer after the third attempt; how much longer and how often is ours',
  }),
} as const
