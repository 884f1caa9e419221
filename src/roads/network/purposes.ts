/** The two networks made of an extract: what is driven, and what is walked. */
import { VEHICLES } from '../answers/travel-times.ts'
import type { OsmWay } from '../osm/block.ts'
import { ALL_VEHICLES, accessFor, directionsFor, roadClass, throughBarrier } from './access.ts'
import { hasSteps, mayWalk, stopsWalkers } from './footways.ts'
import { FERRY, STEPS } from './network.ts'
import type { SpeedTable } from './speed-table.ts'
import type { Purpose, Use } from './split.ts'

/** Roads for cars, taxis and minibuses. */
export function driving(speeds: SpeedTable): Purpose {
  return {
    useOf: (way) => driveUse(way, speeds),
    throughBarrier(tags) {
      const through = throughBarrier(tags, speeds)
      return through === ALL_VEHICLES ? 0xff : through
    },
  }
}

function driveUse({ tags }: OsmWay, speeds: SpeedTable): Use | undefined {
  const road = roadClass(tags)
  if (road === undefined) return undefined
  const use: Use = { kind: road === 'ferry' ? FERRY : 0, openForward: 0, openBackward: 0, private: 0 }
  VEHICLES.forEach((vehicle, i) => {
    const access = accessFor(vehicle, road, tags, speeds.size[vehicle])
    if (access === 'closed') return
    const { forward, backward } = directionsFor(vehicle, tags)
    if (forward) use.openForward |= 1 << i
    if (backward) use.openBackward |= 1 << i
    if (access === 'private') use.private |= 1 << i
  })
  return use.openForward === 0 && use.openBackward === 0 ? undefined : use
}

/** Roads and paths for people on foot, in both directions. */
export const walking: Purpose = {
  useOf: ({ tags }) =>
    mayWalk(tags)
      ? { kind: hasSteps(tags) ? STEPS : 0, openForward: 1, openBackward: 1, private: 0 }
      : undefined,
  throughBarrier: (tags) => (stopsWalkers(tags) ? 0 : 0xff),
}
