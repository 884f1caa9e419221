/**
 * What a page needs beside its HTML. The GOV.UK and MOJ style sheets are served with the crown and the GDS Transport
 * typeface taken out: those belong to GOV.UK alone (design-system.service.gov.uk/styles/typeface). The rest is ours.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import { type Asset, named } from './asset.ts'
import { makeMapAssets } from './map/map-assets.ts'

const root = join(import.meta.dirname, '..', '..')
const govuk = join(root, 'node_modules', 'govuk-frontend', 'dist', 'govuk')
const moj = join(root, 'node_modules', '@ministryofjustice', 'frontend', 'moj')

const MIDNIGHT_BELL = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#16243a"/><path d="M16 5.2a1.9 1.9 0 0 1 1.9 1.9v.7c3.4.8 5.6 3.8 5.6 7.4 0 3.9 1 5.3 2.2 6.5.6.6.2 1.6-.7 1.6H7c-.9 0-1.3-1-.7-1.6 1.2-1.2 2.2-2.6 2.2-6.5 0-3.6 2.2-6.6 5.6-7.4v-.7A1.9 1.9 0 0 1 16 5.2z" fill="#f2b63c"/><path d="M13.2 24.8h5.6a2.8 2.8 0 0 1-5.6 0z" fill="#f2b63c"/></svg>`

// Nothing in it is needed: every page works without.
const startingIn = (kit: string) => `import { initAll } from '${kit}'
initAll()
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
const live = () => document.querySelector('[data-live]')
const renew = async () => {
  const answer = await fetch(location.href)
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
  const renewed = page.querySelector('[data-live]')
  if (!answer.ok || !renewed) return location.reload()
  live().replaceWith(renewed)
  watch()
}
const watch = () => live() && setTimeout(() => renew().catch(watch), Number(live().dataset.live) * 1000)
watch()
`

/** Every file under /assets, by its path. Each carries the hash of what is in it, so browsers may keep it for ever. */
export function makeAssets() {
  const css = asset('firstbell.css', 'text/css; charset=utf-8', styleSheet())
  const kit = asset('kit.js', 'text/javascript; charset=utf-8', read(govuk, 'govuk-frontend.min.js'))
  const js = asset('firstbell.js', 'text/javascript; charset=utf-8', startingIn(kit.path))
  const icon = asset('bell.svg', 'image/svg+xml', MIDNIGHT_BELL)
  const map = makeMapAssets()
  const all = [css, js, kit, icon, ...map.files]
  return {
    css: css.path,
    js: js.path,
    icon: icon.path,
    map: { js: map.js, css: map.css },
    files: new Map(all.map((file) => [file.path, file])),
  }
}

export type Assets = ReturnType<typeof makeAssets>

/** The one style sheet: GOV.UK's and MOJ's without what is not ours to use, then our own. */
export function styleSheet(): string {
  const ours = readdirSync(join(import.meta.dirname, 'css')).sort()
  return [
    withoutCrown(read(govuk, 'govuk-frontend.min.css')),
    withoutCrown(read(moj, 'moj-frontend.min.css')),
    ...ours.map((name) => read(join(import.meta.dirname, 'css'), name)),
  ].join('\n')
}

/** A GOV.UK style sheet with no typeface, crest or picture of its own. */
export function withoutCrown(css: string): string {
  return css
    .replace(/@font-face\{[^}]*\}/g, '')
    .replaceAll('GDS Transport,arial,sans-serif', 'var(--typeface)')
    .replace(/url\(\/assets\/[^)]*\)/g, 'none')
    .replace(/\/\*# sourceMappingURL=[^*]*\*\//g, '')
}

function asset(name: string, type: string, text: string): Asset {
  const body = Buffer.from(text)
  return { path: named(name, body), type, body, br: brotliCompressSync(body), gzip: gzipSync(body) }
}

const read = (folder: string, name: string) => readFileSync(join(folder, name), 'utf8')
