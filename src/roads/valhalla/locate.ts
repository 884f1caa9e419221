/** Where on a road Valhalla would put a place. Asked before any route: it moves a place at sea to the shore in silence. */
import type { Place } from '../answers/travel-times.ts'
import { metresBetween } from '../network/ground-metres.ts'
import { type Ask, holding, locationOf, type ValhallaAnswer } from './ask-valhalla.ts'

/** The nearest point of a road, what the road is called, and how far it is. */
export type Located = { place: Place; road: string; metres: number }

/** Further from a road than this, a place has no road: somebody must look at it. */
export const LIMIT_METRES = 1000

/** A server takes no more than so many places at once, unless it was set up otherwise. */
const TOGETHER = 20

type Edge = { correlated_lon: number; correlated_lat: number; edge_info?: { names?: string[] } }

/** For each place its point on a road, or nothing where the server finds none within `LIMIT_METRES`. */
export async function locate(
  ask: Ask,
  places: readonly Place[],
  costing: string,
): Promise<(Located | undefined)[]> {
  const found: (Located | undefined)[] = []
  for (let done = 0; done < places.length; done += TOGETHER) {
    const some = places.slice(done, done + TOGETHER)
    const answer = await ask('locate', { locations: some.map(locationOf), costing, verbose: true })
    // An answer to `locate` is a list, one entry for each place.
    const entries = Array.isArray(answer) ? (answer as { edges: Edge[] | null }[]) : refused(answer)
    found.push(...some.map((place, i) => nearestOf(place, entries[i]?.edges ?? [])))
  }
  return found
}

const refused = (answer: ValhallaAnswer): never => holding<never>(answer, 'edges' as never)

function nearestOf(place: Place, edges: readonly Edge[]): Located | undefined {
  const [nearest] = edges
    .map(({ correlated_lon: longitude, correlated_lat: latitude, edge_info }) => ({
      place: { longitude, latitude },
      road: edge_info?.names?.[0] ?? '',
      metres: metresBetween(place.longitude * 1e7, place.latitude * 1e7, longitude * 1e7, latitude * 1e7),
    }))
    .sort((a, b) => a.metres - b.metres)
  return nearest && nearest.metres <= LIMIT_METRES ? nearest : undefined
}
