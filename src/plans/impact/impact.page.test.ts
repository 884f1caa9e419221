import readXlsxFile from 'read-excel-file/node'
import { beforeAll, expect, test } from 'vitest'
import { stateFact } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { plannedWestmarch } from '#test/planned.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { planImpactCommand } from './impact.command.ts'
import { impactFilePage, impactPage, impactPupilsPage } from './impact.page.ts'
import type { ImpactReport } from './impact-report.ts'

const { sql, inTransaction } = realDatabase()
let made: Awaited<ReturnType<typeof plannedWestmarch>>
/** Everybody the plan was asked for; and one of them by name. */
let asked: number[]
let somebody = ''

beforeAll(async () => {
  made = await plannedWestmarch(sql)
  const told = JSON.parse(String((await file('pupils.json')).body))
  asked = [...new Set<number>(told.journeys.map(({ pupil }: { pupil: number }) => pupil))]
  somebody = told.journeys[0].name
}, 240_000)

const visit = (but: Parameters<typeof aVisit>[1] = {}) =>
  aVisit(sql, {
    now: made.now,
    ...but,
    params: { scenarioId: String(made.scenario), planId: String(made.plan), ...but.params },
  })
const pupils = async (query: Record<string, string>) => textOf(await impactPupilsPage.get(visit({ query })))
const file = async (name: string) => {
  const reply = await impactFilePage.get(visit({ params: { file: name } }))
  if (reply.reply !== 'download') throw new Error(`No file: ${reply.reply}`)
  return reply
}

test('scenario 32: the report counts each pupil, and every count leads to the pupils it counts', async () => {
  const reply = await impactPage.get(visit())
  const html = htmlOf(reply)
  expect(textOf(reply)).toMatch(
    new RegExp(`^.*What the plan does.*\\b${asked.length} pupils, each journey beside the one frozen`),
  )
  const links = [
    ...html.matchAll(
      /<span class="fb-figure__figure">(\d+)<\/span>\s*<span class="fb-figure__label"><a[^>]*href="[^"]*\?measure=([a-z-]+)"/g,
    ),
  ]
  expect(links.length).toBeGreaterThan(2)
  for (const [, count, measure = ''] of links)
    expect(await pupils({ measure }), measure).toMatch(new RegExp(`\\b${count} pupils?, \\d+ journeys?`))
})

test('until a crew is named for a run of the plan, the number changing crew says so', async () => {
  expect(textOf(await impactPage.get(visit()))).toMatch(
    /Changing crew (and \d+ [a-z ]+; )?no crew is named yet/,
  )
})

test('a car of today is the taxi of the prices, and what has no price by its name is said', async () => {
  const text = textOf(await impactPage.get(visit()))
  expect(text).toMatch(/of which price: the same kind of vehicle costs more or less [+-]£/)
  const [, unnamed] =
    /Counted as mix, because the council has no price by the name (.*?) (Above|Carrying|Today)/.exec(text) ??
    []
  expect(unnamed).toContain('Minibus')
  expect(unnamed).not.toMatch(/\bCar\b/)
})

test('every bar and every group leads to as many as it says', async () => {
  const html = htmlOf(await impactPage.get(visit()))
  const cells = [...html.matchAll(/href="\/plans\/\d+\/found\/\d+\/impact\/pupils\?([^"]+)">(\d+)<\/a>/g)]
  const bars = cells.filter(([, query = '']) => query.includes('spread='))
  const groups = cells.filter(([, query = '']) => query.includes('by='))
  expect(bars.length).toBeGreaterThan(2)
  expect(groups.length).toBeGreaterThan(6)
  for (const [, query = '', count] of [...bars.slice(0, 6), ...groups.slice(0, 12)]) {
    const asked = Object.fromEntries(new URLSearchParams(query.replaceAll('&amp;', '&')))
    const kind = query.includes('spread=') ? 'journeys?' : 'pupils?'
    expect(await pupils(asked), query).toMatch(new RegExp(`\\b${count} ${kind}`))
  }
})

test('the journeys are listed with what each was and becomes, and found by name', async () => {
  const text = await pupils({ q: somebody.toUpperCase() })
  expect(text).toMatch(new RegExp(`1 pupil, \\d journeys?.*${somebody}`))
  expect(text).toMatch(/To school \d+ \(estimated\) (was \d+|as today|No baseline)/)
  const [first = '', second = ''] = [
    ...(await pupils({ sort: '-longer' })).matchAll(/ ([+-]?\d+|–) \d+:\d\d[ap]m/g),
  ].map(([, longer]) => longer)
  expect(Number(first)).toBeGreaterThanOrEqual(Number(second))
})

test('a report to publish names nobody and tells of fewer than five nowhere', async () => {
  const told = JSON.parse(String((await file('published.json')).body))
  const counts = [
    ...told.figures.map(({ count }: { count: number | null }) => count),
    ...[...told.groups, ...told.spreads].flatMap(({ columns }) =>
      columns.flatMap(({ cells }: { cells: number[] }) => cells),
    ),
  ].filter((count) => count !== null && count !== 0)
  expect(counts.every((count) => count >= 5)).toBe(true)
  expect(JSON.stringify(told)).not.toContain(somebody)
  expect(told.figures[0]).toEqual({ measure: 'pupils', count: asked.length })

  const paper = await file('published.pdf')
  expect(
    Buffer.from(paper.body as Uint8Array)
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  expect(paper.pupils).toEqual([])
  const sheets = await readXlsxFile(Buffer.from((await file('published.xlsx')).body as Uint8Array))
  expect(JSON.stringify(sheets)).toContain('Too few to show')
  expect(JSON.stringify(sheets)).not.toContain(somebody)
})

test('times that are estimates say so on the page, in the list of journeys, in every file and on the command line', async () => {
  const estimated = 'Estimated by a straight line, not measured along roads'
  expect(textOf(await impactPage.get(visit()))).toContain(`plan: ${estimated.toLowerCase()}`)
  expect(await pupils({ sort: '-longer' })).toMatch(/ \d+ \(estimated\) was \d+/)
  expect((await told({})).text).toContain(`In the plan: ${estimated}`)
  for (const name of ['published.json', 'pupils.json'])
    expect(JSON.parse(String((await file(name)).body)).howFound.plan, name).toBe('all-estimated')
  for (const name of ['published.xlsx', 'pupils.xlsx'])
    expect(
      JSON.stringify(await readXlsxFile(Buffer.from((await file(name)).body as Uint8Array))),
      name,
    ).toContain(estimated)
})

test('the council’s own files name every pupil, and who took them away is known by whom they name', async () => {
  const taken = await file('pupils.xlsx')
  expect([...taken.pupils].sort()).toEqual([...asked].sort())
  const book = await readXlsxFile(Buffer.from(taken.body as Uint8Array))
  expect(JSON.stringify(book)).toContain(somebody)
})

const told = async (options: Record<string, true>) => {
  const answer = await planImpactCommand.run({ ...made, words: ['Largest'], options, sql, say: () => {} })
  return answer.answer === 'report' ? answer : { text: answer.sentence, json: null }
}

test('the same is told on the command line, with no name where it is to be published', async () => {
  expect((await told({})).text).toMatch(/Changing crew: \d+[\s\S]*The plan, a day: £/)
  expect((await told({ publish: true })).text).toMatch(/By sex[\s\S]*Too few to show/)
  expect((await told({ publish: true })).json).not.toHaveProperty('journeys')
})

test('the cost against today’s for the same pupils is price, volume and mix, to the penny', async () => {
  const { cost } = (await told({})).json as ImpactReport
  const { before = 0, after = 0, price = 0, volume = 0, mix = 0 } = cost.change ?? {}
  expect(before).toBeGreaterThan(0)
  expect(after - before).toBe(price + volume + mix)
  expect(cost.before.reduce((sum, line) => sum + line.cost, 0)).toBe(before)
})

test('a limit that the council changes later does not change what a plan was measured against', async () => {
  await inTransaction(async (tx) => {
    await tx`select begin_revision(1, 'test', 'Stricter')`
    await stateFact(tx, 'policy', {
      name: 'plan-limits',
      value: { primaryMinutes: 5 },
      valid: '[2022-01-01,)',
    })
  })
  const text = textOf(await impactPage.get(visit()))
  expect(text).toContain('Over 45 minutes in the plan')
  expect(text).not.toContain('Over 5 minutes')
})
