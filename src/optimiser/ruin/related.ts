/** Related removal (Shaw 1998): a request chosen by chance and others near it, the nearer the likelier. */
import type { Draft } from '../draft.ts'
import type { Neighbours } from '../neighbours.ts'
import type { Random } from '../random.ts'
import type { Removed } from '../removed.ts'

const FEWEST = 4
const MOST = 16
/** The higher, the surer that the nearest go. */
const GREED = 4

/** Takes out a handful around `seed`. */
export function removeRelated(
  draft: Draft,
  near: Neighbours,
  removed: Removed,
  seed: number,
  random: Random,
): void {
  const nearest = near.of(seed)
  const wanted = Math.min(FEWEST + random.below(MOST - FEWEST), nearest.length + 1)
  removed.take(seed)
  for (let tries = 0; tries < 4 * wanted && removed.count < wanted; tries++) {
    const one = nearest[Math.floor(random.share() ** GREED * nearest.length)]
    if (draft.tourOf[one] >= 0) removed.take(one)
  }
}
