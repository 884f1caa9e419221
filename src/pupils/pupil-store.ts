/** One pupil's record on a day, as known at a moment: who, where, with whom, and what they need. */
import type { Sql } from 'postgres'
import type { CarerId, PupilId, SchoolId } from '#ground/ids.ts'
import type { AsAt, PlainDate } from '#ground/time.ts'
import { cutAsAt } from '#knowledge/store'

export type PupilRecord = {
  particulars: {
    given_name: string
    family_name: string
    known_as: string | null
    born_on: PlainDate
    sex: 'female' | 'male' | null
    upn: string | null
    council_reference: string | null
    ehc_plan_number: string | null
    primary_need: string | null
    looked_after: boolean
  }
  registered: boolean
  homes: {
    address: string
    postcode: string | null
    area: string | null
    pattern: string
    latitude: number | null
    protected: boolean
  }[]
  placements: {
    school_id: SchoolId
    school: string | null
    year_group: string | null
    pattern: string
    boarding: string
    role: string
    first_day: PlainDate
    last_day: PlainDate | null
  }[]
  need: {
    mobility: string
    wheelchair_travel: string | null
    wheelchair_make: string | null
    wheelchair_model: string | null
    restraint: string | null
    assistant: string
    single_occupancy: boolean
    single_occupancy_reason: string | null
    single_occupancy_review_on: PlainDate | null
    longest_ride_minutes: number | null
    answers: Readonly<Record<string, unknown>>
    missing: string[]
  } | null
  eligibility: {
    state: string
    grounds: string[]
    decided_by: string | null
    decided_on: PlainDate | null
    review_on: PlainDate | null
    conditions: string | null
  } | null
  carers: {
    carer_id: CarerId
    name: string
    given_name: string
    family_name: string
    relationship: string
    language: string
    format: string
    interpreter: boolean
    parental_responsibility: boolean
    may_see_address: boolean
    points: { kind: string; address: string; verified_on: PlainDate | null; verified_how: string | null }[]
  }[]
  pairings: { other: PupilId; name: string; kind: string; reason: string | null }[]
  accepted: { direction: 1 | 2; by: string; reason: string; until: PlainDate }[]
}

/** The record, or nothing for a pupil of whom nothing was known by then. */
export async function pupilAsAt(sql: Sql, pupil: PupilId, asAt: AsAt): Promise<PupilRecord | undefined> {
  const { on } = asAt
  const { revision, held } = await cutAsAt(sql, asAt)
  const [row] = await sql<PupilRecord[]>`
    select
      (select to_jsonb(f) from pupil_particulars f where f.pupil_id = ${pupil} and f.known @> ${revision}::bigint
        order by f.valid @> ${on}::date desc, lower(f.valid) desc limit 1) as particulars,
      exists (select 1 from pupil_registration f where f.pupil_id = ${pupil} and ${held('f')}) as registered,
      (select coalesce(jsonb_agg(to_jsonb(f) order by f.pattern), '[]') from pupil_home f
        where f.pupil_id = ${pupil} and ${held('f')}) as homes,
      (select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object('school', s.name, 'first_day', lower(f.valid),
                                 'last_day', upper(f.valid) - 1) order by lower(f.valid)), '[]')
         from placement f
         left join school_particulars s on s.school_id = f.school_id and ${held('s')}
        where f.pupil_id = ${pupil} and f.known @> ${revision}::bigint
          and coalesce(upper(f.valid), 'infinity') > ${on}::date) as placements,
      (select to_jsonb(f) from travel_need f where f.pupil_id = ${pupil} and ${held('f')}) as need,
      (select to_jsonb(f) from eligibility f where f.pupil_id = ${pupil} and ${held('f')}) as eligibility,
      (select coalesce(jsonb_agg(to_jsonb(f) || jsonb_build_object(
                'name', c.given_name || ' ' || c.family_name, 'given_name', c.given_name, 'family_name', c.family_name, 'language', c.language, 'format', c.format,
                'interpreter', c.interpreter,
                'points', (select coalesce(jsonb_agg(to_jsonb(p) order by p.kind desc), '[]') from contact_point p
                            where p.carer_id = f.carer_id and ${held('p')})) order by f.told_first desc, f.carer_id), '[]')
         from pupil_carer f
         join carer_particulars c on c.carer_id = f.carer_id and ${held('c')}
        where f.pupil_id = ${pupil} and ${held('f')}) as carers,
      (select coalesce(jsonb_agg(jsonb_build_object('other', o.pupil_id, 'name', o.given_name || ' ' || o.family_name,
                                 'kind', f.kind, 'reason', f.reason)), '[]')
         from pupil_pairing f
         join pupil_particulars o on o.pupil_id = case f.pupil_id when ${pupil} then f.other_id else f.pupil_id end
                                 and ${held('o')}
        where ${pupil} in (f.pupil_id, f.other_id) and ${held('f')}) as pairings,
      (select coalesce(jsonb_agg(jsonb_build_object('direction', f.direction, 'by', p.name, 'reason', f.reason,
                                 'until', upper(f.valid) - 1) order by f.direction), '[]')
         from accepted_gap f join person p on p.person_id = f.accepted_by
        where f.pupil_id = ${pupil} and ${held('f')}) as accepted`
  return row?.particulars ? row : undefined
}
