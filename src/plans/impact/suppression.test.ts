import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Counts, type PublishedCounts, suppress } from './suppression.ts'

const SMALLEST = 3

const pupils = (...cells: number[]): Counts => ({ name: 'pupils', within: null, cells })
const longer = (...cells: number[]): Counts => ({ name: 'longer', within: 'pupils', cells })

test('counts that are large enough are shown as they are', () => {
  expect(suppress([pupils(20, 30), longer(10, 0)], SMALLEST)).toEqual([
    { name: 'pupils', total: 50, cells: [20, 30] },
    { name: 'longer', total: 10, cells: [10, 0] },
  ])
})

test('a small count takes another with it, so that the total does not tell', () => {
  const [, column] = suppress([pupils(20, 30, 40), longer(2, 9, 12)], SMALLEST)

  expect(column).toEqual({ name: 'longer', total: 23, cells: [null, null, 12] })
})

test('two small counts whose sum leaves one answer take a third', () => {
  const [, column] = suppress([pupils(20, 30, 40), longer(1, 1, 12)], 5)

  expect(column?.cells).toEqual([null, null, null])
})

test('a group of a few children is hidden in every column', () => {
  const published = suppress([pupils(2, 30, 40), longer(0, 9, 12)], SMALLEST)

  expect(published.map(({ cells }) => cells[0])).toEqual([null, null])
})

test('a total of a few children is not shown', () => {
  expect(suppress([pupils(20, 30), longer(2, 0)], SMALLEST)[1]).toEqual({
    name: 'longer',
    total: null,
    cells: [null, null],
  })
})

test('where the sizes of groups would tell, the groups are not shown at all', () => {
  const published = suppress([pupils(10, 4), longer(10, 3)], 4)

  expect(published).toEqual([
    { name: 'pupils', total: 14, cells: [null, null] },
    { name: 'longer', total: 13, cells: [null, null] },
  ])
})

describe('whoever adds and subtracts what is published', () => {
  // Small tables with many ties: everything a hidden count might be can be counted out.
  const count = fc.nat(6)
  const rowsOf = (columns: number, rows: number) =>
    fc.array(fc.array(count, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: rows })
  const names = ['pupils', 'over 45', 'over 75']
  const table = fc.oneof(rowsOf(2, 3), rowsOf(3, 2)).map((rows): Counts[] => {
    const nested = rows.map((row) => row.toSorted((a, b) => b - a))
    return names
      .slice(0, rows[0]?.length)
      .map((name, i) => ({ name, within: names[i - 1] ?? null, cells: nested.map((row) => row[i] ?? 0) }))
  })

  test('finds as many answers for each hidden count as there are counts too small to show', () => {
    fc.assert(
      fc.property(table, (columns) => {
        for (const answers of everyAnswer(suppress(columns, SMALLEST))) {
          expect(answers.size).toBeGreaterThanOrEqual(SMALLEST - 1)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('is shown no small count', () => {
    fc.assert(
      fc.property(table, (columns) => {
        const shown = suppress(columns, SMALLEST).flatMap(({ total, cells }) => [total, ...cells])
        expect(shown.filter((count) => count !== null && count > 0 && count < SMALLEST)).toEqual([])
      }),
    )
  })

  test('is told the truth where anything is shown', () => {
    fc.assert(
      fc.property(table, (columns) => {
        for (const [i, { cells }] of suppress(columns, SMALLEST).entries()) {
          for (const [row, count] of cells.entries())
            if (count !== null) expect(count).toBe(columns[i]?.cells[row])
        }
      }),
    )
  })
})

/** For every hidden count, the numbers it may be: found by trying all, row by row, and knowing nothing of our rules. */
function everyAnswer(published: readonly PublishedCounts[]): Set<number>[] {
  const rows = published[0]?.cells.length ?? 0
  const most = published.map(({ total, cells }) => total ?? (SMALLEST - 1) * cells.length)
  const rowAnswers = Array.from({ length: rows }, (_, row) => {
    const choices = published.map(({ cells }, i) => optionsFor(cells[row] ?? null, most[i] ?? 0))
    return choices
      .reduce<number[][]>((all, options) => all.flatMap((one) => options.map((o) => [...one, o])), [[]])
      .filter((one) => one.every((count, i) => i === 0 || count <= (one[i - 1] ?? 0)))
  })
  const before = reachable(rowAnswers)
  const after = reachable([...rowAnswers].reverse()).reverse()
  const answers: Set<number>[] = []
  for (const [row, options] of rowAnswers.entries()) {
    const possible = options.filter((one) => fits(one, before[row] ?? new Set(), after[row] ?? new Set()))
    for (const [i, { cells }] of published.entries())
      if (cells[row] === null) answers.push(new Set(possible.map((one) => one[i] ?? 0)))
  }
  return answers

  function fits(one: readonly number[], earlier: ReadonlySet<string>, later: ReadonlySet<string>): boolean {
    for (const a of earlier) {
      const sofar = a.split(',').map((n, i) => Number(n) + (one[i] ?? 0))
      for (const b of later) {
        const sums = b.split(',').map((n, i) => Number(n) + (sofar[i] ?? 0))
        if (sums.every((n, i) => isTotal(n, published[i]?.total ?? null))) return true
      }
    }
    return false
  }
}

const optionsFor = (shown: number | null, most: number) =>
  shown === null ? Array.from({ length: most + 1 }, (_, n) => n) : [shown]

/** A total that is not shown is known to be small. */
const isTotal = (n: number, total: number | null) => (total === null ? n > 0 && n < SMALLEST : n === total)

/** By row, every sum that the rows before it can make. */
function reachable(rowAnswers: readonly number[][][]): Set<string>[] {
  const nothing = rowAnswers[0]?.[0]?.map(() => 0).join() ?? ''
  const sums: Set<string>[] = [new Set([nothing])]
  for (const options of rowAnswers.slice(0, -1)) {
    const last = sums.at(-1) ?? new Set()
    const next = new Set<string>()
    for (const sofar of last)
      for (const one of options)
        next.add(
          sofar
            .split(',')
            .map((n, i) => Number(n) + (one[i] ?? 0))
            .join(),
        )
    sums.push(next)
  }
  return sums
}
