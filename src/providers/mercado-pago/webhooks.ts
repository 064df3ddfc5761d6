import {
  assumed,
  days,
  decimal,
  documented,
  hexadecimal,
  hours,
  minutes,
  observed,
  retriesAfter,
  seconds,
  signedManifest,
  statuses,
  theAccountId,
  theAccountNumber,
  theClientId,
  theEventNumber,
  theEventSecond,
  theOwnerNumber,
  unsigned,
} from '../../define.ts'

const seen = 'the test of the panel'

const notification = (action: string) => ({
  query: observed(
    { 'data.id': theAccountId, type: 'mp-connect' },
    'public receivers, and the template of the signature',
  ),
  // The page names type, action and data.id; the order is that of the test of the panel.
  body: {
    action,
    api_version: observed('v1', seen),
    application_id: observed(theClientId, 'notifications of other types'),
    data: { id: theAccountId },
    date_created: observed(theEventSecond, seen),
    id: documented(theEventNumber, 'the guide to notifications: a number; the test of the panel has a string'),
    live_mode: assumed(true, { because: 'the test of the panel says false; links are made in production mode' }),
    type: 'mp-connect',
    user_id: documented(theOwnerNumber, 'the guide to notifications: the vendor, who here owns the application', {
      as: 'notification-user',
      otherwise: { seller: theAccountNumber },
    }),
  },
})

/** Set up notifications. The page of 2021, and what the guide to notifications said at that time. */
export const webhooks = {
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

const { retryAnswerWithin: _, ...unchanged } = webhooks

/** The same as the guide to notifications has it since 2024: signed, and tried again at other times. */
export const webhooks2024 = {
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
