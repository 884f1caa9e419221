/** What a visitor wants done to a run by hand, with what it would do as soon as that is said. */
import { createHash } from 'node:crypto'
import { readId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import type { TravelTimes } from '#roads'
import type { FieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { planIn } from '../found/found-plan.page.ts'
import { vehiclesOfPlan } from '../found/part-store.ts'
import { runOfPlan } from '../found/plan-list-store.ts'
import { roadsOf } from '../found/run-of-plan.page.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import { type AskedChange, askedChange, type Decided, decided } from './asked-change.page.ts'
import { freshVehicle } from './change-store.ts'
import { lockedInWords } from './change-words.view.ts'
import { changingIn } from './changing-store.ts'
import { type EffectOnPupil, effectsOf } from './effect.ts'
import { type Broken, type Changed, changeOf } from './hand-change.ts'
import { type Lock, lockOver, type Touched } from './lock.ts'
import { locksOn } from './lock-store.ts'
import { runsBeside } from './target-store.ts'

export type Wanted = NonNullable<Awaited<ReturnType<typeof wantedChange>>>

/** Which run is to be changed, what there is to choose from, and what the change does; nothing where there is no such run. */
export async function wantedChange(visit: Visit) {
  const { sql, params } = visit
  const [found, number] = [await planIn(visit), readId<'PlanRun'>(params['runNumber'])]
  const run = found && number && (await runOfPlan(sql, found.plan.id, number))
  if (!found || !number || !run) return undefined
  const plan = found.plan.id
  const asked = askedChange(visit)
  const { mixesSchools } = found.scenario.terms
  const [targets, fresh, there, roads, locks] = await Promise.all([
    runsBeside(sql, plan, { number, mixesSchools, wanted: Number(asked.to) || 0 }),
    freshVehicle(sql, plan),
    vehiclesOfPlan(sql, plan, []),
    roadsOf(visit, found.plan.times),
    locksOn(sql, plan),
  ])
  const offers = namesOf(there).filter((name) => name !== run.offer)
  const what = decided(asked, { run, targets, offers, fresh })
  const about = { ...found, ...asked, number, run, targets, offers }
  if (!roads || !there) return { ...about, ...nothingYet, cannot: NO_LONGER }
  const touched = touchedBy({ kind: asked.kind, run }, 'doing' in what ? what : undefined)
  const lock = lockOver(locks, touched)
  if (lock) return { ...about, ...nothingYet, cannot: lockedFirst(lock) }
  if (!('doing' in what)) return { ...about, ...nothingYet, wrong: what }
  return { ...about, ...nothingYet, ...(await previewOf(visit, { plan, roads, what })) }
}

type OfRun = { kind: AskedChange['kind']; run: PlanRun }

/** What a change touches: both vehicles it names, or before it names any, the run itself. */
export const touchedBy = ({ kind, run }: OfRun, what: Decided | undefined): Touched => ({
  vehicles: what?.numbers ?? [run.vehicle],
  direction: kind === 'vehicle' ? null : run.direction,
})

/** Why a lock leaves nothing to change, and what to do. */
export const lockedFirst = (lock: Lock): string =>
  `${lockedInWords(lock)} Unlock it on the page of that run before you change it.`

const NO_LONGER =
  'The roads this plan was found by are not in use any more, or what was asked was not kept. Look for a plan again to change it by hand.'

type There = Awaited<ReturnType<typeof vehiclesOfPlan>>
const namesOf = (there: There) => (there?.frozen.question.policy.vehicles ?? []).map(({ name }) => name)

type Preview = {
  cannot: string
  wrong: readonly FieldError[]
  what: Decided | undefined
  changing: Awaited<ReturnType<typeof changingIn>>
  made: Result<Changed, readonly Broken[]> | undefined
  effects: readonly EffectOnPupil[]
  /** The same for the same change with the same effect, and for no other. */
  seal: string
}

const nothingYet: Preview = {
  cannot: '',
  wrong: [],
  what: undefined,
  changing: undefined,
  made: undefined,
  effects: [],
  seal: '',
}

async function previewOf(
  { sql }: Visit,
  { plan, roads, what }: { plan: number; roads: TravelTimes; what: Decided },
): Promise<Partial<Preview>> {
  const changing = await changingIn(sql, roads, { plan, ...what })
  if (!changing) return { cannot: NO_LONGER }
  const made = changeOf(changing)
  if (!made.ok) return { what, changing, made }
  const effects = effectsOf(made.value, changing.doing, changing.part.rides)
  return { what, changing, made, effects, seal: sealOf(made.value) }
}

const sealOf = ({ vehicles, before, after }: Changed): string =>
  createHash('sha256').update(JSON.stringify({ vehicles, before, after })).digest('hex').slice(0, 16)
