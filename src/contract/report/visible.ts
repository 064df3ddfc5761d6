/** Text with its control characters made visible, apart from those that lay it out. */
export const visible = (text: string): string =>
  text.replace(/(?![\t\n\r])\p{Cc}/gu, (sign) => `\\x${sign.charCodeAt(0).toString(16).padStart(2, '0')}`)
