import { type Clause, clause, everywhere, should } from '../../src/contract/clause.ts'
import { saw } from '../../src/contract/evidence.ts'
import { keysIn, leakIn } from './secrets.ts'

/** Tokens that lie on a disk. */
export const atRest: readonly Clause[] = [
  clause({
    id: 'se-store-at-rest',
    title: 'keeps tokens in files that nobody else on the machine can read',
    level: should('ours'),
    source: 'RFC 6819 §5.1.4.1.3, §5.3.3',
    why: 'Every program of every user could take the tokens from there. Make the file with mode 600, or encrypt what is in it.',
    alsoFor: everywhere,
    after: 'connects',
    control: false,
    async story(scene) {
      await scene.connect()
      await scene.call()
    },
    missed: ({ store }) => (store.length > 0 ? undefined : 'nothing was stored'),
    judge(evidence) {
      const keys = keysIn(evidence)
      for (const { path, mode, text } of evidence.store) {
        const leak = (mode & 0o077) === 0 ? undefined : leakIn(text, keys)
        if (leak) return saw(`keeps ${leak} in ${path}, which has mode ${mode.toString(8)}`)
      }
    },
    mutant: {
      bug: 'makes files that everybody can read',
      find: "const handle = await open(draft, 'wx', 0o600)",
      replace: "const handle = await open(draft, 'wx', 0o644)",
    },
  }),
]
