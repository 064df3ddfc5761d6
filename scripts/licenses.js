// The licence texts of every package that a bundle contains.
import { readdirSync, readFileSync } from 'node:fs'

/** @param metafiles esbuild's accounts of what went into which file */
export function licensesOf(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((one) => Object.entries(one.inputs)))
  const used = inputs.filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  const folders = new Set(used.map(([path]) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]).filter(Boolean))
  return [...folders]
    .sort()
    .map(textOf)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function textOf(folder) {
  const { name, version, license } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'))
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
  const texts = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim())
  if (texts.length === 0 && !license) throw new Error(`${name}: no licence found`)
  return `${name} ${version} (${license})\n\n${texts.join('\n\n') || 'The package names its licence and ships no text.'}\n`
}
