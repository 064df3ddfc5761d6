import { contractTests } from 'mock-oauth/contract'
import { createClient } from '../../contracts/clients/typescript/client.ts'

contractTests(createClient, { provider: 'mekari', slow: true })
