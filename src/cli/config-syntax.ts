import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, type Pair, parseDocument, visit } from 'yaml'
import type { ConfigFile } from './config-file.ts'
import { shown } from './file-text.ts'
import { Stop } from './stop.ts'

/**
 * Reads YAML and JSON, which is YAML as well and so has lines.
 * @throws {Stop} naming line and column
 */
export function parse(path: string, text: string): Omit<ConfigFile, 'path'> {
  // An editor may be in the middle of writing it.
  if (text.trim() === '')
    throw new Stop(2, `${shown(path)} is empty. mock-oauth init --force writes one that says what it may hold.`)
  if (path.endsWith('.json')) checkJson(path, text)
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const [wrong] = [...document.errors, ...document.warnings]
  if (wrong) {
    const { line, col } = lines.linePos(wrong.pos[0])
    const language = path.endsWith('.json') ? 'JSON' : 'YAML'
    const what = wrong.code === 'MULTIPLE_DOCS' ? 'A second document begins; keep one' : wrong.message
    throw new Stop(2, `${shown(path)}:${line}:${col} is not ${language}: ${what}`)
  }
  const circle = circleIn(document)
  if (circle !== undefined) {
    const { line, col } = lines.linePos(circle)
    throw new Stop(2, `${shown(path)}:${line}:${col} is an alias of what it stands in.`)
  }
  return {
    data: toData(path, document) ?? {},
    lineOf: (keys) => {
      const at = nodeAt(document.contents as Node | null, keys)?.range?.[0]
      return at === undefined ? undefined : lines.linePos(at).line
    },
  }
}

function toData(path: string, document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    throw new Stop(2, `${shown(path)} cannot be read: ${(error as Error).message}.`)
  }
}

/** Where an alias is of what it stands in, which nothing could walk through to its end. */
function circleIn(document: Document): number | undefined {
  let found: number | undefined
  visit(document, {
    Alias(_, alias, around) {
      const target = alias.resolve(document)
      if (target === undefined || !around.includes(target)) return undefined
      found = alias.range?.[0]
      return visit.BREAK
    },
  })
  return found
}

function checkJson(path: string, text: string): void {
  const wrongIn = (part: string): string | undefined => {
    try {
      JSON.parse(part)
      return undefined
    } catch (error) {
      return (error as Error).message
    }
  }
  const wrong = wrongIn(text)
  if (wrong === undefined) return
  // The shortest beginning that cannot go on ends where it goes wrong; Node's message does not always say where.
  const canGoOn = (length: number) => {
    const message = wrongIn(text.slice(0, length)) ?? ''
    return /end of JSON|Unterminated|^$/i.test(message) || Number(/position (\d+)/.exec(message)?.[1]) >= length
  }
  let [good, bad] = [0, text.length]
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2)
    if (canGoOn(middle)) good = middle
    else bad = middle
  }
  const before = text.slice(0, good).split('\n')
  throw new Stop(2, `${shown(path)}:${before.length}:${(before.at(-1)?.length ?? 0) + 1} is not JSON: ${wrong}`)
}

/** What stands at a path of keys, the key itself where it has one; else the nearest around it. */
function nodeAt(node: Node | null, [key, ...rest]: readonly string[]): Node | null {
  if (key === undefined) return node
  if (isMap(node)) {
    const pair = (node.items as Pair<Node, Node | null>[]).find(
      (one) => isScalar(one.key) && String(one.key.value) === key,
    )
    if (!pair) return node
    return rest.length === 0 ? pair.key : (nodeAt(pair.value, rest) ?? pair.key)
  }
  if (isSeq(node)) return nodeAt((node.items[Number(key)] as Node | undefined) ?? node, rest)
  return node
}
