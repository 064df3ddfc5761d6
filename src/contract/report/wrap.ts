/**
 * Text in lines of at most so many columns, the first behind `indent`, the others behind `hanging`. What is longer than a
 * line by itself is broken, where it can be before a sign that joins parts.
 */
export function wrap(text: string, indent = '', hanging = indent, columns = 80): readonly string[] {
  const lines: string[] = []
  let line = indent
  let isEmpty = true
  const turn = () => {
    lines.push(line)
    line = hanging
    isEmpty = true
  }
  for (const word of text.split(/\s+/).filter((one) => one !== '')) {
    let rest = word
    const length = line.length + rest.length + (isEmpty ? 0 : 1)
    if (length > columns && !isEmpty && rest.length <= columns - hanging.length) turn()
    while (line.length + rest.length + (isEmpty ? 0 : 1) > columns) {
      const joint = isEmpty ? '' : ' '
      const cut = placeToBreak(rest, columns - line.length - joint.length)
      line += joint + rest.slice(0, cut)
      rest = rest.slice(cut)
      turn()
    }
    line += isEmpty ? rest : ` ${rest}`
    isEmpty = false
  }
  return isEmpty && lines.length > 0 ? lines : [...lines, line]
}

/** The last place within a length at which a URL, a form or JSON may be broken; the length itself where there is none. */
function placeToBreak(word: string, length: number): number {
  const fits = word.slice(0, Math.max(1, length))
  const place = Math.max(...['&', '?', ',', '{'].map((sign) => fits.lastIndexOf(sign)))
  if (place < fits.length / 3) return fits.length
  return word[place] === ',' || word[place] === '{' ? place + 1 : place
}
