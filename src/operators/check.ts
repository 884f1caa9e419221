/** Checks by the names people use for them. */
const names: Readonly<Record<string, string>> = {
  dbs: 'DBS',
  mot: 'MOT',
  loler: 'LOLER',
  'first-aid': 'First aid',
}

/** `DBS`, `Badge`: a kind of check as people say it. */
export const checkInWords = (kind: string): string =>
  names[kind] ?? `${kind.charAt(0).toUpperCase()}${kind.slice(1).replaceAll('-', ' ')}`
