import { describe, expect, test } from 'vitest'
import type { RoadVehicle } from '../answers/travel-times.ts'
import { ALL_VEHICLES, accessFor, directionsFor, roadClass, throughBarrier } from './access.ts'
import { hasSteps, mayWalk, stopsWalkers } from './footways.ts'
import { readMetres, readTonnes } from './measure.ts'
import { readSpeedTable, UK_SPEEDS } from './speed-table.ts'

/** Tags as they are written on a map: `highway=service access=private`. */
const tagsOf = (written: string) =>
  new Map(written.split(' ').map((tag) => tag.split('=') as [string, string]))

function accessOf(vehicle: RoadVehicle, written: string) {
  const tags = tagsOf(written)
  const road = roadClass(tags)
  return road && accessFor(vehicle, road, tags, UK_SPEEDS.size[vehicle])
}

test.each([
  // what the way says,                                car,       taxi,      minibus
  ['highway=residential', 'open', 'open', 'open'],
  ['highway=residential access=private', 'private', 'private', 'private'],
  ['highway=residential motor_vehicle=destination', 'private', 'private', 'private'],
  ['highway=unclassified access=no', 'closed', 'closed', 'closed'],
  ['highway=unclassified access=no motor_vehicle=yes', 'open', 'open', 'open'],
  ['highway=primary motor_vehicle=no taxi=yes', 'closed', 'open', 'closed'],
  ['highway=primary motor_vehicle=no psv=yes', 'closed', 'open', 'closed'],
  ['highway=primary access=psv', 'closed', 'closed', 'closed'],
  ['highway=service service=driveway', 'private', 'private', 'private'],
  ['highway=service service=emergency_access', 'closed', 'closed', 'closed'],
  ['highway=track', 'private', 'private', 'private'],
  ['highway=track motor_vehicle=agricultural', 'closed', 'closed', 'closed'],
  ['highway=tertiary maxweight=3', 'open', 'open', 'closed'],
  ['highway=tertiary maxwidth=2', 'open', 'open', 'closed'],
  ['highway=tertiary maxheight=2.9', 'open', 'open', 'open'],
  ['highway=tertiary maxheight=2.8', 'open', 'open', 'closed'],
  ['route=ferry', 'closed', 'closed', 'closed'],
  ['route=ferry motor_vehicle=yes', 'open', 'open', 'open'],
  ['highway=footway', undefined, undefined, undefined],
  ['highway=residential area=yes', undefined, undefined, undefined],
])('%s: a car finds it %s, a taxi %s, a minibus %s', (written, car, taxi, minibus) => {
  expect([accessOf('car', written), accessOf('taxi', written), accessOf('minibus', written)]).toEqual([
    car,
    taxi,
    minibus,
  ])
})

describe('directions', () => {
  test.each([
    ['highway=residential', 'both ways'],
    ['highway=residential oneway=yes', 'forward'],
    ['highway=residential oneway=-1', 'backward'],
    ['highway=motorway', 'forward'],
    ['highway=motorway oneway=no', 'both ways'],
    ['highway=tertiary junction=roundabout', 'forward'],
    ['highway=tertiary oneway=reversible', 'neither'],
    ['highway=residential oneway=yes oneway:psv=no', 'forward'],
  ])('%s: a car drives %s', (written, way) => {
    const { forward, backward } = directionsFor('car', tagsOf(written))
    expect(forward ? (backward ? 'both ways' : 'forward') : backward ? 'backward' : 'neither').toBe(way)
  })

  test('a taxi may drive against a one-way street that lets public service vehicles', () => {
    const contraflow = tagsOf('highway=residential oneway=yes oneway:psv=no')
    expect(directionsFor('taxi', contraflow)).toEqual({ forward: true, backward: true })
  })
})

test.each([
  ['highway=crossing', 'every vehicle', ALL_VEHICLES],
  ['barrier=gate', 'every vehicle', ALL_VEHICLES],
  ['barrier=gate locked=yes', 'none', 0],
  ['barrier=gate access=private', 'none', 0],
  ['barrier=bollard', 'none', 0],
  ['barrier=bollard motor_vehicle=yes', 'every vehicle', ALL_VEHICLES],
  ['barrier=height_restrictor maxheight=2.1', 'a car and a taxi', 0b011],
])('%s lets through %s', (written, _who, bits) => {
  expect(throughBarrier(tagsOf(written), UK_SPEEDS)).toBe(bits)
})

test.each([
  ['highway=residential', true],
  ['highway=footway', true],
  ['highway=trunk', true],
  ['highway=motorway', false],
  ['highway=motorway foot=yes', false],
  ['highway=trunk motorroad=yes', false],
  ['highway=service access=private', false],
  ['highway=service access=private foot=yes', true],
  ['highway=track access=agricultural', false],
  ['highway=track access=private designation=public_footpath', true],
  ['highway=bridleway', true],
  ['highway=cycleway foot=no', false],
  ['highway=construction', false],
])('%s: may a child walk there? %s', (written, may) => {
  expect(mayWalk(tagsOf(written))).toBe(may)
})

test('steps are known as steps, and only a barrier that says so stops people on foot', () => {
  expect(hasSteps(tagsOf('highway=steps'))).toBe(true)
  expect(hasSteps(tagsOf('highway=footway'))).toBe(false)
  expect(stopsWalkers(tagsOf('barrier=gate'))).toBe(false)
  expect(stopsWalkers(tagsOf('barrier=stile'))).toBe(false)
  expect(stopsWalkers(tagsOf('barrier=gate foot=no'))).toBe(true)
  expect(stopsWalkers(tagsOf('barrier=gate locked=yes'))).toBe(true)
  expect(stopsWalkers(tagsOf('barrier=gate locked=yes foot=yes'))).toBe(false)
})

test.each([
  ['2', 2],
  ['2.5 m', 2.5],
  [`6'6"`, 1.98],
  ['none', undefined],
  [undefined, undefined],
])('a sign that says %s metres is read as %s', (sign, read) => {
  if (read === undefined) expect(readMetres(sign)).toBeUndefined()
  else expect(readMetres(sign)).toBeCloseTo(read, 2)
})

test.each([
  ['7.5', 7.5],
  ['7.5 t', 7.5],
  ['unsigned', undefined],
])('a sign that says %s tonnes is read as %s', (sign, read) => {
  expect(readTonnes(sign)).toBe(read)
})

describe('a council’s own table of speeds', () => {
  test('what it leaves out stays as it was', () => {
    const ours = readSpeedTable('{"since":"2027-01-01","turnSeconds":{"right":7}}')
    expect(ours).toEqual({
      ...UK_SPEEDS,
      since: '2027-01-01',
      turnSeconds: { ...UK_SPEEDS.turnSeconds, right: 7 },
    })
  })

  test.each([
    ['{', 'The table of speeds is not JSON'],
    ['{"since":"soon"}', 'The table of speeds, since, is "soon". Give a day like 2026-09-01.'],
    ['{"shareOfLimit":0}', 'The table of speeds, shareOfLimit, is 0. Give a number above 0.'],
    ['{"turnSeconds":{"back":1}}', 'The table of speeds, turnSeconds, has "back", which is none of left,'],
    ['{"size":3}', 'The table of speeds, size, is 3. Give an object like the one printed.'],
  ])('%s is refused by name', (text, sentence) => {
    expect(() => readSpeedTable(text)).toThrow(sentence)
  })

  test('a minibus never has a higher limit than a car, and is the larger', () => {
    const { nationalMph, size } = UK_SPEEDS
    for (const kind of ['single', 'dual', 'motorway'] as const)
      expect(nationalMph.minibus[kind]).toBeLessThanOrEqual(nationalMph.car[kind])
    expect(size.minibus.widthMetres).toBeGreaterThan(size.car.widthMetres)
  })
})
