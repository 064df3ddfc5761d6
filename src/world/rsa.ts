import type { Chance } from '../vocabulary/chance.ts'

/** The numbers of an RSA key, by their names in a JSON Web Key (RFC 7518 §6.3). */
export type RsaNumbers = Readonly<Record<'n' | 'e' | 'd' | 'p' | 'q' | 'dp' | 'dq' | 'qi', bigint>>

const primeBits = 1024
const e = 65_537n

/**
 * An RSA key of 2048 bits, the same one for the same chance. For a mock: its seed is no secret, and neither is its key.
 * Takes a few tenths of a second.
 */
export function makeRsaKey(chance: Chance): RsaNumbers {
  const sieve = primesBelow(10_000)
  const [p, q] = [makePrime(chance.fork('p'), sieve), makePrime(chance.fork('q'), sieve)]
  const d = inverse(e, (p - 1n) * (q - 1n))
  return { n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) }
}

/** The first fitting prime from a number on whose two highest bits are set, so that two of them make a whole modulus. */
function makePrime(chance: Chance, sieve: readonly number[]): bigint {
  const start = BigInt(`0x${chance.string('0123456789abcdef', primeBits / 4)}`) | (3n << BigInt(primeBits - 2)) | 1n
  const remainders = sieve.map((prime) => Number(start % BigInt(prime)))
  for (let step = 0; ; step += 2) {
    if (sieve.some((prime, i) => ((remainders[i] ?? 0) + step) % prime === 0)) continue
    const candidate = start + BigInt(step)
    if ((candidate - 1n) % e !== 0n && isPrime(candidate)) return candidate
  }
}

/** Miller and Rabin's test; of numbers this long, not chosen to deceive it, four rounds let none pass in practice. */
function isPrime(n: bigint): boolean {
  let [odd, twos] = [n - 1n, 0]
  for (; odd % 2n === 0n; odd /= 2n) twos++
  return [2n, 3n, 5n, 7n].every((base) => {
    let x = power(base, odd, n)
    if (x === 1n || x === n - 1n) return true
    for (let i = 1; i < twos; i++) {
      x = (x * x) % n
      if (x === n - 1n) return true
    }
    return false
  })
}

/** `base` to the power of `exponent`, modulo `n`. */
function power(base: bigint, exponent: bigint, n: bigint): bigint {
  let result = 1n
  // Small bases make the multiplication in between cheap.
  for (const bit of exponent.toString(2)) {
    result = (result * result) % n
    if (bit === '1') result = (result * base) % n
  }
  return result
}

/** The number that makes 1 with `a`, modulo `n` (Euclid's algorithm, extended). */
function inverse(a: bigint, n: bigint): bigint {
  let [before, now, x, y] = [n, a, 0n, 1n]
  while (now !== 0n) {
    const times = before / now
    ;[before, now, x, y] = [now, before - times * now, y, x - times * y]
  }
  return x < 0n ? x + n : x
}

function primesBelow(limit: number): number[] {
  const found: number[] = []
  for (let n = 3; n < limit; n += 2) if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}
