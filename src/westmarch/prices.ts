/** What Westmarch pays for vehicles: the same as its contracts were let at, so that a plan can be told against them. */
import type { PlainDate } from '#ground/time.ts'
import { vehicleTypes } from './carriers.ts'
import { type Chronicle, days } from './chronicle.ts'

export const PENCE_PER_MILE = 260
export const PENCE_PER_ASSISTANT_DAY = 5200

/** A vehicle of more places than a car has is driven on the roads of a minibus. */
const MOST_IN_A_CAR = 6

/** Records the council's policy of vehicles and prices, from a day on. */
export function recordPrices(book: Chronicle, from: PlainDate): void {
  const value = Object.values(vehicleTypes).map(({ type, layouts, dayRate }) => ({
    name: type,
    layouts,
    drives: layouts[0][0] > MOST_IN_A_CAR ? 'minibus' : 'taxi',
    pencePerDay: dayRate,
    pencePerMile: PENCE_PER_MILE,
    pencePerAssistantDay: PENCE_PER_ASSISTANT_DAY,
  }))
  book.insert('policy', { name: 'plan-vehicles', value, valid: days(from) })
}
