/** What a new password is asked to be: long rather than odd. */

/** Characters a new password has at least. NIST SP 800-63B asks for 8; this is what three words come to. */
const SHORTEST_PASSWORD = 12

/** What is wrong with a new password, as a sentence for beside its field; nothing where it will do. */
export function wrongWithPassword(chosen: string): string | undefined {
  if ([...chosen].length >= SHORTEST_PASSWORD) return undefined
  return `Enter a new password of ${SHORTEST_PASSWORD} characters or more. Three words you will remember make a good one`
}
