/** The walk to school along the roads, as it was measured: asked again of the same network, for its shape. */
import type { OwnRoads, Place, TravelTimes, Walk } from '#roads'

/** A walk as it was measured: between which points, by which network, and which ways marked unsafe it keeps clear of. */
export type MeasuredWalk = {
  schoolName: string
  from: Place
  to: Place
  network: string
  walk: 'measured' | 'estimated' | 'too-far-from-any-road' | 'no-way'
  avoids: readonly number[]
}

export type WalkToSchool = {
  measured: MeasuredWalk
  /** The walk; why there is none to draw otherwise. */
  walk: Walk | 'no-way' | 'not-measured' | 'another-network'
}

type Roads = TravelTimes | OwnRoads

/** The walks as they lead along roads. One that another network measured is not drawn along the roads of this one. */
export const walksToSchool = (
  roads: Roads | undefined,
  measured: readonly MeasuredWalk[],
): Promise<WalkToSchool[]> =>
  Promise.all(measured.map(async (one) => ({ measured: one, walk: await walkOf(roads, one) })))

async function walkOf(
  roads: Roads | undefined,
  { network, walk, from, to, avoids }: MeasuredWalk,
): Promise<WalkToSchool['walk']> {
  if (walk === 'no-way') return 'no-way'
  if (walk !== 'measured') return 'not-measured'
  if (roads?.network !== network) return 'another-network'
  const asked = await roads.walk(from, to, { ways: avoids })
  return asked.ok ? asked.value : 'no-way'
}
