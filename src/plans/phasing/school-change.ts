/** Who of each school changes crew by a plan, vehicle by vehicle: what phasing.ts makes waves of. */
import type { PupilId, SchoolId } from '#ground/ids.ts'
import type { Comparison } from '../impact/comparison.ts'
import type { SchoolChange } from './phasing.ts'

export type Attends = { pupil: PupilId; school: SchoolId }

/**
 * Every school of the plan's pupils, in the order given. What one vehicle drives changes as one: whoever rides it in the
 * morning or in the afternoon and is not driven by today's crew.
 */
export function schoolChanges(
  comparisons: readonly Comparison[],
  attends: readonly Attends[],
): SchoolChange[] {
  const changing = comparisons.flatMap(({ pupil, change, after }) =>
    change?.crew === true && after?.vehicle ? [{ pupil, vehicle: after.vehicle }] : [],
  )
  return [...Map.groupBy(attends, ({ school }) => school)].map(([school, theirs]) => {
    const pupils = [...new Set(theirs.map(({ pupil }) => pupil))]
    const here = new Set(pupils)
    const byVehicle = Map.groupBy(
      changing.filter(({ pupil }) => here.has(pupil)),
      ({ vehicle }) => vehicle,
    )
    return {
      school,
      pupils,
      runs: [...byVehicle].map(([run, riders]) => ({
        run,
        changing: [...new Set(riders.map(({ pupil }) => pupil))],
      })),
    }
  })
}
