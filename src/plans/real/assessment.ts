/**
 * Which runs need somebody to assess the mix of pupils aboard: from so many pupils up, and for needs the council names.
 * Brighton & Hove requires it from six, and for whoever travels alone; a council's own rule is a dated policy.
 */
import { z } from 'zod'
import type { PupilId } from '#ground/ids.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import type { PlainDate } from '#ground/time.ts'
import { notRead, type PolicyRefused } from '../policy/policy.ts'
import type { Person } from '../scenario/person.ts'
import type { PlanRun } from '../translation/runs-of.ts'

const needs = ['alone', 'own-assistant', 'wheelchair'] as const
const rule = z.strictObject({ fromPupils: z.int().positive(), needs: z.array(z.enum(needs)) })
const policy = z.object({ 'mix-assessment': rule })

type AssessmentRule = z.infer<typeof rule>

/** What holds until the council decides its own. */
export const usualRule: AssessmentRule = { fromPupils: 6, needs: ['alone'] }

/** The council's rule out of what is recorded as `mix-assessment`; the usual where nothing is, refused where it is nonsense. */
export function assessmentRuleFrom(recorded: unknown): Result<AssessmentRule, PolicyRefused> {
  if (recorded === undefined) return ok(usualRule)
  const read = policy.safeParse({ 'mix-assessment': recorded })
  return read.success ? ok(read.data['mix-assessment']) : refuse(notRead(read.error))
}

export type AssessmentCause =
  | { cause: 'pupils'; count: number }
  | { cause: (typeof needs)[number]; pupils: readonly PupilId[] }
export type Assessment = { run: string; assessedBy: string; assessedOn: PlainDate; findings: string }
export type ToAssess = {
  run: PlanRun
  causes: readonly AssessmentCause[]
  assessment: Assessment | undefined
}

type Beside = { people: readonly Person[]; leftOut: ReadonlySet<PupilId>; rule: AssessmentRule }

/** The runs of a plan that must be assessed, why, and with the last assessment of each where there is one. */
export function toAssess(
  runs: readonly PlanRun[],
  assessments: readonly Assessment[],
  { people, leftOut, rule: { fromPupils, needs: named } }: Beside,
): ToAssess[] {
  const byPupil = new Map(people.map((person) => [person.pupil, person]))
  return runs.flatMap((run) => {
    const riders = run.riders.map(({ pupil }) => pupil).filter((pupil) => !leftOut.has(pupil))
    const causes: AssessmentCause[] = [
      ...(riders.length >= fromPupils ? [{ cause: 'pupils' as const, count: riders.length }] : []),
      ...named.flatMap((cause) => {
        const pupils = riders.filter((pupil) => hasNeed(byPupil.get(pupil), cause))
        return pupils.length > 0 ? [{ cause, pupils }] : []
      }),
    ]
    const assessment = assessments.find((one) => one.run === run.name)
    return causes.length > 0 ? [{ run, causes, assessment }] : []
  })
}

function hasNeed(person: Person | undefined, cause: (typeof needs)[number]): boolean {
  const need = person?.need
  if (!need) return false
  switch (cause) {
    case 'alone':
      return need.alone
    case 'own-assistant':
      return need.assistant === 'own'
    case 'wheelchair':
      return need.mobility === 'wheelchair'
  }
}
