import { type Clause, clause, everywhere, must, type ProviderId, should } from '../../src/contract/clause.ts'
import { type Evidence, saw } from '../../src/contract/evidence.ts'
import {
  answerOf,
  codeExchanges,
  outcomes,
  refreshes,
  results,
  stepsOf,
  succeeded,
  tokenRequests,
} from '../../src/contract/reading.ts'
import { struck, unlessStruck } from './struck.ts'

/** What providers say of the account besides the tokens. */
const accountFields: Partial<Readonly<Record<string, readonly string[]>>> = {
  'mercado-pago': ['user_id', 'public_key', 'live_mode'],
  finexer: ['account_id'],
} satisfies Partial<Record<ProviderId, readonly string[]>>

const fieldsOf = (provider: string) => accountFields[provider] ?? []

/** More than any number of JavaScript can hold. */
const largeId = '9007199254740993'

/** The account as each `status` told it. */
const accounts = (evidence: Evidence, mark?: string) =>
  stepsOf(evidence, 'status', mark).flatMap(({ answer }) =>
    answer?.state === 'connected' ? [answer.account ?? {}] : [],
  )

/** What a token answer has besides the token. */
export const fields: readonly Clause[] = [
  clause({
    id: 'ts-unknown-fields-ignored',
    title: 'takes a token answer that has fields it does not know, whatever is in them',
    level: must(),
    source: 'RFC 6749 §5.1',
    why: 'Providers add fields without notice, and a client with a strict schema is down that day. Read what you need, and leave the rest.',
    alsoFor: everywhere,
    async story(scene) {
      const added = { plan: { seats: [1, null], owner: { name: 'x' } }, hint: null, audience: ['a', 'b'], ratio: 0.5 }
      scene.arm({ on: 'token:authorization_code', kind: 'replace', fields: added })
      await scene.connect()
      await scene.call()
    },
    missed: unlessStruck(),
    judge(evidence) {
      const [answered] = struck(evidence.exchanges)
      if (!outcomes(evidence).includes('connected')) return saw('refused a token answer with further fields', answered)
      if (results(evidence).some((result) => result !== 'ok'))
        return saw('could not use the token of an answer with further fields', answered)
    },
    mutant: {
      bug: 'refuses answers with more than texts and numbers in them',
      find: 'if (!isToken(accessToken) || !isBearer(type)) return undefined',
      replace:
        "if (!isToken(accessToken) || !isBearer(type) || Object.values(body).some((one) => one && typeof one === 'object')) return undefined",
    },
  }),
  clause({
    id: 'ts-extra-fields-kept',
    title: 'keeps what the provider says of the account with the link',
    level: should('provider'),
    source: 'experience: webhooks and later calls name the account by it',
    why: 'Without it nobody knows later whose access was revoked, or whose payment it is. Store the fields beside the tokens.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs: { ops: ['status'] },
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.status()
    },
    missed: (evidence) => (accounts(evidence).length > 0 ? undefined : 'nothing was connected'),
    judge(evidence) {
      const [account] = accounts(evidence)
      const exchange = codeExchanges(evidence.exchanges).find(succeeded)
      if (!account || !exchange) return undefined
      const told = answerOf(exchange)
      const lost = fieldsOf(evidence.provider).filter((name) => String(account[name]) !== String(told[name]))
      if (lost.length > 0) return saw(`does not know ${lost.join(', ')} of the account`, exchange)
    },
    mutant: {
      bug: 'keeps the id of the account alone',
      find: "['user_id', 'account_id', 'public_key', 'live_mode']",
      replace: "['user_id', 'account_id']",
    },
  }),
  clause({
    id: 'ts-extra-fields-survive-refresh',
    title: 'keeps what it knows of the account when the answer to a refresh does not repeat it',
    level: should('provider'),
    source: 'experience: answers to refreshes are shorter than those to exchanges',
    why: 'Whoever replaces the whole record by the answer forgets the account at the first refresh. Change the fields that came, and leave the others.',
    alsoFor: ['mercado-pago', 'finexer'],
    needs: { ops: ['status'] },
    after: 'refreshes',
    async story(scene) {
      await scene.connect()
      scene.mark('before')
      await scene.status()
      await scene.expire()
      scene.arm({ on: 'token:refresh_token', kind: 'omit', fields: fieldsOf(scene.provider) })
      await scene.call()
      scene.mark('after')
      await scene.status()
      await scene.restart()
      await scene.status()
    },
    missed(evidence) {
      const [before = {}] = accounts(evidence, 'before')
      if (!refreshes(evidence.exchanges).some(succeeded)) return 'nothing was refreshed'
      if (accounts(evidence, 'after').length === 0) return 'nothing was connected after the refresh'
      if (fieldsOf(evidence.provider).every((name) => before[name] === undefined)) return 'nothing was kept before it'
    },
    judge(evidence) {
      const [before = {}] = accounts(evidence, 'before')
      for (const after of accounts(evidence, 'after')) {
        const lost = fieldsOf(evidence.provider).filter(
          (name) => before[name] !== undefined && String(after[name]) !== String(before[name]),
        )
        if (lost.length > 0)
          return saw(`forgot ${lost.join(', ')} of the account at a refresh`, ...refreshes(evidence.exchanges))
      }
    },
    mutant: {
      bug: 'replaces what it knows of the account by what a refresh says',
      find: 'account: { ...link.account, ...granted.account },',
      replace: 'account: granted.account,',
    },
  }),
  clause({
    id: 'ts-big-integer-id',
    title: 'keeps a numeric account id exactly, beyond 2^53 as well',
    level: should('ours'),
    source: 'experience: ids grow, and a rounded one belongs to somebody else',
    why: 'A number of JavaScript ends at 2^53, and what comes after it is rounded. Read such ids as text.',
    alsoFor: ['mercado-pago'],
    needs: { ops: ['status'] },
    async story(scene) {
      const answer = `{"access_token":"APP_USR-large","token_type":"bearer","expires_in":15552000,"user_id":${largeId},"live_mode":true}`
      const type = { status: 200, contentType: 'application/json' }
      scene.arm({ on: 'token:authorization_code', kind: 'status', ...type, body: answer })
      await scene.connect()
      await scene.status()
    },
    missed(evidence) {
      const told = accounts(evidence).some((account) => account.user_id !== undefined)
      return unlessStruck()(evidence) ?? (told ? undefined : 'no user_id is told of the account')
    },
    judge(evidence) {
      for (const { user_id: told } of accounts(evidence))
        if (told !== undefined && struck(evidence.exchanges).length > 0 && String(told) !== largeId)
          return saw(`keeps the account id ${largeId} as ${String(told)}`, ...tokenRequests(evidence.exchanges))
    },
    mutant: {
      bug: 'rounds large numbers',
      find: 'const read: unknown = JSON.parse(exact)',
      replace: 'const read: unknown = JSON.parse(text)',
    },
  }),
]
