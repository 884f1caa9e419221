/** The shape of `firstbell sitrep --json`, kept stable for the programs that read it: docs/how-to/sitrep-json.md. */
import { z } from 'zod'
import { rungs, travelStates, withoutTransport } from '#travel-arrangements'

const count = z.int().nonnegative()
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const moment = z.string().regex(/^\d{4}-\d{2}-\d{2}T.*Z$/)
const pupil = z.int().positive()
const state = z.enum(travelStates.map((one) => one.state))
const lacking = z.enum(withoutTransport)
const rung = z.enum(['allocated', ...rungs.map((one) => one.rung)])

const figures = z.strictObject({
  states: z.record(state, count),
  withoutTransport: count,
  withoutTransportParts: z.record(lacking, count),
  atRisk: count,
  confirmed: count,
})
const pupilFigures = figures.extend({ pupils: count })
const row = pupilFigures.extend({
  id: z.union([z.int(), z.string()]).nullable(),
  name: z.string().nullable(),
})
const cohort = z.strictObject({
  name: z.string(),
  frozenOn: day,
  frozen: count,
  left: count,
  members: pupilFigures,
  joiners: pupilFigures,
})

/** The whole report. Pupils are numbers; `names`, beside a report that is not published, says what they are called. */
export const sitrepJson = z.strictObject({
  on: day,
  knownAt: moment,
  revision: count,
  definitions: z.string(),
  population: count,
  all: pupilFigures,
  directions: z.strictObject({ 'to-school': figures, 'from-school': figures }),
  funnel: z.strictObject({
    mustTravel: count,
    withoutSeat: count,
    needSeat: count,
    rungs: z.array(z.strictObject({ rung, reached: count, missing: count })),
  }),
  contacts: z.strictObject({
    pupils: count,
    unverified: count,
    withinMonths: count,
    targetPercent: z.number(),
  }),
  contracts: z.strictObject({
    pupilsToPlace: count,
    pupilsPlaced: count,
    needed: count,
    awarded: count,
    signed: count,
  }),
  cohort: cohort.nullable(),
  reconciliation: z.strictObject({
    since: z.strictObject({ on: day, knownAt: moment }),
    opening: count,
    joiners: z.array(pupil),
    lost: z.array(pupil),
    placed: z.array(pupil),
    leavers: z.array(pupil),
    closing: count,
  }),
  breakdowns: z.strictObject({
    school: z.array(row),
    area: z.array(row),
    operator: z.array(row),
    contract: z.array(row),
    cohort: z.array(cohort),
  }),
  missed: z.strictObject({
    from: day,
    schoolDays: count,
    pupilDays: count,
    pupils: count,
    most: z.array(z.strictObject({ pupil, days: count })),
  }),
  waiting: z.strictObject({
    oldest: z.strictObject({ since: day, days: count, pupils: z.array(pupil) }).nullable(),
    escalations: z.array(z.strictObject({ days: count, to: z.string(), pupils: z.array(pupil) })),
  }),
  accepted: z.strictObject({ acceptances: count, pupils: count, firstLapses: day.nullable() }).optional(),
  names: z.record(z.string(), z.string()).optional(),
})
