import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { parse } from 'yaml'
import { root } from '../cli/command.ts'

interface Step {
  id: string
  shell: string
  run: string
  env: Record<string, string>
}

const action = parse(readFileSync(`${root}action.yml`, 'utf8')) as {
  inputs: Record<string, { default?: string; required?: boolean }>
  runs: { using: string; steps: Step[] }
}

/** Nothing of the npm that may have started these tests: its settings hold for every npx within. */
const ofARunner = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')))

/** Runs the steps of the action as a runner does, with these inputs. */
function runAction(given: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'mock-oauth-action-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [name, usual]),
  )
  Object.assign(inputs, { reports: join(folder, 'reports') }, given)
  const files = { GITHUB_STEP_SUMMARY: join(folder, 'summary'), GITHUB_OUTPUT: join(folder, 'output') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const filled = (text: string) =>
    text.replace(/\$\{\{ inputs\.([\w-]+) \}\}/g, (_, name: string) => inputs[name] ?? '')
  const [step] = action.runs.steps as [Step]
  const env = Object.fromEntries(Object.entries(step.env).map(([name, text]) => [name, filled(text)]))
  const script = join(folder, 'script.sh')
  writeFileSync(script, step.run)
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-e', '-o', 'pipefail', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...ofARunner, ...env, ...files },
  })
  return {
    ...{ status, stdout, stderr },
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    output: readFileSync(files.GITHUB_OUTPUT, 'utf8'),
    reports: () => readdirSync(inputs.reports as string).toSorted(),
  }
}

const odd = (how: string) => `node test/contract/drivers/odd.js '${how}'`

describe('the action for GitHub', () => {
  it('is of one step', () => {
    expect(action.runs).toMatchObject({ using: 'composite', steps: [{ id: 'judge', shell: 'bash' }] })
  })

  it('judges, writes every report and the summary, and fails as the command does', () => {
    const { status, summary, output, reports } = runAction({
      client: odd('answers yes to all'),
      provider: 'mekari,standard',
      clause: 'tr-body-format,ar-state-present',
    })
    expect(status).toBe(1)
    expect(summary).toMatch(/^#+ .*ar-state-present/s)
    expect(output).toMatch(/^reports=.+\n$/)
    expect(reports()).toEqual(['contract.html', 'contract.json', 'contract.md', 'contract.xml'])
  })

  it('takes what its inputs hold for text, and nothing of it for shell', () => {
    const { status, stderr } = runAction({ client: odd('exits at once'), clause: 'ar-*"; touch /tmp/owned; "' })
    expect(status).toBe(2)
    expect(stderr).toMatch(/No clause is like "touch"|No clause is like "ar-\*";"/)
  })
})
