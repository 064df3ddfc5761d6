/** The path of an object that holds itself, which nothing could walk through to its end; undefined where none does. */
export function circleIn(value: unknown, path = '', around: readonly unknown[] = []): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (around.includes(value)) return path
  for (const [key, inner] of Object.entries(value)) {
    const found = circleIn(inner, path ? `${path}.${key}` : key, [...around, value])
    if (found !== undefined) return found
  }
  return undefined
}
