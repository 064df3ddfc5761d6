import { authenticationSuite } from '../suites/standard/authentication.ts'
import { authorizeSuite } from '../suites/standard/authorize.ts'
import { authorizeErrorsSuite } from '../suites/standard/authorize-errors.ts'
import { discoverySuite } from '../suites/standard/discovery.ts'
import { introspectionSuite } from '../suites/standard/introspection.ts'
import { pushedRequestsSuite } from '../suites/standard/pushed-requests.ts'
import { resourcesSuite } from '../suites/standard/resources.ts'
import { revocationSuite } from '../suites/standard/revocation.ts'
import { tokenErrorsSuite } from '../suites/standard/token-errors.ts'
import { clientCredentialsSuite, crossOriginSuite, exchangeSuite, refreshSuite } from '../suites/standard/tokens.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('the standard', (door) => {
  discoverySuite(door)
  authorizeSuite(door)
  authorizeErrorsSuite(door)
  authenticationSuite(door)
  exchangeSuite(door)
  tokenErrorsSuite(door)
  refreshSuite(door)
  clientCredentialsSuite(door)
  pushedRequestsSuite(door)
  introspectionSuite(door)
  revocationSuite(door)
  resourcesSuite(door)
  crossOriginSuite(door)
})
