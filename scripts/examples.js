// Writes each block of code of README.md, and those of docs/*.md that name an example, from the file that it names; with --check it
// writes nothing and names the blocks that are stale, or that name no file.
//
// `<!-- examples/x.sh -->` before a block stands for a whole file, `<!-- examples/x.sh#name -->` for what stands between the lines
// `# #name` and `# #end` (`// #name` in TypeScript). What stands in several places of a file is joined by a line `…`. A whole file is
// shown without these lines.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

process.chdir(new URL('..', import.meta.url).pathname)

const block = /(?:<!-- (examples\/[^\s#]+)(?:#([\w-]+))? -->\n)?^```[^\n]*\n(.*?)^```$/gms
const isCheck = process.argv.includes('--check')

/** What a block shows of a file, without a last line's end. */
function shown(file, part) {
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n')
  const mark = /^(\s*)(?:\/\/|#) #([\w-]+)$/
  if (!part) return lines.filter((line) => !mark.test(line)).join('\n')
  const seen = []
  let inside = false
  for (const line of lines) {
    const [, indent, name] = mark.exec(line) ?? []
    if (name === part && seen.length > 0) seen.push(`${indent}…`)
    if (name) inside = name === part
    else if (inside) seen.push(line)
  }
  if (seen.length === 0) throw new Error(`${file} has no part #${part}`)
  const indents = seen.filter((line) => line.trim()).map((line) => /^ */.exec(line)[0].length)
  return seen.map((line) => line.slice(Math.min(...indents))).join('\n')
}

const complaints = []
for (const page of ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)].filter((name) =>
  name.endsWith('.md'),
)) {
  const text = readFileSync(page, 'utf8')
  const written = text.replace(block, (whole, file, part, code, offset) => {
    if (!file) {
      if (page === 'README.md') complaints.push(`${page}:${lineOf(text, offset)} names no example.`)
      return whole
    }
    const fresh = `${shown(file, part)}\n`
    if (fresh === code) return whole
    const name = part ? `${file}#${part}` : file
    if (isCheck) complaints.push(`${page}:${lineOf(text, offset)} is not ${name}: npm run examples writes it anew.`)
    else console.log(`${page}: ${name}`)
    return `${whole.slice(0, whole.length - code.length - '```'.length)}${fresh}\`\`\``
  })
  if (!isCheck && written !== text) writeFileSync(page, written)
}
for (const complaint of complaints) console.error(complaint)
process.exitCode = complaints.length > 0 ? 1 : 0

function lineOf(text, offset) {
  return text.slice(0, offset).split('\n').length
}
