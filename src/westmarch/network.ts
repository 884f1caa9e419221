/** Routes of Westmarch: which children ride together to which school, in what, along which stops. */
import type { Random } from '#ground/random.ts'
import { type Layouts, type VehicleType, vehicleTypes } from './carriers.ts'
import { type Child, kilometresBetween } from './children.ts'
import type { School } from './schools.ts'

export type Group = { school: School; children: Child[]; vehicle: VehicleType; assistants: number }

/** The children of one school sorted round it by bearing and cut where a vehicle is full. */
export function drawGroups(random: Random, school: School, children: readonly Child[]): Group[] {
  const alone = children.filter((child) => child.alone)
  const together = children.filter((child) => !child.alone)
  const round = [...together].sort((a, b) => bearing(school, a) - bearing(school, b) || a.id - b.id)
  const groups: Group[] = alone.map((child) => groupOf(school, [child]))
  let aboard: Child[] = []
  let room = roomOf(random)
  for (const child of round) {
    const ahead = aboard.at(-1)
    const far = ahead !== undefined && kilometresBetween(ahead.point, child.point) > 22
    if (aboard.length >= room || far || aboard.filter(({ wheelchair }) => wheelchair).length > 2) {
      groups.push(groupOf(school, aboard))
      aboard = []
      room = roomOf(random)
    }
    aboard.push(child)
  }
  if (aboard.length > 0) groups.push(groupOf(school, aboard))
  return groups
}

const roomOf = (random: Random): number =>
  random.weighted(
    [
      [4, 15],
      [7, 30],
      [11, 30],
      [15, 25],
    ] as const,
    ([, weight]) => weight,
  )[0]

const bearing = ({ point }: School, child: Child): number =>
  Math.atan2(child.point.longitude - point.longitude, child.point.latitude - point.latitude)

/** A group in the smallest vehicle that carries it. */
export function groupOf(school: School, children: Child[]): Group {
  const assistants = children.filter(({ assistant }) => assistant === 'own').length
  const shared = assistants === 0 && children.some(({ assistant }) => assistant === 'shared') ? 1 : 0
  const posts = assistants + shared
  return { school, children, assistants: posts, vehicle: smallestFor(children, posts) }
}

function smallestFor(children: readonly Child[], assistants: number): VehicleType {
  const chairs = children.filter(({ wheelchair }) => wheelchair).length
  const seats = children.length - chairs + assistants
  const { car, people, access, minibus, lift } = vehicleTypes
  const order: readonly VehicleType[] = [car, access, people, minibus, lift]
  return order.find(({ layouts }) => fits(layouts, seats, chairs)) ?? lift
}

/** Whether some layout has both the seats and the wheelchair places. */
export const fits = (layouts: Layouts, seats: number, chairs: number): boolean =>
  layouts.some(([seatsIn, chairsIn]) => seatsIn >= seats && chairsIn >= chairs)

export type Stop = {
  place: string
  kind: 'home' | 'school'
  pupil?: number
  school?: number
  at: string
  latitude: number
  longitude: number
}

const KILOMETRES_A_MINUTE = 0.62
const ROADS_ARE_LONGER = 1.3

/** The stops of a run to school, the farthest child first, and how many miles it is. */
export function morningStops({ school, children }: Group): { stops: Stop[]; miles: number } {
  const order = [...children].sort(
    (a, b) => kilometresBetween(b.point, school.point) - kilometresBetween(a.point, school.point),
  )
  const arrives = minutesOf(school.opens) - 8
  let at = arrives
  let miles = 0
  let next: { latitude: number; longitude: number } = school.point
  const stops: Stop[] = [
    { place: school.name, kind: 'school', school: school.id, at: clock(arrives), ...school.point },
  ]
  for (const child of order.toReversed()) {
    const kilometres = kilometresBetween(child.point, next) * ROADS_ARE_LONGER
    at -= Math.max(2, Math.round(kilometres / KILOMETRES_A_MINUTE)) + (child.wheelchair ? 5 : 2)
    miles += kilometres / 1.609
    next = child.point
    stops.unshift({ place: child.address, kind: 'home', pupil: child.id, at: clock(at), ...child.point })
  }
  return { stops, miles: Math.round(miles * 10) / 10 }
}

/** The same stops home again, the nearest child first. */
export function afternoonStops(group: Group): Stop[] {
  const { stops } = morningStops(group)
  const last = minutesOf(stops.at(-1)?.at ?? '09:00')
  const leaves = minutesOf(group.school.closes) + 7
  return stops.toReversed().map((stop) => ({ ...stop, at: clock(leaves + last - minutesOf(stop.at)) }))
}

const minutesOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
