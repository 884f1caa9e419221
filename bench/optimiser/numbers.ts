/** A text of numbers as rows of numbers. Blank lines are passed over. */
export function readRows(text: string, source: string): number[][] {
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .map((line, i) => line.split(/\s+/).map((word) => readNumber(word, `${source}, row ${i + 1}`)))
}

/** Field `i` of a row, or a sentence that says which row is too short. */
export function field(row: readonly number[] | undefined, i: number, source: string): number {
  const value = row?.[i]
  if (value === undefined) {
    throw new Error(
      `${source}: expected at least ${i + 1} numbers in the row, found ${row?.length ?? 'no row'}.`,
    )
  }
  return value
}

function readNumber(word: string, where: string): number {
  const value = Number(word)
  if (!Number.isFinite(value)) throw new Error(`${where}: expected a number, found "${word}".`)
  return value
}
