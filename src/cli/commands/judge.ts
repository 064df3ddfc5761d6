import type { Command } from 'commander'
import { count, words } from '../arguments.ts'
import { flag, json } from './flags.ts'

const client = () => flag('--client <command>', 'what starts its driver: JSON lines over standard input and output')
const timeout = () =>
  flag('--timeout <seconds>', 'how long any answer of the driver may take').argParser(count).default(10)
const seed = () => flag('--seed <text>', 'the same seed plays the same stories (default: one for each day)')

/** Commands that say whether a client keeps the rules. */
export function addJudging(program: Command): void {
  program.commandsGroup('Judge a client:')
  const contract = program
    .command('contract')
    .description('judge a client, in any language, rule by rule')
    .enablePositionalOptions()
    .optionsGroup('What is judged:')
    .addOption(client())
    .addOption(flag('--provider <name>', 'at which providers (repeatable; default: all)').argParser(words))
    .addOption(flag('--clause <glob>', 'only these: rf-*, cb-state-mismatch (repeatable)').argParser(words))
    .addOption(
      flag('--level <level>', 'what binds less is shown and not counted')
        .choices(['must', 'should', 'may'])
        .default('may'),
    )
    .addOption(flag('--slow', 'also what needs more than a few seconds of real time'))
    .addOption(flag('--unknowns', 'also with each behaviour that is plausible where a page is silent'))
    .addOption(flag('--assume <provider.name=choice>', 'with this one of them in place of the usual behaviour'))
    .optionsGroup('How:')
    .addOption(seed())
    .addOption(
      flag('--repeat <n>', 'judge each so often; what differs is broken, and flaky').argParser(count).default(1),
    )
    .addOption(
      flag('--baseline <file>', 'known failures with their reasons (default: contracts.yaml, if there is one)'),
    )
    .addOption(flag('--strict', 'what a client should do counts like what it must do'))
    .addOption(timeout())
    .optionsGroup('Output:')
    .addOption(
      flag(
        '--report <file>',
        'write a report, as its name says: .json, .xml (JUnit), .md, .html (repeatable)',
      ).argParser(words),
    )
    .addOption(json())
    .addOption(flag('--verbose', 'list what is kept, too, and tell stories whole'))
    .optionsGroup('Look up, and judge nothing:')
    .addOption(flag('--list', 'the clauses, and where each is for'))
    .addOption(flag('--explain <clause>', 'one clause: what it asks, by whose word, and why'))
    .addOption(flag('--self-test', 'hold every clause against a careful client, and against the same with one bug'))
    .addOption(flag('--drags', 'with --self-test: also what each bug breaks besides its clause (takes long)'))
    .optionsGroup('Options:')
    .addHelpText(
      'after',
      `
  A driver is a small program around your client that answers JSON lines: mock-oauth contract init writes one to begin with.
  Each clause plays a story in a world of its own, and the same without its faults beside it.

  Examples:
    mock-oauth contract init --language python
    mock-oauth contract smoke --client "python3 contract/driver.py"
    mock-oauth contract --provider mekari --client "python3 contract/driver.py"
    mock-oauth contract --provider mekari --clause 'rc-*' --client "node driver.js" --report contract.html

  Exit codes: 0 as expected, 1 something unexpected or a stale row of the baseline, 2 wrong usage, 3 the client could not be
  started, 4 nothing was judged, 5 a bug of ours.`,
    )
    .action(async (options) => (await import('../contract/contract.ts')).contract(options))
  contract
    .command('smoke')
    .description('tell a bad driver from a bad client')
    .addOption(client())
    .addOption(flag('--provider <name>', 'at which provider').default('standard'))
    .addOption(timeout())
    .addOption(json())
    .action(async (options) => (await import('../contract/smoke.ts')).smoke(options))
  contract
    .command('init')
    .description('write a driver around a careful client, to put your own client in')
    .addOption(
      flag('--language <language>', 'in which language').choices(['typescript', 'python', 'go']).makeOptionMandatory(),
    )
    .addOption(flag('--folder <path>', 'where').default('contract'))
    .addOption(flag('--force', 'write over files that are there'))
    .action(async (options) => (await import('../contract/init.ts')).init(options))
}
