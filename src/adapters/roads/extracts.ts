/** OpenStreetMap extracts beside the database: sent by a person, or put there by whoever looks after the machine. */
import { existsSync } from 'node:fs'
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'

const ENDING = '.osm.pbf'

/** Where the extract of this name is kept in a folder of Firstbell’s. */
export const extractIn = (folder: string, name: string): string => join(folder, 'extracts', basename(name))

export type KeptExtract = { name: string; bytes: number }

/** The extracts that are there, by name. */
export async function extractsIn(folder: string): Promise<KeptExtract[]> {
  const shelf = join(folder, 'extracts')
  if (!existsSync(shelf)) return []
  const names = (await readdir(shelf)).filter((name) => name.endsWith(ENDING)).sort()
  return await Promise.all(names.map(async (name) => ({ name, bytes: (await stat(join(shelf, name))).size })))
}

/** The name an extract is kept by: what was sent without folders or odd letters. Nothing where it is no `.osm.pbf`. */
export function extractNamed(sent: string): string | undefined {
  const name = basename(sent.replaceAll('\\', '/')).replace(/[^\w.-]+/g, '-')
  return name.endsWith(ENDING) && name.length > ENDING.length ? name : undefined
}

/** Keeps an extract that was put down on the same disk, in place of one of the same name. */
export async function moveExtract(folder: string, { name, from }: { name: string; from: string }) {
  await mkdir(join(folder, 'extracts'), { recursive: true })
  await rename(from, extractIn(folder, name))
}

/** Keeps an extract, in place of one of the same name. */
export async function keepExtract(folder: string, { name, bytes }: { name: string; bytes: Uint8Array }) {
  const file = extractIn(folder, name)
  await mkdir(join(folder, 'extracts'), { recursive: true })
  await writeFile(`${file}.new`, bytes)
  await rename(`${file}.new`, file)
}
