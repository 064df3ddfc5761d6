import { apiSuite } from '../suites/mekari/api.ts'
import { assumptionsSuite } from '../suites/mekari/assumptions.ts'
import { authorizeSuite } from '../suites/mekari/authorize.ts'
import { clientCredentialsSuite } from '../suites/mekari/client-credentials.ts'
import { clientsSuite } from '../suites/mekari/clients.ts'
import { consentPageSuite } from '../suites/mekari/consent-page.ts'
import { kongSuite, messageSuite } from '../suites/mekari/dialects.ts'
import { errorRowsSuite } from '../suites/mekari/error-rows.ts'
import { exchangeSuite } from '../suites/mekari/exchange.ts'
import { lifetimesSuite } from '../suites/mekari/lifetimes.ts'
import { parametersSuite } from '../suites/mekari/parameters.ts'
import { refreshSuite } from '../suites/mekari/refresh.ts'
import { revocationSuite } from '../suites/mekari/revocation.ts'
import { sandboxSuite } from '../suites/mekari/sandbox.ts'
import { signInSuite } from '../suites/mekari/sign-in.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('Mekari', (door) => {
  authorizeSuite(door)
  signInSuite(door)
  consentPageSuite(door)
  exchangeSuite(door)
  parametersSuite(door)
  refreshSuite(door)
  lifetimesSuite(door)
  apiSuite(door)
  revocationSuite(door)
  clientsSuite(door)
  clientCredentialsSuite(door)
  sandboxSuite(door)
  kongSuite(door)
  errorRowsSuite(door)
  messageSuite(door)
  assumptionsSuite(door)
})
