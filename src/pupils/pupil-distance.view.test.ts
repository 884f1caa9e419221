import { expect, test } from 'vitest'
import type { SchoolDistance } from '#distances/store'
import type { SchoolId } from '#ground/ids.ts'
import { everySchoolHalfDay } from '#ground/pattern.ts'
import { distanceRows } from './pupil-distance.view.ts'
import type { PupilRecord } from './pupil-store.ts'

/** On the register, at a school, in a home that is on the map. */
const aRecord = (latitude: number | null = 52.25) =>
  ({ registered: true, placements: [{}], homes: [{ latitude }] }) as unknown as PupilRecord

/** Three miles by road and two on foot, both measured. */
const aDistance = (...but: Partial<SchoolDistance>[]): SchoolDistance =>
  Object.assign(
    {
      school: 1 as SchoolId,
      schoolName: 'Oakfield School',
      from: { longitude: -2.5, latitude: 52.25 },
      to: { longitude: -2.48, latitude: 52.25 },
      pattern: everySchoolHalfDay,
      network: 'abc1',
      extract: 'westmarch.osm.pbf',
      drive: 'measured',
      driveSeconds: 540,
      driveMetres: 4828,
      walk: 'measured',
      walkMetres: 3219,
      avoids: [],
    } satisfies SchoolDistance,
    ...but,
  )

const told = (distance: SchoolDistance) => distanceRows(aRecord(), [distance]).map(({ text }) => text)
const hints = (distance: SchoolDistance) => distanceRows(aRecord(), [distance]).map(({ hint }) => hint)

test('a measured distance is told with the network that measured it', () => {
  const [drive, walk] = told(aDistance())
  expect(drive).toBe('9 minutes, 3.00 miles')
  expect(walk).toBe('2.00 miles (3,219 metres)')
  for (const hint of hints(aDistance())) expect(hint).toContain('by network abc1 of westmarch.osm.pbf')
})

test('an estimate is called estimated beside its figure', () => {
  const estimate = aDistance({ drive: 'estimated', walk: 'estimated', network: 'crow-fly', extract: null })
  for (const text of told(estimate)) expect(text).toContain('(estimated)')
  for (const hint of hints(estimate)) expect(hint).toContain('from a straight line')
})

test('where there is no figure, why there is none stands in its place', () => {
  const [drive, walk] = told(
    aDistance(
      { drive: 'too-far-from-any-road', driveSeconds: null, driveMetres: null },
      { walk: 'no-way', walkMetres: null },
    ),
  )
  expect(drive).toBe('Home or school is too far from any road: check where they are on the map')
  expect(walk).toBe('There is no way from home to school')
})

test('a walk that keeps clear of unsafe roads says so', () => {
  expect(hints(aDistance({ avoids: [71] }))[1]).toContain('keeping clear of roads marked unsafe')
})

test('a pupil who is not measured is told what is missing, and one without a school needs no distance', () => {
  expect(distanceRows(aRecord(null), [])[0]?.text).toBe('Nobody has said where on the map the home is')
  expect(distanceRows(aRecord(), [])[0]?.text).toBe('Not yet: it is measured within minutes')
  expect(distanceRows({ ...aRecord(), placements: [] }, [])).toEqual([])
})
