import { apiSuite } from '../suites/finexer/api.ts'
import { assumptionsSuite } from '../suites/finexer/assumptions.ts'
import { authorizeSuite } from '../suites/finexer/authorize.ts'
import { authorizedAppsSuite, managedAccountsSuite } from '../suites/finexer/connections.ts'
import { consentSuite } from '../suites/finexer/consent.ts'
import { errorRowsSuite } from '../suites/finexer/error-rows.ts'
import { revocationSuite } from '../suites/finexer/revocation.ts'
import { exchangeSuite, refreshSuite } from '../suites/finexer/token.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('Finexer', (door) => {
  authorizeSuite(door)
  consentSuite(door)
  exchangeSuite(door)
  refreshSuite(door)
  apiSuite(door)
  revocationSuite(door)
  authorizedAppsSuite(door)
  managedAccountsSuite(door)
  errorRowsSuite(door)
  assumptionsSuite(door)
})
