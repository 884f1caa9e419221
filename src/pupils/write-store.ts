/** Records who a pupil is, where they live and learn, who cares for them. All inside the revision that is open. */
import type { TransactionSql } from 'postgres'
import type { CarerId, PupilId, SchoolId } from '#ground/ids.ts'
import { everyHalfDay, everySchoolHalfDay, type HalfDayPattern } from '#ground/pattern.ts'
import { addDays, type PlainDate } from '#ground/time.ts'
import { bear, span, stateFact, withdrawFact } from '#knowledge/store'

export type Particulars = {
  givenName: string
  familyName: string
  knownAs?: string
  bornOn: PlainDate
  sex?: 'female' | 'male'
  upn?: string
  councilReference?: string
  ehcPlanNumber?: string
  primaryNeed?: string
  lookedAfter?: boolean
}

export type Home = {
  address: string
  postcode?: string
  uprn?: string
  point?: { latitude: number; longitude: number }
  area?: string
  /** Known to nobody outside the council. */
  protected?: boolean
  /** The half-days spent there, when there is a second home. */
  pattern?: HalfDayPattern
}

export type Placement = {
  school: SchoolId
  yearGroup?: string
  pattern?: HalfDayPattern
  boarding?: 'day' | 'weekly' | 'termly'
  role?: 'main' | 'dual'
  site?: string
  entrance?: string
}

type Dates = { from: PlainDate; until?: PlainDate | null }

/** Puts a pupil on the register from a day on: from then they are in every situation report. */
export async function registerPupil(
  tx: TransactionSql,
  particulars: Particulars,
  { from, until = null }: Dates,
): Promise<PupilId> {
  const pupil = await bear(tx, 'pupil')
  await stateFact(tx, 'pupil_registration', { pupil_id: pupil, valid: span(from, until) })
  await recordParticulars(tx, pupil, { ...particulars, from, until })
  return pupil
}

/** Records who a pupil is, from a day on. */
export async function recordParticulars(
  tx: TransactionSql,
  pupil: PupilId,
  { from, until = null, ...who }: Particulars & Dates,
): Promise<void> {
  await stateFact(tx, 'pupil_particulars', {
    pupil_id: pupil,
    given_name: who.givenName,
    family_name: who.familyName,
    known_as: who.knownAs ?? null,
    born_on: who.bornOn,
    sex: who.sex ?? null,
    upn: who.upn ?? null,
    council_reference: who.councilReference ?? null,
    ehc_plan_number: who.ehcPlanNumber ?? null,
    primary_need: who.primaryNeed ?? null,
    looked_after: who.lookedAfter ?? false,
    valid: span(from, until),
  })
}

/** The pupil who has this unique pupil number now, if any has. */
export async function pupilWithUpn(
  tx: TransactionSql,
  upn: string | undefined,
): Promise<{ pupil: PupilId; name: string } | undefined> {
  const [row] = await tx<{ pupil: PupilId; name: string }[]>`
    select pupil_id as pupil, given_name || ' ' || family_name as name from pupil_particulars
     where upn = ${upn ?? null} and upper_inf(known) order by lower(valid) desc limit 1`
  return row
}

/** Takes a pupil off the register from a day on, with every placement and home from then. */
export async function deregisterPupil(tx: TransactionSql, pupil: PupilId, from: PlainDate): Promise<void> {
  const mine = { pupil_id: pupil, valid: span(from, null) }
  await withdrawFact(tx, 'pupil_registration', mine)
  await withdrawFact(tx, 'placement', { ...mine, pattern: everyHalfDay })
}

/** Records where a pupil lives from a day on: the only home, or the one of its half-days. */
export async function recordHome(
  tx: TransactionSql,
  pupil: PupilId,
  { from, until = null, ...home }: Home & Dates,
): Promise<void> {
  await stateFact(tx, 'pupil_home', {
    pupil_id: pupil,
    pattern: home.pattern ?? everyHalfDay,
    address: home.address,
    postcode: home.postcode ?? null,
    uprn: home.uprn ?? null,
    latitude: home.point?.latitude ?? null,
    longitude: home.point?.longitude ?? null,
    area: home.area ?? null,
    protected: home.protected ?? false,
    valid: span(from, until),
  })
}

/** Records where a pupil learns from a day on, on the half-days given, in place of what was there. */
export async function recordPlacement(
  tx: TransactionSql,
  pupil: PupilId,
  { from, until = null, ...placed }: Placement & Dates,
): Promise<void> {
  await stateFact(tx, 'placement', {
    pupil_id: pupil,
    school_id: placed.school,
    pattern: placed.pattern ?? everySchoolHalfDay,
    year_group: placed.yearGroup ?? null,
    boarding: placed.boarding ?? 'day',
    role: placed.role ?? 'main',
    site: placed.site ?? null,
    entrance: placed.entrance ?? null,
    valid: span(from, until),
  })
}

/** Ends every placement of a pupil from a day on. */
export async function endPlacements(tx: TransactionSql, pupil: PupilId, from: PlainDate): Promise<void> {
  await withdrawFact(tx, 'placement', { pupil_id: pupil, pattern: everyHalfDay, valid: span(from, null) })
}

export type Carer = {
  givenName: string
  familyName: string
  relationship: string
  language?: string
  format?: 'standard' | 'large-print' | 'easy-read' | 'braille' | 'audio'
  interpreter?: boolean
  parentalResponsibility?: boolean
  maySeeAddress?: boolean
  toldFirst?: boolean
}

/** Records somebody who cares for a pupil, from a day on. */
export async function recordCarer(
  tx: TransactionSql,
  pupil: PupilId,
  carer: Carer & Dates,
): Promise<CarerId> {
  const id = await bear(tx, 'carer')
  await restateCarer(tx, { pupil, carer: id }, carer)
  return id
}

/** Records from a day on what a carer is called, how they are written to, and what they are to a pupil. */
export async function restateCarer(
  tx: TransactionSql,
  { pupil, carer: id }: { pupil: PupilId; carer: CarerId },
  { from, until = null, ...carer }: Carer & Dates,
): Promise<void> {
  const valid = span(from, until)
  await stateFact(tx, 'carer_particulars', {
    carer_id: id,
    given_name: carer.givenName,
    family_name: carer.familyName,
    language: carer.language ?? 'English',
    format: carer.format ?? 'standard',
    interpreter: carer.interpreter ?? false,
    valid,
  })
  await stateFact(tx, 'pupil_carer', {
    pupil_id: pupil,
    carer_id: id,
    relationship: carer.relationship,
    parental_responsibility: carer.parentalResponsibility ?? true,
    may_see_address: carer.maySeeAddress ?? true,
    told_first: carer.toldFirst ?? true,
    valid,
  })
}

/** Records how a carer is reached, and when and how that was last verified, if it was. */
export async function recordContactPoint(
  tx: TransactionSql,
  carer: CarerId,
  {
    kind,
    address,
    verified,
    from,
    until = null,
  }: { kind: 'phone' | 'email' | 'post'; address: string; verified?: { on: PlainDate; how: string } } & Dates,
): Promise<void> {
  await stateFact(tx, 'contact_point', {
    carer_id: carer,
    kind,
    address,
    verified_on: verified?.on ?? null,
    verified_how: verified?.how ?? null,
    valid: span(from, until),
  })
}

/** Records that two pupils must not, or had best, travel together. The order of the two does not matter. */
export async function recordPairing(
  tx: TransactionSql,
  [one, other]: readonly [PupilId, PupilId],
  { kind, reason, from, until = null }: { kind: 'keep-apart' | 'travel-well-with'; reason?: string } & Dates,
): Promise<void> {
  await stateFact(tx, 'pupil_pairing', {
    pupil_id: Math.min(one, other),
    other_id: Math.max(one, other),
    kind,
    reason: reason ?? null,
    valid: span(from, until),
  })
}

/** Ends from a day on whatever was recorded of two pupils together. The order of the two does not matter. */
export async function endPairing(
  tx: TransactionSql,
  [one, other]: readonly [PupilId, PupilId],
  from: PlainDate,
): Promise<void> {
  const pair = { pupil_id: Math.min(one, other), other_id: Math.max(one, other) }
  await withdrawFact(tx, 'pupil_pairing', { ...pair, valid: span(from, null) })
}

/** Records days on which a pupil is away and need not be fetched, with who told us. */
export async function recordAbsence(
  tx: TransactionSql,
  pupil: PupilId,
  absence: { firstDay: PlainDate; lastDay: PlainDate; notifiedBy: string; reason: string | undefined },
): Promise<void> {
  await stateFact(tx, 'pupil_absence', {
    pupil_id: pupil,
    notified_by: absence.notifiedBy,
    reason: absence.reason ?? null,
    valid: span(absence.firstDay, addDays(absence.lastDay, 1)),
  })
}
