import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import type { ProviderDefinition } from 'mock-oauth/define'
import { root, runProgram } from '../cli/command.ts'

/** The guide to a provider of one's own. */
export const guide = readFileSync(`${root}docs/guide-your-own-provider.md`, 'utf8')

/** The blocks of code whose fence says this, as one text. */
export const codeOf = (fence: string): string =>
  guide
    .split(`\n\`\`\`${fence}\n`)
    .slice(1)
    .map((rest) => rest.split('\n```')[0])
    .join('\n')

/** As strict as the compiler gets, with nothing of this repository. */
const compilerOptions = {
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  target: 'es2023',
  lib: ['es2023', 'dom', 'esnext.disposable'],
  module: 'nodenext',
  types: [],
  allowImportingTsExtensions: true,
}

const projects: string[] = []
process.once('exit', () => {
  for (const project of projects) rmSync(project, { recursive: true, force: true })
})

/** A project in which mock-oauth is installed, with these files; it ends with the process that made it. */
export function projectWith(files: Readonly<Record<string, string>>): string {
  const project = mkdtempSync(`${tmpdir()}/mock-oauth-guide-`)
  projects.push(project)
  mkdirSync(`${project}/node_modules`)
  symlinkSync(root, `${project}/node_modules/mock-oauth`)
  symlinkSync(`${root}node_modules/vitest`, `${project}/node_modules/vitest`)
  const settings = { 'package.json': '{ "type": "module" }', 'tsconfig.json': JSON.stringify({ compilerOptions }) }
  for (const [name, text] of Object.entries({ ...settings, ...files })) writeFileSync(`${project}/${name}`, text)
  return project
}

/** One thing that the compiler has to say, and where. */
export interface Complaint {
  readonly file: string
  readonly line: number
  readonly says: string
}

/** All that the compiler has to say of a project. */
export async function compile(project: string): Promise<readonly Complaint[]> {
  const tsc = `${root}node_modules/typescript/bin/tsc`
  const { stdout, code } = await runProgram(process.execPath, [tsc, '-p', project, '--pretty', 'false'])
  const complaints = stdout
    .trimEnd()
    .split(/\n(?=\S)/)
    .flatMap((text): Complaint[] => {
      const [, file, line, says] = /([\w.-]+)\((\d+),\d+\): error TS\d+: (.*)/s.exec(text) ?? []
      return file && says ? [{ file, line: Number(line), says }] : []
    })
  if (code !== 0 && complaints.length === 0) throw new Error(stdout)
  return complaints
}

/** The guide's provider, as its code blocks make it. */
export async function acmeOf(code = codeOf('ts acme.ts')): Promise<ProviderDefinition> {
  const { acme } = await import(/* @vite-ignore */ `${projectWith({ 'acme.ts': code })}/acme.ts`)
  return acme
}
