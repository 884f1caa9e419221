import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Call, crowFly, type Drive, type Matrix, NO_WAY, type Place, type TravelTimes } from '#roads'
import { realDatabase } from '#test/database.ts'
import { keepingAnswers } from './kept-answers-store.ts'

const { sql } = realDatabase()
const DRIVE: Drive = { vehicle: 'taxi', at: 'school-morning' }

let networks = 0

/**
 * A country of its own name where every place is a number n: 9 lies at sea, nobody gets from an odd place to 4, and on
 * the way to a place where the child must not cross the vehicle turns first. It counts how often each pair is asked.
 */
function aCountry(name = `country ${networks++}`): TravelTimes & { asked: Map<string, number> } {
  const asked = new Map<string, number>()
  const isFar = (place: Place) => numberOf(place) === 9
  return {
    ...crowFly(),
    network: name,
    asked,
    async matrix(sources, targets, { at }): Promise<Matrix> {
      const cells = sources.flatMap((from) => targets.map((to) => ({ from, to })))
      for (const { from, to } of cells) {
        const pair = `${numberOf(from)} ${numberOf(to)} ${to.mustNotCross ?? false} ${at}`
        asked.set(pair, (asked.get(pair) ?? 0) + 1)
      }
      const hasWay = ({ from, to }: { from: Place; to: Call }) =>
        !isFar(from) && !isFar(to) && !(numberOf(from) % 2 === 1 && numberOf(to) === 4)
      const later = at === 'school-morning' ? 5 : 0
      const secondsOf = ({ from, to }: { from: Place; to: Call }) =>
        Math.abs(numberOf(from) * 10 - numberOf(to) * 7) + later + (to.mustNotCross ? 60 : 0)
      return {
        seconds: Uint32Array.from(cells, (cell) => (hasWay(cell) ? secondsOf(cell) : NO_WAY)),
        metres: Uint32Array.from(cells, (cell) => (hasWay(cell) ? secondsOf(cell) * 13 : NO_WAY)),
        sourcesFarFromRoads: [...sources.keys()].filter((i) => isFar(sources[i] as Place)),
        targetsFarFromRoads: [...targets.keys()].filter((i) => isFar(targets[i] as Place)),
        how: 'measured',
      }
    },
  }
}

const place = (n: number): Place => ({ longitude: -2.5 + n / 1000, latitude: 52.25 })
const numberOf = ({ longitude }: Place): number => Math.round((longitude + 2.5) * 1000)

test('whatever was asked before, what is kept is what the network says, and no pair is asked of it twice', async () => {
  const aCall = fc.record({ n: fc.integer({ min: 0, max: 9 }), mustNotCross: fc.boolean() })
  const aQuestion = fc.record({
    from: fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 6 }),
    to: fc.array(aCall, { maxLength: 6 }),
    at: fc.constantFrom('school-morning', 'off-peak'),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(aQuestion, { minLength: 1, maxLength: 4 }), async (questions) => {
      const country = aCountry()
      for (const { from, to, at } of questions) {
        const drive: Drive = { vehicle: 'taxi', at }
        const sources = from.map(place)
        const targets: Call[] = to.map(({ n, mustNotCross }) => ({ ...place(n), mustNotCross }))
        const kept = await keepingAnswers(sql, country).matrix(sources, targets, drive)
        expect(kept).toEqual(await aCountry('asked directly').matrix(sources, targets, drive))
      }
      expect([...country.asked.values()].filter((times) => times > 1)).toEqual([])
    }),
    { numRuns: 60 },
  )
})

test('another program that asks the same network finds the answers kept, and a new place costs its own pairs alone', async () => {
  const [before, after] = [aCountry('Westmarch 2026'), aCountry('Westmarch 2026')]
  const places = [0, 1, 2, 3].map(place)
  await keepingAnswers(sql, before).matrix(places, places, DRIVE)

  await keepingAnswers(sql, after).matrix(places, places, DRIVE)
  expect(after.asked.size).toBe(0)

  await keepingAnswers(sql, after).matrix([...places, place(5)], [...places, place(5)], DRIVE)
  expect(after.asked.size).toBe(9)
})

test('a network built anew starts with nothing kept', async () => {
  const [before, after] = [aCountry(), aCountry()]
  await keepingAnswers(sql, before).matrix([place(1)], [place(2)], DRIVE)
  await keepingAnswers(sql, after).matrix([place(1)], [place(2)], DRIVE)
  expect(after.asked.size).toBe(1)
})

test('what was estimated is still called estimated when it comes from what is kept', async () => {
  await keepingAnswers(sql, crowFly()).matrix([place(1)], [place(2)], DRIVE)
  const kept = await keepingAnswers(sql, crowFly()).matrix([place(1)], [place(2)], DRIVE)
  expect(kept).toEqual(await crowFly().matrix([place(1)], [place(2)], DRIVE))
  expect(kept.how).toBe('estimated')
})

test('five thousand pupils by forty schools are kept as forty rows', async () => {
  const pupils = Array.from({ length: 5000 }, (_, n) => place(100 + n))
  const schools = Array.from({ length: 40 }, (_, n) => place(n * 11))
  const asked = await keepingAnswers(sql, crowFly()).matrix(pupils, schools, { ...DRIVE, at: 'off-peak' })
  const kept = await keepingAnswers(sql, crowFly()).matrix(pupils, schools, { ...DRIVE, at: 'off-peak' })
  expect(kept).toEqual(asked)
  const [row] = await sql<{ rows: number }[]>`
    select count(*)::integer as rows from kept_drive where drive = 'taxi off-peak' and how = 'estimated'`
  expect(row?.rows).toBe(40)
})
