/**
 * String removal (Christiaens & Vanden Berghe 2020, "Slack Induction by String Removals", §5.1): from each of a few
 * tours near a request chosen by chance, take out a string of requests picked up one after the other.
 */
import type { Draft } from '../draft.ts'
import type { Neighbours } from '../neighbours.ts'
import type { Random } from '../random.ts'
import type { Removed } from '../removed.ts'

/** On average so many requests are taken out, in strings no longer than this. */
const AVERAGE_REMOVED = 8
const LONGEST_STRING = 10
/** How often a string is taken with a piece left standing in its middle, and how often that piece grows. */
const SPLIT_SHARE = 0.5
const GROW_SHARE = 0.5

/** Takes strings out around `seed`. */
export function removeStrings(
  draft: Draft,
  near: Neighbours,
  removed: Removed,
  seed: number,
  random: Random,
): void {
  const longest = Math.min(LONGEST_STRING, averageSize(draft))
  const most = (4 * AVERAGE_REMOVED) / (1 + longest) - 1
  let strings = Math.floor(1 + random.share() * most)
  const nearest = near.of(seed)
  for (let i = -1; i < nearest.length && strings > 0; i++) {
    const request = i < 0 ? seed : nearest[i]
    const tour = draft.tourOf[request]
    if (tour < 0 || removed.isRuined(tour)) continue
    const length = Math.floor(1 + random.share() * Math.min(draft.size[tour], longest))
    takeString(draft, removed, request, length, random)
    strings--
  }
}

function averageSize({ used, usedCount, size, model }: Draft): number {
  let placed = 0
  for (let i = 0; i < usedCount * model.sessions; i++) {
    placed += size[used[Math.floor(i / model.sessions)] * model.sessions + (i % model.sessions)]
  }
  return Math.max(1, placed / Math.max(1, usedCount * model.sessions))
}

function takeString(draft: Draft, removed: Removed, around: number, length: number, random: Random) {
  const tour = draft.tourOf[around]
  const size = removed.listTour(tour)
  let spared = 0
  if (length > 1 && length < size && random.share() < SPLIT_SHARE) {
    spared = 1
    while (length + spared < size && random.share() < GROW_SHARE) spared++
  }
  const span = length + spared
  const position = removed.listed.indexOf(around)
  const first = Math.max(0, Math.min(position - random.below(span), size - span))
  const sparedFrom = first + 1 + random.below(Math.max(1, length - 1))
  for (let i = first; i < first + span; i++) {
    if (spared > 0 && i >= sparedFrom && i < sparedFrom + spared) continue
    removed.take(removed.listed[i])
  }
}
