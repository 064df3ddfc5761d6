import type { Endpoint } from '../../define.ts'

const authorizationAt = (host: string): Endpoint => `GET https://auth.${host}/authorization`

/** One host for each country but Argentina, whose page it is: `auth.<the country's site>`. */
export const countryHosts: readonly Endpoint[] = [
  'mercadopago.com.br',
  'mercadopago.com.mx',
  'mercadopago.cl',
  'mercadopago.com.co',
  'mercadopago.com.uy',
  'mercadopago.com.pe',
  // What the official Java and .NET libraries make of the country CL.
  'mercadopago.com.cl',
].map(authorizationAt)

/** The hosts of Mercado Libre, whose identity platform it is. */
export const sisterHosts: readonly Endpoint[] = [
  'mercadolibre.com.ar',
  'mercadolivre.com.br',
  'mercadolibre.com.mx',
  'mercadolibre.com.co',
  'mercadolibre.com.uy',
  'mercadolibre.cl',
  'mercadolibre.com.pe',
  'mercadolibre.com.ve',
  'mercadolibre.com.cr',
  'mercadolibre.com.ec',
  'mercadolibre.com.pa',
  'mercadolibre.com.do',
  'mercadolibre.com.bo',
  'mercadolibre.com.py',
].map(authorizationAt)
