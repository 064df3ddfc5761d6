import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { root, runProgram } from './cli/command.ts'

const text = (path: string) => readFileSync(`${root}${path}`, 'utf8')
const libraries = [
  'simple-oauth2',
  'openid-client',
  '@badgateway/oauth2-client',
  'passport-oauth2',
  'requests-oauthlib',
  'authlib',
  'golang.org/x/oauth2',
]

describe('the page of real clients', () => {
  it('is what the verdicts and the findings say, each failure with a finding and each finding with a failure', async () => {
    const shown = await runProgram(process.execPath, [`${root}scripts/clients.js`, '--page', '--check'])
    expect(shown).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  it.each(libraries)('tells of %s, and how each failure is seen again', (library) => {
    const section = text('docs/clients.md').split(`\n## ${library}\n`)[1]?.split('\n## ')[0] ?? ''
    const failures = section.match(/^- \[[\w-]+\]\(contracts\/[\w-]+\.md#[\w-]+\) (broken|warned) at /gm) ?? []
    expect(failures.length).toBeGreaterThan(0)
    expect(section.match(/^ {2}`node bin\/mock-oauth\.js contract --provider .*`$/gm)).toHaveLength(failures.length)
  })

  it('says of each finding where in the library it is seen', () => {
    const findings: { library: string; where: string; why: string }[] = parse(text('examples/clients/findings.yaml'))
    for (const { library, where, why } of findings) {
      expect(library).toSatisfy((name: string) => libraries.includes(name) || name.startsWith('careful'))
      expect(where, why).toMatch(/\w/)
      expect(why, where).toMatch(/\w/)
    }
  })
})
