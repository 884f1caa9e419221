import { expect, test } from 'vitest'
import { plainDate } from '#ground/time.ts'
import type { Entry } from './chronicle.ts'
import { storyOf } from './county.ts'

test.each([1, 2, 3, 10])(
  'a story of school years, %i of them, speaks of nobody and nothing before they are recorded',
  (years) => {
    const { chapters } = storyOf({ seed: 'short', size: 60, years, today: plainDate('2026-11-25') })
    const recorded = new Set<string>()
    const spokenOfTooSoon: string[] = []
    for (const entry of chapters.flatMap(({ entries }) => entries)) {
      const [own, others] = namedIn(entry)
      for (const name of own) recorded.add(name)
      spokenOfTooSoon.push(...others.filter((name) => !recorded.has(name)))
    }
    expect(spokenOfTooSoon).toEqual([])
    expect([...recorded].filter((name) => name.startsWith('pupil ')).length).toBeGreaterThan(60)
  },
)

/** Whom and what an entry records, and whom and what it speaks of, as `school 6`. */
function namedIn({ table, row }: Entry): [own: string[], others: string[]] {
  const columns = Object.keys(row).filter((column) => column.endsWith('_id') && row[column])
  const named = (some: string[]) => some.map((column) => `${column.slice(0, -3)} ${row[column]}`)
  const isOwn = (column: string) => column === `${table}_id`
  return [
    named(columns.filter(isOwn)),
    named(columns.filter((column) => !isOwn(column) && column !== 'other_id')),
  ]
}
