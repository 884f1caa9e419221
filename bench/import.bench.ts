/** A county brought in by the one command: its postcodes, schools and pupils, into a database made for it; and again. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Part } from './part.ts'
import { firstbell, inScratch } from './scratch.ts'

const run = promisify(execFile)

export const importPart: Part = {
  name: 'import',
  about:
    'Kent’s 71,839 postcodes, 549 schools and 5,000 synthetic pupils by `firstbell import FOLDER`, from the command to its last word. The first time an empty database is made for them, which is in the figure.',

  async measure({ say, shared, time }) {
    const kent = join(shared, 'kent')
    if (!existsSync(join(kent, 'pupils.csv'))) {
      say(`  Skipped, because there is no ${join(kent, 'pupils.csv')}.`)
      return []
    }
    return await inScratch(async (folder) => {
      const once = () => bringIn(kent, folder)
      const how = { times: 1, warmUp: false, atMost: 60_000 }
      return [
        await time('everything, the first time', once, how),
        await time('the same again, which changes nothing', once, how),
      ]
    })
  },
}

/** Rejects with what the command said, where it refuses. */
async function bringIn(files: string, folder: string): Promise<void> {
  const mapping = 'db/mappings/kent-sample.json'
  const { program, words, options } = firstbell(
    'import',
    files,
    '--mapping',
    mapping,
    '--data',
    folder,
    '--json',
  )
  await run(program, words, { ...options, maxBuffer: 64 * 1024 * 1024 })
}
