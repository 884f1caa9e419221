import { beforeAll, expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { realDatabase } from '#test/database.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { freezeBaseline } from '../baseline/baseline-store.ts'
import { keepPlan } from '../found/found-plan-store.ts'
import { makeScenario, scenarios } from '../scenario/scenario-store.ts'
import { aFoundPlan, theseTerms } from '../testing.ts'
import { planAnomaliesCommand } from './anomalies.command.ts'
import type { Anomaly } from './anomaly.ts'
import { anomaliesOf, doAboutAnomaly, type RegisteredAnomaly, reportAnomaly } from './anomaly-store.ts'
import { anomalyStanding, mayGoForward } from './gate.ts'

const { sql } = realDatabase()
const today = plainDate('2022-02-14')
let county: SmallCounty
let scenario = 0

beforeAll(async () => {
  county = await smallCounty(sql)
  const wanted = {
    name: 'Pilot',
    scope: { county: true } as const,
    beginsOn: plainDate('2022-02-28'),
    terms: theseTerms,
  }
  const made = await makeScenario(sql, { wanted, today, author: author('Trying') })
  if (!made.ok) throw new Error(made.refusal)
  scenario = made.value
  const [frozen] = await scenarios(sql, scenario)
  if (!frozen) throw new Error('The scenario is not there.')
  await freezeBaseline(sql, {
    scenario: frozen,
    cut: await cut(),
    roads: undefined,
    author: author('Frozen'),
  })
})

const author = (reason: string) => ({ by: county.people['transport-officer'], reason })
const cut = async () => ({ on: today, revision: await revisionKnownAt(sql, now()) })
const howFound = { seed: 1, seconds: 1, rounds: 10, times: 'crow-fly' }
const keptWith = async (anomalies: readonly Anomaly[]) =>
  await keepPlan(sql, {
    scenario,
    cut: (await cut()).revision,
    plan: aFoundPlan({ anomalies }),
    how: howFound,
    author: author('Found'),
  })
const odd = (pupil: number, minutes: number | null = null): Anomaly => ({
  kind: 'past-own-school',
  key: `past-own-school 1 ${pupil}`,
  pupils: [pupil as PupilId],
  runs: ['V1 to school'],
  minutes,
})
const of = (plan: number) => anomaliesOf(sql, { scenario, plan })
const resolve = ({ id }: RegisteredAnomaly) =>
  doAboutAnomaly(sql, id, {
    doing: { step: 'resolved', says: 'Turned round' },
    author: author('Turned round'),
  })
const asked = async () => {
  const answer = await planAnomaliesCommand.run({
    words: ['Pilot'],
    options: {},
    sql,
    today,
    now: now(),
    say: () => {},
  })
  return answer.answer === 'report' ? answer.text : answer.sentence
}

test('scenario 34: of 37 anomalies of the pilot each must be resolved or accepted by a named owner, and one that comes back in a later plan is open again', async () => {
  expect(await asked()).toMatch(/No plan of “Pilot” was found yet/)
  const pilot = await keptWith(Array.from({ length: 37 }, (_, i) => odd(i + 1, 12)))
  const found = await of(pilot)
  expect(found).toHaveLength(37)
  expect(mayGoForward(found, pilot).ok).toBe(false)
  expect(await asked()).toMatch(/37 open, 0 resolved, 0 accepted[\s\S]*cannot go forward/)

  const [first, second, ...others] = found as [RegisteredAnomaly, RegisteredAnomaly, ...RegisteredAnomaly[]]
  const owner = county.people.manager
  const says = 'There is no nearer road'
  await doAboutAnomaly(sql, first.id, { doing: { step: 'accepted', owner, says }, author: author(says) })
  for (const one of others) await resolve(one)
  expect(mayGoForward(await of(pilot), pilot)).toMatchObject({ refusal: { open: [{ id: second.id }] } })
  await resolve(second)
  expect(mayGoForward(await of(pilot), pilot)).toEqual({ ok: true, value: true })

  const final = await keptWith([odd(1, 12), odd(2, 30)])
  const again = await of(final)
  expect(again.map(anomalyStanding).slice(0, 3)).toEqual(['accepted', 'found-again', 'resolved'])
  expect(mayGoForward(again, final)).toMatchObject({ refusal: { open: [{ id: second.id, minutes: 30 }] } })
  expect(again[1]?.steps.map(({ step }) => step)).toEqual(['found', 'resolved', 'found'])
  expect(await asked()).toMatch(
    /1 open \(1 of them again\)[\s\S]*30 minutes between[^\n]*\(pupil 2\)\. Open again/,
  )
})

test('what a person reports stops the scenario whichever its plan, until it is resolved', async () => {
  const clean = await keptWith([])
  expect(mayGoForward(await of(clean), clean).ok).toBe(true)
  const id = await reportAnomaly(sql, {
    scenario,
    plan: clean,
    says: 'The gate of Mill Lane is locked at eight',
    pupils: [county.pupils.ffion],
    runs: ['V1 to school'],
    author: author('A report'),
  })
  const next = await keptWith([])
  expect(mayGoForward(await of(next), next)).toMatchObject({
    refusal: { open: [{ id, kind: 'reported', pupils: [county.pupils.ffion] }] },
  })
  expect(await asked()).toContain('The gate of Mill Lane is locked at eight')
})

test('nothing of the register is rewritten', async () => {
  await expect(sql`update anomaly set kind = 'early-arrival'`).rejects.toThrow(/never changed/)
  await expect(sql`delete from anomaly_finding`).rejects.toThrow(/never changed/)
  await expect(sql`update anomaly_step set says = 'Otherwise'`).rejects.toThrow(/never changed/)
})
