/** The county’s map on disk. It is put in its place whole or not at all. */
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Where the map is kept in a folder of Firstbell’s. */
export const mapFileIn = (folder: string): string => join(folder, 'map.pmtiles')

/** Puts a map in its place. Whoever reads the old one meanwhile goes on reading it. Gives its path. */
export async function keepMap(folder: string, bytes: Uint8Array): Promise<string> {
  const file = mapFileIn(folder)
  await mkdir(folder, { recursive: true })
  await writeFile(`${file}.new`, bytes)
  await rename(`${file}.new`, file)
  return file
}
