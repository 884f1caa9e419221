/** A network that an earlier or later Firstbell wrote cannot be asked, but says of what it was made. */
import { writtenByAnotherVersion } from '../network/road-file.ts'
import type { BuildReport } from './build-roads.ts'

/** The name of the extract that the network at `path` was made of, when another version wrote it; nothing otherwise. */
export function extractOfAnotherVersion(path: string): string | undefined {
  const about = writtenByAnotherVersion(path) as { report?: Partial<BuildReport> } | undefined
  return about && (about.report?.extract ?? '')
}
