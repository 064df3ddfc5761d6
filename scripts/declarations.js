// The types of the doors: what tsc wrote, as far as a door reaches it, with imports that name files of the package.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

const imported = /(from |import\()(['"])(\.[^'"]*)\.ts\2/g

/** Copies the declarations that `doors` (names without suffix) reach. */
export function copyTypes(doors, from, to) {
  const reached = new Set()
  const reach = (name) => {
    if (reached.has(name)) return
    reached.add(name)
    const text = readFileSync(join(from, `${name}.d.ts`), 'utf8')
    const target = join(to, `${name}.d.ts`)
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text.replace(imported, '$1$2$3.js$2'))
    for (const [, , , other] of text.matchAll(imported)) reach(join(dirname(name), other))
  }
  doors.forEach(reach)
}
