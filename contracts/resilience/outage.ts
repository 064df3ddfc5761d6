import { type Clause, clause, everywhere, may, must, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import { refreshes, results, times, under } from '../../src/contract/reading.ts'

/** How long an outage is, with a call each second. */
const seconds = 120
const minute = 60_000
const mostAttempts = 10
/** By which the distances have to grow in all. */
const growth = 1.5

const markOf = (second: number) => `down for ${second} s`

/** The calls of the outage in which a client asked: when in the story, and what was sent. */
const attemptsIn = (evidence: Evidence) =>
  Array.from({ length: seconds }, (_, second) => ({
    second,
    sent: refreshes(under(evidence, markOf(second))),
  })).flatMap(({ second, sent }) => (sent[0] ? [{ second, sent, at: sent[0].at }] : []))

/** So many links that would all refresh at the same moment. */
const links = 20

/** The token endpoint is down for a while, or everybody comes at once. */
export const outage: readonly Clause[] = [
  clause({
    id: 'rs-backoff-bounded',
    title: 'asks a token endpoint that is down ten times a minute at most, and in growing distances',
    level: should('ours'),
    source: 'experience: outages made longer by those who waited for their end',
    why: 'A server that comes back is met by every client at once. Wait longer after each failure, up to a limit.',
    alsoFor: everywhere,
    needs: { features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      scene.arm({ on: 'token:refresh_token', kind: 'status', status: 503, nth: '1-1000' })
      const before = scene.world.requests({ endpoint: 'token' }).length
      scene.mark(markOf(0))
      await scene.call()
      await scene.wrongly(async () => {
        for (let second = 1; second < seconds; second++) {
          await scene.advance('1s')
          scene.mark(markOf(second))
          await scene.call()
          // More would show no more.
          if (second < 60 && scene.world.requests({ endpoint: 'token' }).length - before > mostAttempts) return
        }
      })
    },
    missed: (evidence) => (attemptsIn(evidence).length > 0 ? undefined : 'no refresh was asked for'),
    judge(evidence) {
      const attempts = attemptsIn(evidence)
      const sent = attempts.flatMap((one) => one.sent)
      const early = sent.filter(({ at }) => at - (sent[0]?.at ?? 0) < minute)
      if (early.length > mostAttempts)
        return saw(`asked ${times(early.length)} within a minute of an outage`, early[0], early[1])
      const [distance = 0, ...later] = attempts.slice(1).map(({ at }, place) => at - (attempts[place]?.at ?? 0))
      // Who has stopped is as far from the next time as the outage went on.
      const longest = Math.max(...later, (seconds - (attempts.at(-1)?.second ?? 0)) * 1_000)
      // Who waits a minute from the beginning does no harm by waiting no longer later on.
      if (later.length > 0 && distance < minute && longest < growth * distance)
        return saw(
          `asked again after ${Math.round(distance / 1_000)} s in an outage, and waited no longer later on`,
          ...sent,
        )
    },
    mutant: {
      bug: 'tries again at once, however often',
      find: 'const pause = times === 1 ? 0 : Math.min(1_000 * 2 ** (times - 1), 60_000)',
      replace: 'const pause = 0 * times',
    },
  }),
  clause({
    id: 'rs-outage-recovers',
    title: 'works again by itself when the token endpoint was down for ten minutes',
    level: must('ours'),
    source: 'experience: links that had to be made anew after an outage of the provider',
    why: 'An outage is no fault of the person who connected. Keep the refresh token through it, and try again.',
    alsoFor: everywhere,
    needs: { features: ['clock'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      await scene.call()
      await scene.expire()
      let fault: { id: string } | undefined
      await scene.wrongly(() => {
        fault = scene.world.faults.arm({ on: 'token:refresh_token', kind: 'status', status: 503, nth: '1-1000' })
      })
      scene.mark('down')
      for (let passed = 0; passed < 10; passed++) {
        await scene.call()
        await scene.advance('1m')
      }
      await scene.wrongly(() => fault && scene.world.faults.remove(fault.id))
      await scene.advance('5m')
      scene.mark('up')
      await scene.call()
    },
    missed: (evidence) => (refreshes(under(evidence, 'down')).length > 0 ? undefined : 'no refresh was asked for'),
    judge(evidence) {
      const [up] = results(evidence, 'up')
      if (up !== undefined && up !== 'ok') return saw(`did not work once the token endpoint was up again: ${up}`)
    },
    mutant: {
      bug: 'gives up for good after five failures',
      find: 'if (isPaused(link.trouble, now())) return { answer',
      replace: 'if (isPaused(link.trouble, now()) || (link.trouble?.times ?? 0) > 4) return { answer',
    },
  }),
  clause({
    id: 'rs-jitter',
    title: 'spreads the refreshes of links that were made together',
    level: may('ours'),
    source: 'experience: rate limits met by everybody at the same second',
    why: 'Links that were made together would be refreshed together for ever. Add a share of chance to each deadline.',
    // Where it is known how long a refresh token lives.
    alsoFor: everywhere.filter((provider) => provider !== 'finexer'),
    needs: { features: ['background', 'clock', 'multiLink'] },
    after: 'refreshes',
    control: false,
    async story(scene) {
      for (let link = 0; link < links; link++) await scene.connect(`browser-${link}`, `link-${link}`)
      scene.mark('idle')
      await (scene.provider === 'mercado-pago' ? scene.advance('179d', '3d') : scene.advance('29d', '12h'))
    },
    missed: (evidence) =>
      refreshes(under(evidence, 'idle')).length > 0 ? undefined : 'nothing was refreshed by itself',
    judge(evidence) {
      const sent = refreshes(under(evidence, 'idle')).slice(0, links)
      const moments = new Set(sent.map(({ at }) => Math.floor(at / 3_600_000)))
      if (sent.length > 1 && moments.size === 1)
        return saw(`refreshed ${sent.length} links within one hour`, sent[0], sent[1])
    },
    mutant: {
      bug: 'refreshes every link at the same age',
      find: '0.1 * fractionOf(name)',
      replace: '0 * fractionOf(name)',
    },
  }),
]
