import { apiSuite } from '../suites/mercury/api.ts'
import { assumptionsSuite } from '../suites/mercury/assumptions.ts'
import { authorizeSuite, errorPageSuite } from '../suites/mercury/authorize.ts'
import { authorizeErrorsSuite } from '../suites/mercury/authorize-errors.ts'
import { openIdSuite } from '../suites/mercury/openid.ts'
import { revocationSuite } from '../suites/mercury/revocation.ts'
import { sandboxSuite } from '../suites/mercury/sandbox.ts'
import { tokenErrorsSuite } from '../suites/mercury/token-errors.ts'
import { exchangeSuite, refreshSuite } from '../suites/mercury/tokens.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('Mercury', (door) => {
  authorizeSuite(door)
  errorPageSuite(door)
  authorizeErrorsSuite(door)
  exchangeSuite(door)
  refreshSuite(door)
  tokenErrorsSuite(door)
  apiSuite(door)
  revocationSuite(door)
  openIdSuite(door)
  sandboxSuite(door)
  assumptionsSuite(door)
})
