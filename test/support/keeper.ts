/**
 * A program that keeps an embedded database open until its standard input ends, for tests that kill it:
 *   node test/support/keeper.ts FOLDER
 */
import { connect } from '#adapters/postgres/connect.ts'
import { startEmbedded } from '#adapters/postgres/embedded.ts'

const [folder = ''] = process.argv.slice(2)
const tell = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`)

try {
  const { url, adopted, stop, ...rest } = await startEmbedded({ folder, say: (said) => tell({ said }) })
  const sql = connect(url, { atMost: 1 })
  await sql`create table if not exists kept (word text primary key)`
  tell({ url, adopted, folder: rest.folder })
  process.stdin.on('data', async (word) => {
    await sql`insert into kept values (${String(word).trim()})`
    tell({ kept: String(word).trim() })
  })
  process.stdin.on('end', async () => {
    await sql.end()
    await stop()
    process.exit(0)
  })
} catch (cause) {
  tell({ failed: (cause as Error).name, sentence: (cause as Error).message })
  process.exitCode = 1
}
