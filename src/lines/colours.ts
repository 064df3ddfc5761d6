/** What paints a text, by the names that picocolors gives. */
export type Colours = Readonly<
  Record<'bold' | 'dim' | 'green' | 'cyan' | 'magenta' | 'yellow' | 'red', (text: string) => string>
>

const asItIs = (text: string): string => text

/** Where nobody wants colours. */
export const plain: Colours = {
  bold: asItIs,
  dim: asItIs,
  green: asItIs,
  cyan: asItIs,
  magenta: asItIs,
  yellow: asItIs,
  red: asItIs,
}
