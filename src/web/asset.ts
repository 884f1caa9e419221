/** One file under /assets. */
import { createHash } from 'node:crypto'

export type Asset = { path: string; type: string; body: Buffer; readonly br: Buffer; readonly gzip: Buffer }

/** The address of an asset: its name with the hash of what is in it, so that browsers may keep it for ever. */
export function named(name: string, body: Buffer): string {
  const hash = createHash('sha256').update(body).digest('hex').slice(0, 12)
  return `/assets/${name.replace(/\.(\w+)$/, `.${hash}.$1`)}`
}
