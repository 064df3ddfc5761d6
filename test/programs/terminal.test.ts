import { describe, expect, it } from 'vitest'
import { bin, runProgram } from '../cli/command.ts'

const node = process.execPath

describe('run', () => {
  it('lets a terminal interrupt the program once', async () => {
    // Whoever answers has by then passed on what it had to.
    const counting = `let heard = 0
      process.on('SIGINT', async () => {
        if (++heard > 1) return
        for (const _ of '12') await fetch(process.env.MOCK_OAUTH_URL + '/_mock/health')
        console.log('heard', heard)
        process.exit(4)
      })
      setInterval(() => {}, 1000); console.log('there')`
    // A terminal of its own, in which Ctrl+C is typed once the program is there.
    const typist = `import os, pty, sys
pid, terminal = pty.fork()
if pid == 0: os.execv(sys.argv[1], sys.argv[1:])
seen = b''
while b'there' not in seen: seen += os.read(terminal, 1024)
os.write(terminal, b'\\x03')
try:
    while part := os.read(terminal, 1024): seen += part
except OSError: pass
print(seen.decode(), os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))`
    const command = [node, bin, 'run', '--provider', 'mekari', '--quiet', '--', node, '--eval', counting]
    const { stdout } = await runProgram('/usr/bin/python3', ['-c', typist, ...command])
    expect(stdout).toContain('heard 1\r\n 4\n')
  })
})

describe('show', () => {
  it('puts values below their names in a narrow terminal, broken at spaces', async () => {
    const command = `stty cols 80; "${process.execPath}" "${bin}" show mekari`
    const { stdout } = await runProgram('script', ['-qec', command, '/dev/null'], { NO_COLOR: '1', SHELL: '/bin/sh' })
    const [facts = ''] = stdout.replaceAll('\r', '').split('\napi.errors')
    expect(facts).toContain(
      '  code.lifetime\n      5 minutes\n      assumed: the page is silent; Kong gives 300 seconds\n',
    )
    expect(facts).toMatch(/^ {6}--assume mekari\.reuse=family-revoked {2}singleUse\+familyRevoked: .*\n {6}\w/m)
    const [, values = ''] = facts.split('\nclient\n')
    expect(values.split('\n').filter((line) => line.startsWith('      ') && line.length > 80)).toEqual([])
  })
})
