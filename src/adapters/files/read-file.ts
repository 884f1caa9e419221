/** Reads a table out of whatever file an officer has: CSV, tab-separated text, or an Excel workbook. */
import { ok, type Result, refuse } from '#ground/result.ts'
import type { FileRefused, SentFile, Sheet } from '#imports'
import { readText } from './read-text.ts'
import { readWorkbook } from './read-workbook.ts'

/** The largest file that is read: a whole county's postcodes fit several times over. */
export const LARGEST_FILE = 50 * 1024 * 1024

/** The sheets of a file, or why it cannot be read. What it is, its first bytes say; its name is not trusted. */
export async function readFile(file: SentFile): Promise<Result<Sheet[], FileRefused>> {
  const { name, bytes } = file
  const no = (says: string) => refuse({ file: name, says })
  if (bytes.length === 0) return no('is empty. Send the file again.')
  if (bytes.length > LARGEST_FILE) {
    const size = Math.ceil(bytes.length / 1024 / 1024)
    return no(
      `is ${size} MB and 50 MB is the most that can be read at once. Divide it, keeping the headings on each part.`,
    )
  }
  if (startsWith(bytes, [0x50, 0x4b])) return await readWorkbook(file)
  if (startsWith(bytes, [0xd0, 0xcf, 0x11, 0xe0])) {
    return no('is an old Excel workbook (.xls) or has a password. Save it as .xlsx without a password.')
  }
  const sheet = readText(file)
  return sheet.ok ? ok([sheet.value]) : sheet
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]) =>
  magic.every((byte, i) => bytes[i] === byte)
