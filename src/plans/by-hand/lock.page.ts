/** A run of a plan locked as it is, or unlocked again. */
import { readId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import type { Author } from '#knowledge/store'
import { askedForm } from '#web/asked-form.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { planIn } from '../found/found-plan.page.ts'
import { runOfPlan } from '../found/plan-list-store.ts'
import { makesPlans } from '../roles.ts'
import { lockedInWords } from './change-words.view.ts'
import { lockOver } from './lock.ts'
import { lockRun, locksOn, unlockRun } from './lock-store.ts'

export const lockRunPage: Page = {
  path: '/plans/:scenarioId/found/:planId/runs/:runNumber/lock',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const wanted = await wantedIn(visit)
    return wanted ? lockForm(visit, wanted, []) : notFound
  },

  async post(visit) {
    const wanted = await wantedIn(visit)
    if (!wanted) return notFound
    const { plan, run, here } = wanted
    const author = authorIn(visit)
    if (!author.ok) return lockForm(visit, wanted, author.refusal)
    const { vehicle, direction } = run
    const locked = await lockRun(visit.sql, { plan: plan.id, vehicle, direction }, author.value)
    if (!locked.ok) return lockForm(visit, wanted, [fieldError('why', lockedInWords(locked.refusal))])
    return redirect(here, `${run.name} is locked: it stays as it is until somebody unlocks it.`)
  },
}

export const unlockRunPage: Page = {
  path: '/plans/:scenarioId/found/:planId/runs/:runNumber/unlock',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const wanted = await wantedIn(visit)
    return wanted ? unlockForm(visit, wanted, []) : notFound
  },

  async post(visit) {
    const wanted = await wantedIn(visit)
    if (!wanted) return notFound
    const author = authorIn(visit)
    if (!author.ok) return unlockForm(visit, wanted, author.refusal)
    if (wanted.lock) await unlockRun(visit.sql, wanted.lock, author.value)
    return redirect(wanted.here, `${wanted.run.name} is not locked any more.`)
  },
}

function authorIn({ form, person, request }: Visit): Result<Author, readonly FieldError[]> {
  const read = reading(form)
  const why = read.answer(read.text('why', 'Enter why: it stays on record under your name'))
  return why.ok ? ok({ by: person.id, request, reason: why.value }) : why
}

type Wanted = NonNullable<Awaited<ReturnType<typeof wantedIn>>>

async function wantedIn(visit: Visit) {
  const [found, number] = [await planIn(visit), readId<'PlanRun'>(visit.params['runNumber'])]
  const run = found && number && (await runOfPlan(visit.sql, found.plan.id, number))
  if (!found || !number || !run) return undefined
  const locks = await locksOn(visit.sql, found.plan.id)
  const lock = lockOver(locks, { vehicles: [run.vehicle], direction: run.direction })
  return { ...found, run, lock, here: paths.runOfPlan(found.scenario.id, found.plan.id, number) }
}

type Errors = readonly FieldError[]

const lockForm = (visit: Visit, { run, here }: Wanted, errors: Errors): Reply =>
  askedForm(visit, {
    title: `Lock ${run.name}`,
    says: [
      'It then stays as it is: nobody can change it by hand, and a search on from here or of the scenario leaves the whole vehicle alone, until somebody unlocks it.',
    ],
    back: here,
    doing: 'Lock it',
    errors,
    questions,
  })

const unlockForm = (visit: Visit, { run, lock, here }: Wanted, errors: Errors): Reply =>
  askedForm(visit, {
    title: `Unlock ${run.name}`,
    says: lock
      ? [lockedInWords(lock), 'Once it is unlocked, it can be changed by hand and by every search.']
      : ['It is not locked.'],
    back: here,
    doing: 'Unlock it',
    errors,
    questions,
  })

const questions = [
  { ask: 'text', name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
] as const
