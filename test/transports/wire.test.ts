import { basicSuite } from '../suites/wire/basic.ts'
import { bodiesSuite } from '../suites/wire/bodies.ts'
import { methodsSuite, placesSuite } from '../suites/wire/methods.ts'
import { throughEveryDoor } from './every-door.ts'

throughEveryDoor('the wire', (door) => {
  bodiesSuite(door)
  basicSuite(door)
  methodsSuite(door)
  placesSuite(door)
})
