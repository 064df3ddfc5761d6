// Ratios of interleaved rounds, each to its neighbour, as median and spread.

export function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}

/** @param rounds `[floor, mock]` of each round */
export function compare(rounds) {
  const ratios = rounds.map(([floor, mock]) => mock / floor)
  return {
    floor: median(rounds.map(([floor]) => floor)),
    mock: median(rounds.map(([, mock]) => mock)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
  }
}

/** A table of what was compared. */
export function tableOf(rows) {
  const cells = rows.map(({ name, unit, target, floor, mock, ratio, lowest, highest }) => [
    name,
    `${Math.round(floor)} ${unit}`,
    `${Math.round(mock)} ${unit}`,
    ratio.toFixed(2),
    `${lowest.toFixed(2)}–${highest.toFixed(2)}`,
    target,
  ])
  const lines = [['', 'floor', 'mock-oauth', 'ratio', 'min–max', 'target'], ...cells]
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)))
  const write = (line) =>
    line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  ')
  return lines.map(write).join('\n')
}

/** What tokens and worlds take of memory, in kB. */
export const linesOf = ({ pair, world, expired }) =>
  [
    `memory of a token pair that is alive  ${pair.toFixed(1)} kB`,
    `memory of a world                     ${world.toFixed(1)} kB`,
    `10,000 pairs more while those before expire, again and again: ${expired.map((kB) => (kB / 1_000).toFixed(1)).join(', ')} MB`,
  ].join('\n')
