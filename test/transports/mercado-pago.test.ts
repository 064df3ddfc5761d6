import { apiSuite } from '../suites/mercado-pago/api.ts'
import { authorizeSuite } from '../suites/mercado-pago/authorize.ts'
import { authorizeRowsSuite } from '../suites/mercado-pago/authorize-rows.ts'
import { errorRowsSuite } from '../suites/mercado-pago/error-rows.ts'
import { exchangeSuite } from '../suites/mercado-pago/exchange.ts'
import { librariesSuite } from '../suites/mercado-pago/libraries.ts'
import { refreshSuite } from '../suites/mercado-pago/refresh.ts'
import { sellerSuite } from '../suites/mercado-pago/seller.ts'
import { since2024Suite } from '../suites/mercado-pago/since-2024.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('Mercado Pago', (door) => {
  authorizeSuite(door)
  authorizeRowsSuite(door)
  sellerSuite(door)
  exchangeSuite(door)
  errorRowsSuite(door)
  refreshSuite(door)
  apiSuite(door)
  since2024Suite(door)
  librariesSuite(door)
})
