import type { Chance } from '../vocabulary/chance.ts'

/** Four well-mixed 32-bit words of a text (cyrb128). */
function digest(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762]
  for (let i = 0; i < text.length; i++) {
    const k = text.charCodeAt(i)
    a = b ^ Math.imul(a ^ k, 597399067)
    b = c ^ Math.imul(b ^ k, 2869860233)
    c = d ^ Math.imul(c ^ k, 951274213)
    d = a ^ Math.imul(d ^ k, 2716044179)
  }
  a = Math.imul(c ^ (a >>> 18), 597399067)
  b = Math.imul(d ^ (b >>> 22), 2869860233)
  c = Math.imul(a ^ (c >>> 17), 951274213)
  d = Math.imul(b ^ (d >>> 19), 2716044179)
  return [(a ^ b ^ c ^ d) >>> 0, (b ^ a) >>> 0, (c ^ a) >>> 0, (d ^ a) >>> 0]
}

/** Where a stream of chance has come to: the four words of its generator. */
export type ChanceState = readonly [number, number, number, number]

/** A stream of chance that can be told where it is. */
export interface Stream extends Chance {
  fork(name: string): Stream
  dump(): ChanceState
  load(state: ChanceState): void
}

/** The sfc32 generator over a seed of any text. */
export function createChance(seed: string): Stream {
  let [a, b, c, d] = digest(seed)
  const next = () => {
    const t = (((a + b) | 0) + d) | 0
    d = (d + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + t) | 0
    return t >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  const below = (bound: number) => Math.floor((next() / 0x1_0000_0000) * bound)
  return {
    below,
    string(alphabet, length) {
      const base = alphabet.length
      // Character codes, not text that grows: a text of joined pieces costs memory for each piece until it is read.
      const codes: number[] = []
      while (codes.length < length) {
        // One draw feeds as many characters as its 32 bits carry without a visible bias.
        let draw = next()
        for (let room = 0x1_0000_0000; room > base * 256 && codes.length < length; room /= base) {
          codes.push(alphabet.charCodeAt(draw % base))
          draw = Math.floor(draw / base)
        }
      }
      return String.fromCharCode(...codes)
    },
    fork: (name) => createChance(`${seed}/${name}`),
    dump: () => [a, b, c, d],
    load(state) {
      ;[a, b, c, d] = state
    },
  }
}
