/** All that is known about placing one pupil in today's network of their schools. */
import type { Sql } from 'postgres'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlanPolicy, PolicyRefused } from '../policy/policy.ts'
import { planPolicyAt } from '../policy/policy-store.ts'
import { type PlanCut, peopleOf, schoolDays } from '../scenario/people-store.ts'
import type { Person, SchoolDay } from '../scenario/person.ts'
import { networkOf } from './network-store.ts'
import type { PresentRoute } from './present-plan.ts'

/** Everybody who is carried to some schools, and by what. */
export type Network = {
  people: readonly Person[]
  schools: readonly SchoolDay[]
  routes: readonly PresentRoute[]
  policy: PlanPolicy
}
export type Around = Network & { pupil: Person }

export type NotPlaced =
  | { because: 'need-not-be-carried' }
  | { because: 'home-has-no-point' }
  | { because: 'school-not-known'; name: string; what: 'no-point' | 'no-bells' }
  | { because: 'policy'; refusal: PolicyRefused }

/** The network of some schools on a day, or what is missing to say anything of it. */
export async function aroundSchools(
  sql: Sql,
  ids: readonly SchoolId[],
  cut: PlanCut,
): Promise<Result<Network, NotPlaced>> {
  const people = await peopleOf(sql, { schools: ids }, cut)
  const schools = await schoolDays(sql, people, cut)
  const gap = schools.find(
    ({ school, place, bells }) => ids.includes(school) && (!place || bells.length === 0),
  )
  if (gap)
    return refuse({ because: 'school-not-known', name: gap.name, what: gap.place ? 'no-bells' : 'no-point' })
  const policy = await planPolicyAt(sql, cut)
  if (!policy.ok) return refuse({ because: 'policy', refusal: policy.refusal })
  return ok({ people, schools, routes: await networkOf(sql, ids, cut), policy: policy.value })
}

/** What there is around a pupil on a day, or what is missing to say where they could ride. */
export async function aroundPupil(
  sql: Sql,
  pupil: PupilId,
  cut: PlanCut,
): Promise<Result<Around, NotPlaced>> {
  const placed = await sql<{ school: SchoolId }[]>`
    select distinct school_id as school from placement
     where pupil_id = ${pupil} and valid @> ${cut.on}::date and known @> ${cut.revision}::bigint`
  const schools = placed.map(({ school }) => school)
  const network = await aroundSchools(sql, schools, cut)
  const people = network.ok ? network.value.people : await peopleOf(sql, { schools }, cut)
  const one = people.find((person) => person.pupil === pupil)
  if (!one) return refuse({ because: 'need-not-be-carried' })
  if (!network.ok) return network
  if (one.homes.length === 0 || one.homes.some(({ place }) => !place))
    return refuse({ because: 'home-has-no-point' })
  return ok({ ...network.value, pupil: one })
}
