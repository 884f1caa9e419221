/** Which of the six sets a folder holds, told by the shape of its files alone. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, join } from 'node:path'
import type { BestKnown, Instance } from './instance.ts'
import { readCounty } from './read-county.ts'
import { readHeterogeneous, readHomogeneous } from './read-dial-a-ride.ts'
import { readPickupAndDelivery } from './read-pickup-and-delivery.ts'
import { readSchoolBuses } from './read-school-buses.ts'
import { countyTrial, type Trial, trialOf } from './trial.ts'

/** The two longest rides every school bus problem is asked with, in seconds. */
const RIDE_LIMITS = [2700, 5400]

/** Every instance of a folder, of the folders in it, or of one file; sorted by set and size of name. */
export function trialsIn(path: string): Trial[] {
  if (!existsSync(path)) throw new Error(`There is no folder ${path}. Give the folder of a benchmark set.`)
  if (statSync(path).isFile()) return trialsOfFile(path)
  if (existsSync(join(path, 'Schools.txt'))) return schoolBuses(path)
  const inside = readdirSync(path, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'))
  const trials = inside.flatMap((entry) => {
    const one = join(path, entry.name)
    if (entry.isDirectory()) return trialsIn(one)
    return ['', '.txt', '.json'].includes(extname(one)) && entry.name !== BEST_KNOWN ? trialsOfFile(one) : []
  })
  return trials.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))
}

const BEST_KNOWN = 'best-known.json'

function trialsOfFile(path: string): Trial[] {
  const text = readFileSync(path, 'utf8')
  const name = basename(path, extname(path))
  if (extname(path) === '.json') return text.includes('"pupils"') ? [countyTrial(readCounty(text, name))] : []
  const reader = readerFor(text)
  return reader ? [trialOf(reader(text, name), bestKnown(dirname(path), name))] : []
}

/** The first line has as many numbers as its set gives it: five, three or two. */
function readerFor(text: string): ((text: string, name: string) => Instance) | undefined {
  const [first = ''] = text.trimStart().split(/\r?\n/)
  const words = first.trim().split(/\s+/)
  if (words.some((word) => !Number.isFinite(Number(word)))) return undefined
  return { 5: readHomogeneous, 3: readPickupAndDelivery, 2: readHeterogeneous }[words.length]
}

function schoolBuses(path: string): Trial[] {
  const read = (file: string) => readFileSync(join(path, file), 'utf8')
  const files = { schools: read('Schools.txt'), stops: read('Stops.txt') }
  return RIDE_LIMITS.map((longestRide) => {
    const name = `${basename(path)}_${longestRide}`
    return trialOf(readSchoolBuses(files, { name, longestRide }), bestKnown(dirname(path), name))
  })
}

type Published = { bks?: number; vehicles?: number; distance?: number }

function bestKnown(folder: string, name: string): BestKnown | undefined {
  const file = join(folder, BEST_KNOWN)
  if (!existsSync(file)) return undefined
  const all = JSON.parse(readFileSync(file, 'utf8')) as Record<string, Published> & {
    instances?: Record<string, Published>
  }
  const found = (all.instances ?? all)[name]
  if (found?.distance !== undefined && found.vehicles !== undefined) {
    return { value: found.distance, vehicles: found.vehicles }
  }
  return found?.bks === undefined ? undefined : { value: found.bks }
}
