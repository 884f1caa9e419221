/** Whole runs that pass near a request chosen by chance: so that vehicles may be spared, and their fleets exchanged. */
import type { Draft } from '../draft.ts'
import type { Neighbours } from '../neighbours.ts'
import type { Random } from '../random.ts'
import type { Removed } from '../removed.ts'

const MOST_REMOVED = 24

/** Takes out the run of `seed` and perhaps one or two near it, so long as they are not many requests. */
export function removeTours(
  draft: Draft,
  near: Neighbours,
  removed: Removed,
  seed: number,
  random: Random,
): void {
  let tours = 1 + random.below(3)
  const nearest = near.of(seed)
  for (let i = -1; i < nearest.length && tours > 0; i++) {
    const request = i < 0 ? seed : nearest[i]
    const tour = draft.tourOf[request]
    if (tour < 0 || (removed.count > 0 && removed.count + draft.size[tour] > MOST_REMOVED)) continue
    const size = removed.listTour(tour)
    for (let k = 0; k < size; k++) removed.take(removed.listed[k])
    tours--
  }
}
