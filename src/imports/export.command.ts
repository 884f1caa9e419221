/** `firstbell export`: everything on the register, in the layouts in which it can be brought in. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { recordLook } from '#access/look-store'
import { csvOf } from '#adapters/files/write-file.ts'
import { type Command, refused, report } from '#cli/command.ts'
import type { PupilId } from '#ground/ids.ts'
import { FIRSTBELL } from '#knowledge/store'
import { exportTables } from './export-store.ts'

/** Who acts at the keyboard of the machine itself. */

export const exportCommand: Command = {
  name: 'export',
  summary: 'write everything on the register as CSV files that can be brought in again',
  takes: ['<folder>'],

  async run({ sql, words, now }) {
    const folder = words[0] ?? ''
    const written: { file: string; rows: number }[] = []
    const pupils = new Set<PupilId>()
    try {
      await mkdir(folder, { recursive: true })
      for await (const { kind, headings, rows, pupils: about } of exportTables(sql)) {
        for (const pupil of about) pupils.add(pupil)
        const file = `${kind.name}.csv`
        await writeFile(join(folder, file), csvOf({ name: kind.title, headings, rows }))
        written.push({ file, rows: rows.length })
      }
    } catch (cause) {
      const { code, message } = cause as { code?: string; message: string }
      if (code === undefined || !/^E[A-Z]+$/.test(code)) throw cause
      return refused(`"${folder}" cannot be written: ${message}. Give a folder on a disk with room.`)
    } finally {
      if (pupils.size > 0)
        await recordLook(sql, { person: FIRSTBELL, page: 'firstbell export', pupils: [...pupils], now })
    }
    const lines = written.map(({ file, rows }) => `${file}: ${rows} rows`)
    return report([...lines, `About ${pupils.size} pupils. The export is on record.`].join('\n'), {
      written,
      pupils: pupils.size,
    })
  },
}
