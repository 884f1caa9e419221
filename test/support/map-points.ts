/** What is drawn on a map in a real browser, told by the colours of the theme. */
import type { Page } from 'playwright-core'

/** How many points of the first map of the page are of each of these colours of the theme. */
export const pointsOn = (page: Page, names: readonly string[]): Promise<number[]> =>
  page.evaluate<number[]>(`(() => {
    const canvas = document.querySelector('.maplibregl-canvas')
    const copy = Object.assign(document.createElement('canvas'), { width: canvas.width, height: canvas.height })
    const pen = copy.getContext('2d')
    pen.drawImage(canvas, 0, 0)
    const { data } = pen.getImageData(0, 0, copy.width, copy.height)
    const hex = (i) => '#' + [0, 1, 2].map((n) => data[i + n].toString(16).padStart(2, '0')).join('')
    const counts = {}
    for (let i = 0; i < data.length; i += 4) counts[hex(i)] = (counts[hex(i)] ?? 0) + 1
    const style = getComputedStyle(canvas)
    return ${JSON.stringify(names)}.map((name) => counts[style.getPropertyValue(name).trim()] ?? 0)
  })()`)
