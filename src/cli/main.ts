import { Command } from 'commander'

const program = new Command('mock-oauth')
program
  .command('serve')
  .option('--port <port>', 'port', '4420')
  .option('--provider <names...>', 'providers')
  .action(async ({ port, provider }: { port: string; provider?: string[] }) => {
    const { createMockOAuth } = await import('../index.ts')
    const mock = await createMockOAuth({ providers: provider ?? [] })
    const { url } = await mock.listen({ port: Number(port) })
    console.log(`listening on ${url}`)
  })
await program.parseAsync()
