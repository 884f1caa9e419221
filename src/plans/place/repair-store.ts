/** What becomes of everybody on lost routes: the network of each of their schools, mended. */
import type { Sql } from 'postgres'
import { keepingAnswers } from '#distances/kept-answers-store'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import type { TravelTimes } from '#roads'
import type { PlanCut } from '../scenario/people-store.ts'
import { type Mended, mendNetwork } from './find-places.ts'
import { type Lost, lostRoutes } from './network-store.ts'
import { aroundSchools, type NotPlaced } from './place-store.ts'

export type MendedSchool = {
  school: SchoolId
  name: string
  mended: Mended
  names: ReadonlyMap<PupilId, string>
}

type How = { roads: TravelTimes; estimated: boolean; cut: PlanCut }

/**
 * Mends the network of each school that loses a route on a day, with fewest others moved; of none where nothing is lost.
 * Refused where too little is known of a school to say anything of its network.
 */
export async function mendLost(
  sql: Sql,
  lost: Lost,
  { roads, estimated, cut }: How,
): Promise<Result<readonly MendedSchool[], NotPlaced>> {
  const routes = await lostRoutes(sql, lost, cut)
  const schools: MendedSchool[] = []
  for (const [school, theirs] of Map.groupBy(routes, (one) => one.school)) {
    const around = await aroundSchools(sql, [school], cut)
    if (!around.ok) return around
    const isLost = new Set(theirs.map(({ route }) => route))
    const mended = await mendNetwork(keepingAnswers(sql, roads), around.value, {
      from: cut.on,
      estimated,
      isLost,
    })
    schools.push({
      school,
      name: around.value.schools.find((one) => one.school === school)?.name ?? `School ${school}`,
      mended,
      names: new Map(around.value.people.map((one) => [one.pupil, one.name])),
    })
  }
  return ok(schools)
}
