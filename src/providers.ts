import { finexer } from './providers/finexer.ts'
import { mekari } from './providers/mekari.ts'
import { mercadoPago2024 } from './providers/mercado-pago@2024.ts'
import { mercadoPago } from './providers/mercado-pago.ts'
import { mercury } from './providers/mercury.ts'
import { standard } from './providers/standard.ts'
import type { ProviderDefinition } from './vocabulary/definition.ts'

/** Every provider that mock-oauth plays, by name: the only list. */
export const providers: Readonly<Record<string, ProviderDefinition>> = {
  mekari,
  finexer,
  'mercado-pago': mercadoPago,
  'mercado-pago@2024': mercadoPago2024,
  mercury,
  standard,
}
