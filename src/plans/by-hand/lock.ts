/** Runs of a plan that somebody has locked: nothing changes them until they are unlocked. */
import type { Instant } from '#ground/time.ts'

export type Lock = {
  id: number
  vehicle: number
  direction: 1 | 2
  by: string
  at: Instant
  why: string
}

/** What a change touches: some vehicles, in one direction or both. */
export type Touched = { vehicles: readonly (number | null)[]; direction: 1 | 2 | null }

/** The first lock on anything a change touches. */
export const lockOver = (locks: readonly Lock[], { vehicles, direction }: Touched): Lock | undefined =>
  locks.find((lock) => vehicles.includes(lock.vehicle) && (direction ?? lock.direction) === lock.direction)
