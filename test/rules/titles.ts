import { parseSync } from 'oxc-parser'
import { isNode, type Node, textOf, walk } from '../architecture/source.ts'

const nodesIn = (value: unknown): Node[] => (Array.isArray(value) ? value.filter(isNode) : [])

/** The cases of `it.each([…])`, each with what its rows hold as text; none where the list is not written out. */
function casesOf(callee: Node): (readonly (string | undefined)[])[] {
  const [list] = nodesIn(callee.arguments)
  if (callee.type !== 'CallExpression' || list?.type !== 'ArrayExpression') return []
  const textIn = ({ type, value }: Node) => (type === 'Literal' ? String(value) : undefined)
  return nodesIn(list.elements).map((row) =>
    row.type === 'ArrayExpression' ? nodesIn(row.elements).map(textIn) : [textIn(row)],
  )
}

/** `it`, `it.each([…])` or `it.each<T>([…])` */
const isTest = (callee: Node): boolean => {
  if (callee.type === 'Identifier') return callee.name === 'it'
  const inner = callee.type === 'CallExpression' ? callee.callee : callee.object
  return isNode(inner) && isTest(inner)
}

function titlesOf({ callee, arguments: given }: Node, text: string): string[] {
  const [title] = nodesIn(given)
  if (!isNode(callee) || !isTest(callee) || !title || !/^(Literal|TemplateLiteral)$/.test(title.type)) return []
  const template = title.type === 'Literal' ? String(title.value) : text.slice(title.start + 1, title.end - 1)
  const cases = casesOf(callee)
  if (cases.length === 0) return [template]
  return cases.map((values) => {
    let next = 0
    return template.replace(/%[sj]/g, (blank) => values[next++] ?? blank)
  })
}

/** `$condition` alone: the titles are what the file writes out under that name. */
function namedIn(nodes: readonly Node[], title: string): string[] {
  const [, name] = /^\$(\w+)$/.exec(title) ?? []
  if (name === undefined) return [title]
  return nodes.flatMap(({ type, key, value }) =>
    type === 'Property' && isNode(key) && key.name === name && isNode(value) && value.type === 'Literal'
      ? [String(value.value)]
      : [],
  )
}

/** The titles of the tests in a file, those of `it.each` filled in where their values are written out. */
export function titlesIn(path: string): ReadonlySet<string> {
  const text = textOf(path)
  const nodes = [...walk(parseSync(path, text).program as unknown as Node)].map(([node]) => node)
  const titles = nodes.filter(({ type }) => type === 'CallExpression').flatMap((node) => titlesOf(node, text))
  return new Set(titles.flatMap((title) => namedIn(nodes, title)))
}
