import type { DeviceRules } from '../device.ts'
import type { Plain } from '../plain.ts'
import type { GrantRules } from '../token.ts'
import { shape } from './answer.ts'
import { endpoint } from './endpoint.ts'
import { format } from './format.ts'
import { lifetime } from './lifetime.ts'
import { parameters } from './parameter.ts'
import { section } from './section.ts'

/** Device authorization. */
export const device = section<Plain<DeviceRules>>({
  at: endpoint('POST'),
  parameters,
  verification: endpoint('GET'),
  deviceCode: format,
  userCode: format,
  lifetime,
  interval: lifetime,
  grant: section<Plain<GrantRules>>({ parameters, answer: shape }),
})
