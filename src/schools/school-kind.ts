/** The kinds of school an officer chooses from. A file may bring others, as the register of schools calls them. */
export const schoolKinds = [
  'special',
  'resourced provision',
  'independent special',
  'alternative provision',
  'mainstream',
  'college',
] as const

/** `special` as a list shows it: `Special`. */
export const kindInWords = (kind: string): string => `${kind.charAt(0).toUpperCase()}${kind.slice(1)}`
