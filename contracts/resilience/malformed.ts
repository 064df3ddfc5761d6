import { type Clause, clause, everywhere, must } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { outcomes, results, under } from '../../src/contract/reading.ts'
import type { Scene } from '../../src/contract/scene.ts'

/** Answers that nobody should send. */
const answers = [
  ...['malformed', 'malformed how=bom', 'truncate', 'html', 'empty', 'contentType value=image/png'],
  ...['status status=200 body=[]', 'status status=200 body="null"', 'status status=599'],
]

/** Where they come, and what asks there, of a client that is connected. */
const places = {
  api: (scene: Scene) => scene.call(),
  'token:refresh_token': (scene: Scene) => scene.call(),
  'token:authorization_code': (scene: Scene) => scene.connect(),
}

/** Whether an answer came at a place. */
const isMet = (evidence: Evidence, place: string, answer: string) =>
  under(evidence, `${answer} at ${place}`).some(({ faults = [] }) => faults.some(({ kind }) => answer.startsWith(kind)))

/** Answers that cannot be read, at each place where a client asks. */
export const malformed: readonly Clause[] = [
  clause({
    id: 'rs-crash-safe',
    title: 'lives through answers that are no answers, and can be connected again after each',
    level: must('ours'),
    source: 'experience: processes ended by a parser',
    why: 'What comes from outside may be anything. Read it as hostile, and let no answer end more than the call that asked.',
    alsoFor: everywhere,
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      for (const answer of answers) {
        for (const [place, ask] of Object.entries(places)) {
          if (place === 'token:refresh_token') await scene.expire()
          scene.mark(`${answer} at ${place}`)
          scene.arm(`${place} ${answer}`)
          await ask(scene)
        }
        if (scene.env.revokeUrl !== undefined && scene.claims('revoke')) {
          scene.mark(`${answer} at revoke`)
          scene.arm(`revoke ${answer}`)
          await scene.disconnect()
        }
        scene.mark(`after ${answer}`)
        await scene.connect()
        await scene.call()
      }
    },
    missed(evidence) {
      for (const answer of answers) {
        const place = Object.keys(places).find((one) => !isMet(evidence, one, answer))
        if (place) return `nothing met ${answer} at ${place}`
      }
    },
    judge(evidence) {
      const lost = evidence.steps.find((step) => step.lost)
      if (lost) return saw(`${lost.lost === 'died' ? 'ended' : 'did not answer any more'} after ${lost.mark}`)
      for (const answer of answers) {
        const [outcome] = outcomes(evidence, `after ${answer}`)
        if (outcome !== undefined && outcome !== 'connected')
          return saw(`could not be connected any more after ${answer}: ${outcome}`)
        const [result] = results(evidence, `after ${answer}`)
        if (result !== undefined && result !== 'ok') return saw(`could not be used any more after ${answer}: ${result}`)
      }
    },
    mutant: {
      bug: 'asks for no more tokens once an answer was no JSON',
      find: 'return readAnswer(reply, now())',
      replace: `const came = readAnswer(reply, now())
    const remembered = tokensBy as typeof tokensBy & { last?: TokenAnswer }
    if (came.kind === 'unclear' && came.code.startsWith('no_json')) remembered.last = came
    return remembered.last ?? came`,
    },
  }),
]
