import { expect, test } from 'vitest'
import { bring } from '#adapters/files/bring.ts'
import { csvOf, workbookOf } from '#adapters/files/write-file.ts'
import { kinds } from './kinds.ts'
import { templateOf } from './template.ts'

test.each(kinds.map((kind) => [kind.name, kind] as const))(
  'the template of %s is read as what it is',
  async (name, kind) => {
    const { empty, explained } = templateOf(kind)
    const files = [
      { name: `${name}.csv`, bytes: csvOf(empty) },
      { name: `${name}.xlsx`, bytes: await workbookOf([empty, explained]) },
    ]
    const { matched } = await bring(files)
    expect(matched.map((one) => [one.kind.name, one.sheet.rows.length, one.unread])).toEqual([
      [name, 0, []],
      [name, 0, []],
    ])
    expect(explained.rows.filter(([, , meaning]) => meaning === '')).toEqual([])
  },
)
