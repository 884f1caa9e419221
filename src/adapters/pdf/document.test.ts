import { expect, test } from 'vitest'
import { renderPaper } from './document.ts'

const paper = {
  title: 'Run BEA-02',
  subtitle: 'To school',
  foot: 'Printed today. Destroy after use.',
  parts: [
    { part: 'heading', text: 'Stops' },
    {
      part: 'table',
      caption: 'Stops',
      headings: ['At', 'Who'],
      widths: [1, 4],
      rows: Array.from({ length: 240 }, (_, i) => [String(i), `Zoë Zieliński ${i}`]),
    },
  ],
} as const

const textOf = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

test('a long table runs over several pages, is tagged, and says its language and title', async () => {
  const bytes = await renderPaper(paper)
  const text = textOf(bytes)
  expect(text.startsWith('%PDF-1.7')).toBe(true)
  expect(text.match(/\/Type \/Page\b/g)?.length).toBeGreaterThan(1)
  expect(text).toContain('/StructTreeRoot')
  expect(text).toContain('/Lang (en-GB)')
  expect(text).toContain('/DisplayDocTitle true')
  for (const tag of ['/H1', '/H2', '/Table', '/TR', '/TH', '/TD']) expect(text).toContain(tag)
})

test('large print takes more pages', async () => {
  const pages = async (largePrint: boolean) =>
    textOf(await renderPaper({ ...paper, largePrint })).match(/\/Type \/Page\b/g)?.length ?? 0
  expect(await pages(true)).toBeGreaterThan(await pages(false))
})
