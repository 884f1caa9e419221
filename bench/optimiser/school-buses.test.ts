import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { solve } from '#optimiser'
import { evaluate } from './evaluate.ts'
import type { Instance } from './instance.ts'
import { readSchoolBuses } from './read-school-buses.ts'
import { toProblem, toRoutes } from './translate.ts'

const folder = `${process.env['FIRSTBELL_SHARED'] ?? '../shared'}/benchmarks/sbrp-park`

/** As tight as the published limits can be read: boarding is part of the ride, and all are set down before the bell. */
function readTightly(instance: Instance): Instance {
  const requests = instance.requests.map(({ pickup, dropOff, load, longestRide }) => ({
    load,
    pickup,
    dropOff: { ...dropOff, close: dropOff.close - dropOff.service },
    longestRide: longestRide - pickup.service,
  }))
  return { ...instance, requests }
}

test.skipIf(!existsSync(folder)).each([2700, 5400])(
  'fewer buses than published is no misreading: at %i s they are fewer even by the tightest, proved by an exact schedule',
  (longestRide) => {
    const read = (file: string) => readFileSync(`${folder}/RSRB01/${file}.txt`, 'utf8')
    const files = { schools: read('Schools'), stops: read('Stops') }
    const published = readSchoolBuses(files, { name: `RSRB01_${longestRide}`, longestRide })
    const tight = readTightly(published)
    let rounds = 1500
    const { plan, unplaced } = solve(toProblem(tight), { seed: 1, shouldStop: () => rounds-- <= 0 })
    const best = JSON.parse(readFileSync(`${folder}/best-known.json`, 'utf8')).instances[published.name].bks

    expect(unplaced).toEqual([])
    expect(evaluate(tight, toRoutes(plan)).broken).toEqual([])
    expect(evaluate(published, toRoutes(plan))).toMatchObject({ broken: [] })
    expect(evaluate(published, toRoutes(plan)).vehicles).toBeLessThan(best)
  },
)
