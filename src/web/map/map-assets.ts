/**
 * What a page with a map loads beside the rest: MapLibre, its worker, a reader of PMTiles and our drawing. Packed when
 * first asked for, so that a start does not wait for it.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { type Asset, named } from '../asset.ts'

const packages = join(import.meta.dirname, '../../../node_modules')

/** The files, and the addresses of the two that a page names. */
export function makeMapAssets() {
  const maplibre = script('maplibre.js', read('maplibre-gl/dist/maplibre-gl.mjs'))
  const worker = script('maplibre-worker.js', read('maplibre-gl/dist/maplibre-gl-worker.mjs'))
  const pmtiles = script(
    'pmtiles.js',
    `${read('pmtiles/dist/pmtiles.js')}\nexport const { Protocol } = pmtiles`,
  )
  const at = { maplibre: maplibre.path, worker: worker.path, pmtiles: pmtiles.path }
  const drawing = readFileSync(join(import.meta.dirname, 'draw-map.mjs'), 'utf8')
  const js = script('map.js', `${drawing}\nawait drawMaps(${JSON.stringify(at)})\n`)
  const css = lazily(
    'map.css',
    'text/css; charset=utf-8',
    withoutPictures(read('maplibre-gl/dist/maplibre-gl.css')),
  )
  return { js: js.path, css: css.path, files: [maplibre, worker, pmtiles, js, css] }
}

const read = (file: string): string =>
  readFileSync(join(packages, file), 'utf8').replace(/^\/\/# sourceMappingURL=.*$/gm, '')

const script = (name: string, text: string): Asset => lazily(name, 'text/javascript; charset=utf-8', text)

/** MapLibre’s pictures are written into its style sheet, which our content rules rightly refuse. */
const withoutPictures = (css: string): string => css.replace(/url\(["']?data:[^)]*\)/g, 'none')

function lazily(name: string, type: string, text: string): Asset {
  const body = Buffer.from(text)
  const packed: { br?: Buffer; gzip?: Buffer } = {}
  return {
    path: named(name, body),
    type,
    body,
    get br() {
      // Quality 11 takes seconds for a megabyte; 6 is nearly as small at once.
      packed.br ??= brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 6 } })
      return packed.br
    },
    get gzip() {
      packed.gzip ??= gzipSync(body)
      return packed.gzip
    },
  }
}
