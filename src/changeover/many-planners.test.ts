import { beforeAll, expect, test } from 'vitest'
import type { RunId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { planRunPage } from '../routes/plan.page.ts'
import type { Stop } from '../routes/write-store.ts'

const { sql } = realDatabase()
let county: SmallCounty
let run: RunId
const today = plainDate('2022-02-14')
const from = plainDate('2022-02-15')

beforeAll(async () => {
  county = await smallCounty(sql)
  run = county.runs.morning
})

const visit = (form: Record<string, string> = {}) =>
  aVisit(sql, {
    params: { runId: String(run) },
    form,
    today,
    now: now(),
    person: { id: county.people['transport-officer'], name: 'Asha Kaur', roles: ['transport-officer'] },
  })

/** The form as a planner has it on the screen, with a stop of theirs before the last. */
async function opened(stop: string) {
  const html = htmlOf(await planRunPage.get(visit()))
  const seen = /name="seen" value="(\d+)"/.exec(html)?.[1] ?? ''
  const [, text = ''] = /<textarea[^>]*name="stops"[^>]*>([^<]*)</.exec(html) ?? []
  const stops = text.split('\n').filter((line) => line.trim() !== '')
  const stopsWithMine = [...stops.slice(0, -1), stop, ...stops.slice(-1)].join('\r\n')
  return { seen, stops: stopsWithMine, 'vehicle-type': 'Minibus', layouts: '8 and 0', posts: '0', from }
}
const send = async (form: Record<string, string>) => await planRunPage.post?.(visit(form))
const placesNow = async () => {
  const [plan] = await sql<{ stops: Stop[] }[]>`
    select stops from run_plan where run_id = ${run} and upper_inf(known) and valid @> ${from}::date`
  return plan?.stops.map(({ place }) => place) ?? []
}

test('scenario 77: twenty planners at one school’s run; nobody’s work is lost', {
  timeout: 120_000,
}, async () => {
  const planner = async (name: string): Promise<number> => {
    for (let tries = 1; ; tries++) {
      const done = await send({ ...(await opened(`07:55 ${name}`)), step: 'record' })
      if (done?.reply === 'redirect') return tries
      expect(textOf(done)).toMatch(/Asha Kaur changed this on .*after you opened this page/)
    }
  }
  const names = Array.from({ length: 20 }, (_, i) => `Lay-by ${i + 1}`)
  const tries = await Promise.all(names.map(planner))
  expect((await placesNow()).filter((place) => place.startsWith('Lay-by')).sort()).toEqual([...names].sort())
  expect(Math.max(...tries)).toBeGreaterThan(1)
})

test('scenario 77: who is overtaken is told what stands now, at either step, and may send theirs again knowing it', async () => {
  const mine = await opened('07:56 Mill Lane')
  await send({ ...(await opened('07:56 The Green')), step: 'record' })
  const shown = await send(mine)
  expect(textOf(shown)).toMatch(
    /What stands now .*Stops, in order .*07:56 The Green .*What you sent .*07:56 Mill Lane/,
  )
  // Beside the stops, which are what differs, and not beside the first question of the form.
  expect(htmlOf(shown)).toContain('href="#stops"')
  expect(await send({ ...mine, step: 'record' })).toMatchObject({ reply: 'show', status: 400 })
  expect(await placesNow()).toContain('The Green')

  const seen = /name="seen" value="(\d+)"/.exec(htmlOf(shown))?.[1] ?? ''
  expect(await send({ ...mine, seen, step: 'record' })).toMatchObject({ reply: 'redirect' })
  expect(await placesNow()).toContain('Mill Lane')
})

test('scenario 77: whoever comes later begins with the plan that is to come, and is told whose place theirs takes', async () => {
  await send({ ...(await opened('07:57 Chapel Hill')), from: '2022-03-07', step: 'record' })
  const html = htmlOf(await planRunPage.get(visit()))
  expect(html).toContain('A change from 7 March 2022 is recorded already')
  expect(html).toContain('07:57 Chapel Hill')

  const earlier = await send({ ...(await opened('07:58 Ferry Road')), from: '2022-02-21' })
  expect(textOf(earlier)).toContain('It takes the place of what was recorded to begin on 7 March 2022.')
})
