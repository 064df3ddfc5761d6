import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

const src = (file: string) => new URL(`./src/${file}`, import.meta.url).pathname

/** What takes longest, the longest last. Begun at the end, it would keep one core busy and leave the others idle. */
const longest = [
  ...['faults/truth', 'cli/serve', 'cli/rotation', 'cli/watch', 'cli/steer', 'rotation-races', 'run/run'],
  ...['transports/mekari', 'transports/standard', 'transports/mercury', 'cli/config', 'state/kill', 'hostile', 'laws'],
].map((name) => `/test/${name}.test.ts`)

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification) => longest.findLastIndex((one) => moduleId.endsWith(one))
    return (await super.sort(files)).toSorted((one, other) => rank(other) - rank(one))
  }
}

// What puts something in place of a module or of what Node has, or measures the memory of its process.
const apart = [
  ...['test/memory.test.ts', 'test/worlds/many.test.ts', 'test/msw/**/*.test.ts', 'test/transports/**/*.test.ts'],
  ...['test/vitest/**/*.test.ts', 'examples/**/*.test.ts'],
]

export default defineConfig({
  resolve: {
    alias: [
      { find: /^mock-oauth$/, replacement: src('index.ts') },
      {
        find: /^mock-oauth\/(config|consent|contract|define|fastify|fetch|matchers|msw|playwright|providers|vitest)$/,
        replacement: `${src('')}$1.ts`,
      },
    ],
  },
  test: {
    // Every core: by default one is left idle, which is half of a machine that has two.
    maxWorkers: '100%',
    // Processes are started and primes are looked for while others do the same.
    testTimeout: 30_000,
    // What comes is waited for as long as a test may last: how soon it comes is the machine's.
    expect: { poll: { timeout: 15_000 } },
    // The command line is tested as built.
    globalSetup: ['test/setup/build.ts'],
    sequence: { sequencer: LongestFirst },
    projects: [
      // One after another in a process: to load what is tested takes most files longer than to test it.
      {
        extends: true,
        test: {
          name: 'together',
          isolate: false,
          include: ['test/**/*.test.ts'],
          // Suites of their own: what needs more than Node.
          exclude: [...apart, 'test/browser/**', 'test/programs/**'],
        },
      },
      { extends: true, test: { name: 'apart', include: apart } },
    ],
  },
})
