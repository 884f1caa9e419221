/** Keeps what is there: `list.filter(present)` has no holes, and its type says so. */
export const present = <T>(value: T | undefined | null): value is T => value !== undefined && value !== null

/** For what cannot happen. The sentence names the thing and its value; it is for the person who must mend it. */
export function invariant(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(sentence)
}
