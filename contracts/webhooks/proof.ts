import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { type Evidence, type Finding, saw } from '../../src/contract/evidence.ts'
import { results } from '../../src/contract/reading.ts'
import type { Letter, Scene } from '../../src/contract/scene.ts'
import { acknowledged, isReceived, signatureHeader, unanswered, untrueEnding } from './letters.ts'

const signatureOf = ({ headers }: Letter): string => headers[signatureHeader] ?? ''

const without = (letter: Letter): Letter => ({
  ...letter,
  headers: Object.fromEntries(Object.entries(letter.headers).filter(([name]) => name !== signatureHeader)),
})

const signedBy = (letter: Letter, signature: string): Letter => ({
  ...letter,
  headers: { ...letter.headers, [signatureHeader]: signature },
})

/** Brings webhooks that were made up, and looks whether the link has suffered. Returns the one that they were made of. */
async function bring(scene: Scene, madeUp: (letter: Letter) => readonly Letter[]): Promise<Letter> {
  await scene.connect()
  const letter = await untrueEnding(scene)
  scene.mark('webhook')
  await scene.wrongly(async () => {
    for (const one of madeUp(letter)) await scene.webhook(one)
  })
  scene.mark('after')
  await scene.call()
  return letter
}

/** The same, and then the one that is signed as it should be: whoever refuses all has looked at nothing. */
async function bringSigned(scene: Scene, madeUp: (letter: Letter) => readonly Letter[]): Promise<void> {
  const letter = await bring(scene, madeUp)
  scene.mark('signed')
  await scene.webhook(letter)
}

const refusesAll = (evidence: Evidence): string | undefined =>
  unanswered(evidence, 'webhook') ??
  (acknowledged(evidence, 'signed').every(isReceived) ? undefined : 'it refuses what is signed well, too')

function believed(evidence: Evidence, what: string): Finding | undefined {
  const status = acknowledged(evidence, 'webhook').find((one) => one < 400 || one > 499)
  if (status !== undefined) return saw(`answered a webhook ${what} by ${status}`)
  return suffered(evidence, what)
}

function suffered(evidence: Evidence, what: string): Finding | undefined {
  const [result] = results(evidence, 'after')
  if (result !== undefined && result !== 'ok') return saw(`answered a call by ${result} after a webhook ${what}`)
}

const needs = { ops: ['webhook'], features: ['webhooks'] } as const
const isSigned = 'if (secret !== undefined && !isSigned[signature](letter, secret)) return { status: 401 }'

/** Anybody can send a webhook: what shows that the provider did. */
export const proof: readonly Clause[] = [
  clause({
    id: 'wh-forged-rejected',
    title: 'refuses a webhook whose signature is wrong',
    level: must('provider'),
    source: 'experience; the way of signing is that of a live receiver',
    why: 'Anybody can cut off any account whose id they know. Compute the signature over the bytes that came, and compare the whole of it.',
    alsoFor: ['finexer'],
    needs,
    after: 'connects',
    story: (scene) =>
      bringSigned(scene, (letter) => {
        const signature = signatureOf(letter)
        const otherDigit = signature.endsWith('0') ? '1' : '0'
        return [
          signedBy(letter, signature.slice(0, -1) + otherDigit),
          { ...letter, body: letter.body.replace('"acc_', '"acc_0') },
          signedBy(letter, signature.replace(/s=.*/, 's=')),
        ]
      }),
    missed: refusesAll,
    judge: (evidence) => believed(evidence, 'with a wrong signature'),
    mutant: {
      bug: 'compares how long a signature is',
      find: 'came.length === expected.length && timingSafeEqual(came, expected)',
      replace: 'came.length === expected.length',
    },
  }),
  clause({
    id: 'wh-absent-signature',
    title: 'refuses a webhook that is not signed, where the provider signs',
    level: must('provider'),
    source: 'experience',
    why: 'A check that runs only where there is a signature is skipped by leaving it out. Refuse what has none.',
    alsoFor: ['finexer'],
    needs,
    after: 'connects',
    story: (scene) => bringSigned(scene, (letter) => [without(letter), signedBy(letter, '')]),
    missed: refusesAll,
    judge: (evidence) => believed(evidence, 'without a signature'),
    mutant: {
      bug: 'checks a signature only where there is one',
      find: isSigned,
      replace: isSigned.replace(
        'secret !== undefined',
        "secret !== undefined && headerOf(letter, 'fx-signature') !== ''",
      ),
    },
  }),
  clause({
    id: 'wh-no-proof-no-trust',
    title: 'ends no link on the word of a webhook that nothing proves',
    level: should('ours'),
    source: 'experience',
    why: 'Where nothing is signed, anybody can say that access was taken back. Take it as a hint, and find out by a call of the API.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs,
    after: 'connects',
    env: ({ webhookSecret: _, ...env }) => env,
    story: async (scene) => void (await bring(scene, (letter) => [without(letter)])),
    missed: (evidence) => unanswered(evidence, 'webhook'),
    judge: (evidence) => suffered(evidence, 'that nothing proves'),
    mutant: {
      bug: 'believes what is not signed',
      find: "if (secret !== undefined && signature === 'body') {",
      replace: "if (signature === 'body' || signature === 'manifest') {",
    },
  }),
]
