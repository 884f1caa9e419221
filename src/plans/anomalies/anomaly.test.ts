import { describe, expect, test } from 'vitest'
import { minutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { everySchoolDay, patternOf } from '#ground/pattern.ts'
import type { Journey } from '../baseline/journey.ts'
import { aJourney, amara, ffion, tomasz, wall } from '../testing.ts'
import type { RunSeen, StopSeen } from '../translation/aboard.ts'
import { findAnomalies, type Known, type Oddness } from './anomaly.ts'

const oddness: Oddness = {
  timesDirect: 2,
  beyondDirectMinutes: 15,
  pastSchoolMetres: 300,
  pastSchoolMinutes: 10,
  aloneMinutes: 30,
  minibusSeats: 9,
  earliestPickUp: wall('06:45'),
  earlyArrivalMinutes: 40,
  inARowMinutes: 15,
  onePlaceMetres: 60,
  onePlaceMinutes: 3,
}

const said = (pupil: PupilId, but: Partial<Known> = {}): Known => ({
  pupil,
  alone: false,
  aloneReason: null,
  keptApartFrom: [],
  ...but,
})

const looked = (runs: RunSeen[], journeys: Journey[], known: Known[] = []) =>
  findAnomalies(runs, journeys, { known, oddness })

const kinds = (...asked: Parameters<typeof looked>) => looked(...asked).map(({ kind }) => kind)

/** A hundred metres or so north of each other, door by door. */
const stop = (at: string, door: number, but: Partial<StopSeen> = {}): StopSeen => ({
  at: wall(at),
  latitude: 51 + door / 1000,
  longitude: 1,
  school: false,
  boards: [],
  alights: [],
  ...but,
})
const aRun = (stops: StopSeen[], but: Partial<RunSeen> = {}): RunSeen => ({
  name: 'V1 to school',
  vehicle: 0,
  direction: 1,
  days: everySchoolDay,
  layout: [16, 0],
  stops,
  ...but,
})
const gate = (at: string, door: number, alights: PupilId[]) => stop(at, door, { school: true, alights })

test('an ordinary ride is not odd', () => {
  expect(looked([], [aJourney(amara)], [said(amara)])).toEqual([])
})

describe('scenario 34: everything odd is found', () => {
  test.each<[string, Parameters<typeof aJourney>[1], string[]]>([
    ['twice the drive alone, exactly', { ridden: minutes(40) }, []],
    ['more than twice, and 15 minutes', { ridden: minutes(41) }, ['long-for-its-directness']],
    ['more than twice of very little', { ridden: minutes(10), direct: minutes(4) }, []],
    ['a drive alone nobody knows', { ridden: minutes(90), direct: null }, []],
    ['fetched at a quarter to seven', { startsAt: wall('06:45') }, []],
    ['fetched a minute before', { startsAt: wall('06:44') }, ['very-early-pick-up']],
    ['39 minutes before the bell', { endsAt: wall('08:11') }, []],
    ['40 minutes before the bell', { endsAt: wall('08:10') }, ['early-arrival']],
    ['a straight line, no road', { estimated: true }, ['road-time-estimated']],
  ])('%s', (_what, ride, expected) => {
    expect(kinds([], [aJourney(amara, ride)])).toEqual(expected)
  })

  test('going home late in the day is neither early nor an arrival', () => {
    const home: Journey = {
      ...aJourney(amara, { startsAt: wall('06:00'), endsAt: wall('06:20') }),
      direction: 2,
    }

    expect(kinds([], [home])).toEqual([])
  })

  test('a ride past one’s own school, and back to it later', () => {
    const stops = [
      stop('08:00', 90, { boards: [amara] }),
      stop('08:20', 1, { boards: [tomasz] }),
      gate('08:30', 50, [tomasz]),
      gate('08:45', 0, [amara]),
    ]

    expect(looked([aRun(stops)], [])).toMatchObject([
      { kind: 'past-own-school', pupils: [amara], minutes: 25 },
    ])
  })

  test('nobody is driven past their school before they are aboard, or at their own door beside it', () => {
    const stops = [
      stop('08:00', 1, { boards: [tomasz] }),
      stop('08:20', 90, { boards: [amara] }),
      gate('08:45', 0, [amara, tomasz]),
    ]

    expect(kinds([aRun(stops)], [])).toEqual([])
  })

  const aloneUntil = (until: string, but: Partial<RunSeen> = {}) => {
    const stops = [
      stop('08:00', 90, { boards: [amara] }),
      stop(until, 60, { boards: [tomasz] }),
      gate('08:45', 0, [amara, tomasz]),
    ]
    return kinds([aRun(stops, but)], [])
  }

  test('one child alone in a minibus for half an hour, and not a minute less', () => {
    expect(aloneUntil('08:29')).toEqual([])
    expect(aloneUntil('08:30')).toEqual(['alone-in-minibus'])
    expect(aloneUntil('08:30', { layout: [4, 0] })).toEqual([])
  })

  const apart = [said(amara, { keptApartFrom: [tomasz] }), said(tomasz, { keptApartFrom: [amara] })]
  const then = (starts: string, but = {}) =>
    aJourney(tomasz, { run: 'R2', startsAt: wall(starts), endsAt: wall('09:10'), bell: null, ...but })

  test.each([
    ['aboard together', then('08:20'), ['kept-apart-in-a-row']],
    ['one a quarter of an hour after the other', then('08:50'), ['kept-apart-in-a-row']],
    ['one well after the other', then('08:51'), []],
    ['in two vehicles', then('08:50', { vehicle: 'V2' }), []],
  ])('a pair kept apart, %s', (_how, theirs, expected) => {
    expect(kinds([], [aJourney(amara), theirs], apart)).toEqual(expected)
  })

  test('a pair kept apart in one vehicle on different days never meet', () => {
    const onDays = (journey: Journey, ...days: number[]) => ({ ...journey, days: patternOf(days) })

    expect(kinds([], [onDays(aJourney(amara), 0, 7), onDays(then('08:20'), 1, 8)], apart)).toEqual([])
  })

  test.each([
    ['with no reason', null, ['alone-without-reason']],
    ['with a reason', 'Distressed by others', []],
  ])('travels alone %s', (_how, aloneReason, expected) => {
    expect(kinds([], [], [said(amara, { alone: true, aloneReason })])).toEqual(expected)
  })

  test.each([
    ['at once', stop('08:02', 0.3), ['two-vehicles-at-one-place']],
    ['one after the other', stop('08:04', 0.3), []],
    ['further along', stop('08:02', 1), []],
  ])('two vehicles in one close, %s', (_how, door, expected) => {
    const one = aRun([stop('08:00', 0, { boards: [amara] }), gate('08:15', 90, [amara])])
    const stops = [{ ...door, boards: [ffion] }, gate('08:15', 90, [ffion])]

    expect(kinds([one, aRun(stops, { name: 'V2', vehicle: 1 })], [])).toEqual(expected)
  })
})

test('the same oddness has the same key in the next plan, whatever the run is called', () => {
  const odd = (run: string) => looked([], [aJourney(amara, { run, startsAt: wall('06:00') })])[0]?.key

  expect(odd('V1 to school')).toBe(odd('V9 to school'))
})
