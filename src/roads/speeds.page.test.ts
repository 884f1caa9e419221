import { expect, test } from 'vitest'
import { speedsFrom, speedsOn } from '#distances/speed-store'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import type { Visit } from '#web/page.ts'
import { aVisit, textOf } from '#web/testing.ts'
import { UK_SPEEDS } from './network/speed-table.ts'
import { numberIn, SPEED_ROWS } from './speed-rows.ts'
import { speedRowPage, speedsPage } from './speeds.page.ts'

const { sql } = realDatabase()
const visit = (but: Partial<Visit> = {}) => aVisit(sql, { now: now(), ...but })
const seen = async () => textOf(await speedsPage.get(visit()))

const trunk = (from: string, builtUp: string, open: string) => ({
  'averageMph-trunk-builtUp': builtUp,
  'averageMph-trunk-open': open,
  from,
  why: 'Measured by our own vehicles',
})
const change = (form: Record<string, string>, step = 'record') =>
  speedRowPage.post?.(visit({ params: { row: 'trunk' }, form: { ...form, step } }))

test('every number of the table stands in exactly one row that can be changed', () => {
  const count = (value: unknown): number =>
    typeof value === 'object' && value !== null
      ? Object.values(value).reduce((sum: number, one) => sum + count(one), 0)
      : Number(typeof value === 'number')
  const cells = SPEED_ROWS.flatMap((row) => row.cells)

  expect(new Set(cells.map(({ path }) => path.join())).size).toBe(count(UK_SPEEDS))
  expect(cells.filter((cell) => !(numberIn(UK_SPEEDS, cell) <= cell.most))).toEqual([])
})

test('the table that comes with Firstbell holds until somebody changes it', async () => {
  expect(await seen()).toContain('Trunk road 30 52')
  expect(await seen()).toContain('Nothing was changed')
  expect(await speedsOn(sql, plainDate('2030-01-01'))).toEqual(UK_SPEEDS)
})

test('a change says first what it would do; recorded, it holds from its day on, with who and why', async () => {
  expect(textOf(await change(trunk('2026-11-02', '30', '44'), ''))).toContain(
    'Open country: 44 mph instead of 52',
  )
  expect(await speedsOn(sql, plainDate('2026-11-02'))).toEqual(UK_SPEEDS)

  expect(await change(trunk('2026-11-02', '30', '44'))).toMatchObject({
    reply: 'redirect',
    to: '/roads/speeds',
  })

  expect(await speedsOn(sql, plainDate('2026-11-01'))).toEqual(UK_SPEEDS)
  const after = await speedsOn(sql, plainDate('2026-11-02'))
  expect(after.averageMph.trunk).toEqual({ builtUp: 30, open: 44 })
  expect(after.since).toBe('2026-11-02')
  expect(JSON.stringify({ ...after, averageMph: UK_SPEEDS.averageMph })).toBe(
    JSON.stringify({ ...UK_SPEEDS, since: '2026-11-02' }),
  )
})

test('a change from an earlier day keeps what a later one says of other rows', async () => {
  await speedRowPage.post?.(
    visit({
      params: { row: 'turns' },
      form: {
        'turnSeconds-left': '3',
        'turnSeconds-right': '6',
        'turnSeconds-signals': '9',
        'turnSeconds-turningRound': '30',
        from: '2026-10-01',
        why: 'Junctions are slower',
        step: 'record',
      },
    }),
  )
  const tables = await speedsFrom(sql, plainDate('2026-09-01'))

  expect(tables.map(({ from, until, reason }) => [from, until, reason])).toEqual([
    ['2026-10-01', '2026-11-02', 'Junctions are slower'],
    ['2026-11-02', null, 'Measured by our own vehicles'],
  ])
  expect(tables.map(({ speeds }) => [speeds.turnSeconds.left, speeds.averageMph.trunk.open])).toEqual([
    [3, 52],
    [3, 44],
  ])
})

test.each([
  [
    'a speed of nought',
    trunk('2026-11-02', '0', '44'),
    'is not above 0 and at most 80 mph. Enter a number like 40',
  ],
  ['a word', trunk('2026-11-02', 'fast', '44'), 'is not above 0 and at most 80 mph'],
  ['no reason', { ...trunk('2026-11-02', '30', '44'), why: '' }, 'Enter why the table changes'],
  ['nothing different', trunk('2026-12-01', '30', '44'), 'Nothing is different. Change a number'],
  ['no day', trunk('soon', '30', '44'), 'is not a day. Enter one like'],
])('%s is refused beside its field', async (_what, form, sentence) => {
  expect(textOf(await change(form))).toContain(sentence)
})
