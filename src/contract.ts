/** The door for contracts: does a client keep the rules? */

export { type ClientUnderTest, type Factory, RefusedConfiguration } from './contract/client-under-test.ts'
export type * from './contract/protocol/messages.ts'
