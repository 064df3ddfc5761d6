import { type Clause, clause, must, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { apiCalls, outcomes, results, since, stepsOf, tokenRequests, under } from '../../src/contract/reading.ts'
import {
  acknowledged,
  endedNothing,
  notReceived,
  somebodyElse,
  stateUnder,
  takeBack,
  unanswered,
  untilEnded,
  untrueEnding,
} from './letters.ts'

const sayNothingToDo = 'if (!ending) return { status: 200 }'
const needs = { ops: ['webhook', 'status'], features: ['webhooks'] } as const

/** The provider tells that access was taken back. */
export const endings: readonly Clause[] = [
  clause({
    id: 'wh-revoked-stops-calls',
    title: 'stops using a link when a webhook tells that access was taken back',
    level: must('provider'),
    source: 'experience',
    why: 'Jobs that go on with dead tokens fill logs and limits, and the user learns of it last. Mark the link, and ask for a new login.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs,
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
      const letter = await takeBack(scene)
      scene.mark('webhook')
      await scene.webhook(letter)
      await untilEnded(scene)
      scene.mark('after')
      await scene.call()
    },
    missed: (evidence) => unanswered(evidence, 'webhook'),
    judge(evidence) {
      if (stateUnder(evidence, 'webhook') === 'connected')
        return saw('says connected after a webhook told that access was taken back')
      const used = [...apiCalls(under(evidence, 'after')), ...tokenRequests(under(evidence, 'after'))]
      if (used.length > 0) return saw('went on to use a link after a webhook told that it is over', ...used)
      const other = results(evidence, 'after').find((result) => result !== 'needs_reauth')
      if (other) return saw(`answered a call by ${other} after a webhook told that access was taken back`)
    },
    mutant: {
      bug: 'acknowledges webhooks and does nothing about them',
      find: sayNothingToDo,
      replace: 'if (ending !== null) return { status: 200 }',
      drags: ['wh-only-that-account'],
    },
  }),
  clause({
    id: 'wh-idempotent',
    title: 'takes a webhook that comes again as one that it has had',
    level: should(),
    source: 'experience: senders repeat what they have no answer to',
    why: 'Whoever fails on a repetition is sent it again for days, and may be switched off. Acknowledge it, and act once.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs,
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      const letter = await takeBack(scene)
      scene.mark('first')
      await scene.webhook(letter)
      await untilEnded(scene)
      scene.mark('again')
      await scene.webhook(letter)
      await scene.webhook(letter)
      await scene.status()
    },
    missed: (evidence) => unanswered(evidence, 'again') ?? endedNothing(evidence, 'first'),
    judge(evidence) {
      const failure = notReceived(evidence, 'first') ?? notReceived(evidence, 'again')
      if (failure) return failure
      const sent = [...apiCalls(under(evidence, 'again')), ...tokenRequests(under(evidence, 'again'))]
      if (sent.length > 0) return saw('did its work again for a webhook that it had had', ...sent)
      if (stateUnder(evidence, 'again') !== stateUnder(evidence, 'first'))
        return saw('changed a link by a webhook that it had had')
    },
    mutant: {
      bug: 'answers a webhook that it has had by 409',
      find: sayNothingToDo,
      replace: `${sayNothingToDo}
    if ((await store.all()).some(({ events }) => events?.includes(ending.id))) return { status: 409 }`,
      at: 'finexer',
    },
  }),
  clause({
    id: 'wh-out-of-order',
    title: 'keeps a link that is newer than the end which a late webhook tells of',
    level: should('ours'),
    source: 'experience: webhooks overtake each other and the user',
    why: 'The user has reconnected by the time it comes, and loses the new link to old news. Compare the time of the event with that of the login, or ask the API.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs,
    after: 'connects',
    async story(scene) {
      await scene.connect()
      await scene.call()
      const letter = await takeBack(scene)
      await scene.advance('1m')
      await scene.connect()
      scene.mark('late')
      await scene.wrongly(() => scene.webhook(letter))
      await scene.call()
      // Whoever acts upon no webhook keeps every link.
      scene.mark('in time')
      await scene.webhook(await takeBack(scene))
      await untilEnded(scene)
    },
    missed: (evidence) => unanswered(evidence, 'late') ?? endedNothing(evidence, 'in time'),
    judge(evidence) {
      const [result] = results(evidence, 'late')
      if (result !== undefined && result !== 'ok')
        return saw(`answered a call by ${result} after a webhook of an end before its login`)
    },
    mutant: {
      bug: 'does not look at when access was taken back',
      find: '!(at < link.connectedAt) &&',
      replace: '',
      at: 'finexer',
    },
  }),
  clause({
    id: 'wh-only-that-account',
    title: 'ends the link of the account that a webhook names, and no other',
    level: must('provider'),
    source: 'experience',
    why: 'One user leaves, and others are cut off. Find the link by the id of the account that came with its tokens.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs: { ops: ['webhook', 'status'], features: ['webhooks', 'multiLink'] },
    after: 'connects',
    control: false,
    async story(scene) {
      const user = await somebodyElse(scene)
      await scene.connect('one', 'one')
      await scene.connect('two', 'two', { user })
      await scene.call({ link: 'two' })
      const letter = await takeBack(scene, user)
      scene.mark('webhook')
      await scene.webhook(letter)
      await untilEnded(scene, 'two')
      scene.mark('other')
      await scene.call({ link: 'one' })
    },
    missed: (evidence) => unanswered(evidence, 'webhook') ?? endedNothing(evidence, 'webhook'),
    judge(evidence) {
      const [result] = results(evidence, 'other')
      if (result !== undefined && result !== 'ok')
        return saw(`answered a call for one account by ${result} after another had taken access back`)
    },
    mutant: {
      bug: 'ends every link when one account leaves',
      find: 'String(link.account[accountId]) === account &&',
      replace: '',
      at: 'finexer',
      drags: ['wh-unknown-account'],
    },
  }),
  clause({
    id: 'wh-unknown-account',
    title: 'acknowledges a webhook of an account that it does not know, and does nothing',
    level: should(),
    source: 'experience: accounts of other installations and of former users come along',
    why: 'An error is tried again and again, and in the end all webhooks are switched off. Acknowledge what is not yours.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs: { ops: ['webhook'], features: ['webhooks'] },
    after: 'connects',
    async story(scene) {
      await scene.connect()
      const letter = await untrueEnding(scene, await somebodyElse(scene))
      scene.mark('webhook')
      await scene.wrongly(() => scene.webhook(letter))
      scene.mark('after')
      await scene.call()
    },
    missed: (evidence) => unanswered(evidence, 'webhook'),
    judge(evidence) {
      const failure = notReceived(evidence, 'webhook')
      if (failure) return failure
      const [result] = results(evidence, 'after')
      if (result !== undefined && result !== 'ok')
        return saw(`answered a call by ${result} after a webhook of an account that it does not know`)
    },
    mutant: {
      bug: 'answers 404 where no link is of that account',
      find: sayNothingToDo,
      replace: `${sayNothingToDo}
    const links = await store.all()
    if (!links.some((link) => String(link.account[accountId ?? '']) === ending.account)) return { status: 404 }`,
    },
  }),
  clause({
    id: 'wh-authorized-before-callback',
    title: 'is not confused by a webhook that tells of a link before the browser is back',
    level: should('ours'),
    source: 'experience: the webhook and the browser are two ways, and either may be faster',
    why: 'There is no link yet, nor will the webhook bring its tokens. Acknowledge it, and let the callback make the link.',
    alsoFor: ['mercado-pago'],
    needs,
    after: 'connects',
    async story(scene) {
      const url = await scene.visit(await scene.begin())
      const letter = (await scene.letters()).at(-1)
      scene.mark('early')
      await scene.wrongly(async () => {
        if (letter) await scene.webhook(letter)
        await scene.status()
      })
      scene.mark('callback')
      await scene.callback('browser', url)
      await scene.call()
    },
    missed: (evidence) => unanswered(evidence, 'early'),
    judge(evidence) {
      const error = acknowledged(evidence, 'early').find((status) => status >= 500)
      if (error !== undefined) return saw(`answered a webhook that came before the callback by ${error}`)
      if (stateUnder(evidence, 'early') === 'connected') return saw('says connected of a link that has no tokens yet')
      const [outcome] = outcomes(evidence, 'callback')
      if (outcome !== undefined && outcome !== 'connected')
        return saw(`came to ${outcome} at a callback whose webhook was faster`, ...tokenRequests(since(evidence)))
      const [call] = stepsOf(evidence, 'call', 'callback')
      if (call?.answer && call.answer.result !== 'ok')
        return saw(`answered a call by ${call.answer.result} on a link whose webhook was faster than its callback`)
    },
    mutant: {
      bug: 'answers 500 to a webhook when it has no link yet',
      find: sayNothingToDo,
      replace: 'if (!ending) return { status: (await store.all()).length > 0 ? 200 : 500 }',
    },
  }),
]
