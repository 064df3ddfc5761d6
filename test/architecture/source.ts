import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parseSync } from 'oxc-parser'

const root = new URL('../../', import.meta.url).pathname

/** One source file: what it imports and which names of the outside world it speaks. */
export interface Source {
  /** Relative to the project: `src/engine/serve.ts`. */
  readonly path: string
  readonly text: string
  /** Files of ours, relative to the project, and packages by their specifier; type-only imports count. */
  readonly imports: readonly string[]
  /** `process`, `Date.now`, `new Date()` … as they stand in the code, not in comments or strings. */
  readonly names: ReadonlySet<string>
  /** Lines that are neither blank, comment nor import. */
  readonly linesOfCode: number
}

/** A node of a syntax tree. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly [key: string]: unknown
}

/** True for a node. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** A node and all within it, each with the node that holds it. */
export function* walk(node: Node, parent?: Node): Generator<[node: Node, parent: Node | undefined]> {
  yield [node, parent]
  for (const value of Object.values(node)) {
    for (const inner of Array.isArray(value) ? value : [value]) if (isNode(inner)) yield* walk(inner, node)
  }
}

/** Where an import, a re-export, `import()` or a type's `import('…')` points to. */
function specifierOf({ type, source, argument }: Node): string | undefined {
  if (!/^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType)$/.test(type)) return undefined
  const target = isNode(source) ? source : isNode(argument) ? argument : undefined
  if (!target) return undefined
  if (typeof target.value !== 'string') throw new Error(`an import whose target cannot be read: ${type}`)
  return target.value
}

/** A name of the outside world that a node speaks, if it speaks one. */
function nameOf(node: Node, parent: Node | undefined): string | undefined {
  if (node.type === 'NewExpression' && isNode(node.callee) && node.callee.name === 'Date') {
    return Array.isArray(node.arguments) && node.arguments.length === 0 ? 'new Date()' : undefined
  }
  if (node.type === 'MemberExpression' && isNode(node.object) && isNode(node.property)) {
    return node.object.type === 'Identifier' ? `${node.object.name}.${node.property.name}` : undefined
  }
  if (node.type === 'CallExpression' && isNode(node.callee) && node.callee.name === 'Date') return 'Date()'
  if (node.type !== 'Identifier') return undefined
  const isMember = parent?.type === 'MemberExpression' && parent.property === node && parent.computed === false
  const isKey = parent?.type === 'Property' && parent.key === node && parent.computed === false && !parent.shorthand
  return isMember || isKey ? undefined : String(node.name)
}

/** Reads one file by a parser, so that comments and strings are not taken for code. */
function read(path: string): Source {
  const text = readFileSync(join(root, path), 'utf8')
  const { program, comments, errors } = parseSync(path, text)
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`)
  const nodes = [...walk(program as unknown as Node)]
  const local = (to: string) => (to.startsWith('.') ? relative(root, join(root, dirname(path), to)) : to)
  const blanked = [...comments, ...nodes.map(([node]) => node).filter(({ type }) => type === 'ImportDeclaration')]
  let code = text
  for (const { start, end } of blanked) {
    code = code.slice(0, start) + text.slice(start, end).replace(/[^\n]/g, ' ') + code.slice(end)
  }
  return {
    path,
    text,
    imports: nodes.flatMap(([node]) => specifierOf(node) ?? []).map(local),
    names: new Set(nodes.flatMap(([node, parent]) => nameOf(node, parent) ?? [])),
    linesOfCode: code.split('\n').filter((line) => line.trim() !== '').length,
  }
}

/** Every TypeScript file under a folder of the project. */
export const sourcesUnder = (folder: string): readonly Source[] =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .sort()
    .map((path) => read(join(folder, path)))

/** A file of the project as text. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8')
