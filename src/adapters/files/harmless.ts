/**
 * A spreadsheet program takes a cell that begins with = + - @ for a formula and may run it (OWASP, "CSV injection").
 * An apostrophe in front makes it text; reading takes the apostrophe away again, so nothing is changed by the journey.
 */
const DANGEROUS = /^'*[=+\-@\t\r\n]/
const NUMBER = /^-?\d+(\.\d+)?$/

/** The text as it may be written into a cell. */
export const harmless = (text: string): string =>
  DANGEROUS.test(text) && !NUMBER.test(text) ? `'${text}` : text

/** What was meant by a cell that `harmless` may have written. */
export const meant = (cell: string): string => (/^'+[=+\-@\t\r\n]/.test(cell) ? cell.slice(1) : cell)
