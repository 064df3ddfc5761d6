import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { root, runProgram } from '../cli/command.ts'

describe('completion', () => {
  it.each([
    ['mock-oauth cl', ['clock']],
    ['mock-oauth clock ', ['advance', 'freeze', 'help', 'release', 'set']],
    ['mock-oauth serve --provider mek', ['mekari']],
    // Bash itself keeps what stands before the colon.
    ['mock-oauth env mekari:s', ['sandbox']],
    ['mock-oauth show $(false)', []],
  ])('completes %j in bash, with nothing else installed', async (line, expected) => {
    const bin = mkdtempSync(`${tmpdir()}/mock-oauth-`)
    onTestFinished(() => rmSync(bin, { recursive: true }))
    symlinkSync(`${root}bin/mock-oauth.js`, `${bin}/mock-oauth`)
    const script = `source <(mock-oauth completion bash) && complete -p mock-oauth >&2
COMP_LINE='${line}' COMP_POINT=${line.length}
_mock_oauth && printf '%s\\n' "\${COMPREPLY[@]}" | sort`
    const { stdout, stderr } = await runProgram('bash', ['--norc', '-c', script], {
      PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`,
    })
    expect(stdout.split('\n').filter((word) => word !== '')).toEqual(expected)
    // Where it suggests nothing, bash goes on with files.
    expect(stderr).toBe('complete -o default -F _mock_oauth mock-oauth\n')
  })
})
