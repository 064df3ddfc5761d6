/** The door for contracts: does a client keep the rules? */

export { catalogue } from './contract/catalogue.ts'
export type { Clause, ClauseId, Level, Mutant, ProviderId } from './contract/clause.ts'
export { type ClientUnderTest, type Factory, RefusedConfiguration } from './contract/client-under-test.ts'
export { type ContractTestsOptions, contractTests } from './contract/contract-tests.ts'
export type * from './contract/protocol/messages.ts'
export { protocolSchema } from './contract/protocol/schema.ts'
export { reportSchema } from './contract/report/report-schema.ts'
