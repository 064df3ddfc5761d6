import {
  assumed,
  charactersOf,
  type DeviceRules,
  exactly,
  joined,
  standard as laidDown,
  minutes,
  optional,
  required,
  seconds,
} from '../../define.ts'
import { opaque, tokens } from './tokens.ts'

/** RFC 8628, in its order. */
export const device = {
  at: assumed('POST https://standard.example/device_authorization', {
    because: 'the path of the example in RFC 8628 §3.1',
  }),
  parameters: { scope: laidDown(optional, 'RFC 8628 §3.1') },
  verification: assumed('GET https://standard.example/device', {
    because: 'the path of the example in RFC 8628 §3.2',
  }),
  deviceCode: opaque('RFC 8628 §5.2 wants it hard to guess'),
  userCode: assumed(joined(charactersOf('BCDFGHJKLMNPQRSTVWXZ', 4), '-', charactersOf('BCDFGHJKLMNPQRSTVWXZ', 4)), {
    because: 'the example of RFC 8628 §6.1: eight letters of twenty',
  }),
  lifetime: assumed(minutes(30), { because: 'the example of RFC 8628 §3.2' }),
  interval: laidDown(seconds(5), 'RFC 8628 §3.2, the default'),
  grant: {
    parameters: {
      grant_type: laidDown(exactly('urn:ietf:params:oauth:grant-type:device_code'), 'RFC 8628 §3.4'),
      device_code: laidDown(required, 'RFC 8628 §3.4'),
    },
    answer: laidDown(tokens, 'RFC 8628 §3.5'),
  },
} as const satisfies DeviceRules
