import type { RotationPolicy } from '../index.ts'
import { isPath } from './path.ts'
import { Stop } from './stop.ts'

/** `a,b c` or `--flag a --flag b`: one list. */
export const words = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(/[\s,]+/).filter((word) => word !== ''),
]

/** Names and files, as `words` takes them; a path may hold spaces. */
export const providerList = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split(',')
    .map((one) => one.trim())
    .flatMap((one) => (isPath(one) ? [one] : words(one))),
]

/** `mekari.errors=kong,mekari.scope=ignored`, or the flag repeated. */
export function assumptions(
  text: string,
  before: Readonly<Record<string, string>> = {},
): Readonly<Record<string, string>> {
  const pairs = words(text).map((pair) => {
    const [, name, choice] = /^([^=]+)=([^=]+)$/.exec(pair) ?? []
    if (name === undefined || choice === undefined) {
      throw new Stop(
        2,
        `--assume takes <provider.name=choice>, such as mekari.errors=kong; "${pair}" is not of this form.`,
      )
    }
    return [name, choice]
  })
  return { ...before, ...Object.fromEntries(pairs) }
}

/** `mekari=grace:30,1,mercury=none`, or the flag repeated: a policy may hold a comma. */
export function rotations(
  text: string,
  before: Readonly<Record<string, RotationPolicy>> = {},
): Readonly<Record<string, RotationPolicy>> {
  const pairs = text.split(/[\s,]+(?=[^\s,=]+=)/).map((pair) => {
    const [, name, policy] = /^([^=]+)=([^=]+)$/.exec(pair.replace(/[\s,]+$/, '').trimStart()) ?? []
    if (name === undefined || policy === undefined) {
      throw new Stop(2, `--rotation takes <provider=policy>, such as mekari=grace:30; "${pair}" is not of this form.`)
    }
    // What is no policy is refused with the provider that it is for.
    return [name, policy as RotationPolicy]
  })
  return { ...before, ...Object.fromEntries(pairs) }
}

/** Faults, each on a line or behind a flag of its own. */
export const faultList = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== ''),
]

/** A port number. */
export function port(text: string): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number <= 65_535) return number
  throw new Stop(2, `--port takes a number from 0 to 65535, not "${text}".`)
}

/** How many worlds are kept. */
export function worldLimit(text: string): number {
  if (/^\d{1,7}$/.test(text)) return Number(text)
  throw new Stop(2, `--world-limit takes a whole number, not "${text}".`)
}

/** A whole number from 1. */
export function count(text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text)
  throw new Stop(2, `Expected a whole number from 1, not "${text}".`)
}
