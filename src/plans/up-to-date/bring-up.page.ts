/** Brings a plan up to date with the register: leavers off their runs, joiners put where the planner chooses. */
import { pupilNames } from '#pupils/name-store'
import { askedForm } from '#web/asked-form.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import { type Fields, notFound, type Page, type Reply, redirect, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { changesAbout } from '../by-hand/change-store.ts'
import { notKeptInWords } from '../by-hand/change-words.view.ts'
import { roadsOf } from '../found/run-of-plan.page.ts'
import { forwardIn } from '../real/accept.page.ts'
import type { Forward } from '../real/forward-store.ts'
import { makesPlans } from '../roles.ts'
import { standingOf } from '../scenario/standing-store.ts'
import { reasonInWords } from '../translation/unplaced.view.ts'
import { bringUpForm, fieldOfRide, notBroughtInWords } from './bring-up.view.ts'
import { keepBroughtUp, type ToBringUp, toBringUp } from './bring-up-store.ts'
import { broughtUp, goneFrom } from './brought-up.ts'
import { type Placed, placeAll, type Wish } from './placing.ts'

export const bringUpToDatePage: Page = {
  path: '/plans/:scenarioId/found/:planId/up-to-date',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const found = await wantedIn(visit)
    return found ? await form(visit, found, []) : notFound
  },

  async post(visit) {
    const found = await wantedIn(visit)
    if (!found) return notFound
    const { toBring, placed } = found
    const read = reading(visit.form)
    const why = read.text('why', 'Enter why: it stays on record under your name')
    if (!toBring || !placed?.ok) return await form(visit, found, [])
    const unanswered = placed.value.placings
      .map(({ about }) => fieldOfRide(about))
      .filter((field) => !visit.form[field])
    for (const field of unanswered) read.wrong(field, notBroughtInWords.unanswered)
    const given = read.answer(why)
    if (!given.ok) return await form(visit, found, given.refusal)
    return await kept(visit, found, { toBring, placed: placed.value, why: given.value })
  },
}

type Wanted = NonNullable<Awaited<ReturnType<typeof wantedIn>>>

async function wantedIn(visit: Visit) {
  const found = await forwardIn(visit)
  if (!found || found.forward.standing === 'real') return undefined
  const { kept, scenario } = found.forward
  const [standing, roads] = await Promise.all([
    standingOf(visit.sql, scenario.id, visit.now),
    roadsOf(visit, kept.times),
  ])
  if (!standing) return undefined
  const unsettled = keptApartSince(found.forward)
  const toBring = roads && (await toBringUp(visit.sql, roads, { kept, standing, unsettled }))
  const placed = toBring && placeAll(placeableOf(toBring), wishesIn(visit.form, toBring))
  return { ...found, standing, toBring, placed }
}

/** Whoever is newly kept apart from somebody is placed again, though their ride is the same. */
const keptApartSince = ({ inTheWay }: Forward) =>
  new Set(
    inTheWay
      .flatMap((one) => (one.because === 'register-differs' ? one.differences : []))
      .filter(({ kinds }) => kinds.includes('kept-apart'))
      .map(({ pupil }) => pupil),
  )

const placeableOf = ({ asked, part, numbers, carried }: ToBringUp) => ({
  asked,
  part,
  numbers,
  toPlace: carried.toPlace,
  nextNumber: carried.vehicles.length,
})

const wishesIn = (typed: Fields, { carried, frozen }: ToBringUp): ReadonlyMap<number, Wish> =>
  new Map(
    carried.toPlace.flatMap((ride) => {
      const about = frozen.question.rides[ride]
      const wish = about && typed[fieldOfRide(about)]
      return wish ? [[ride, wish] as const] : []
    }),
  )

async function form(visit: Visit, wanted: Wanted, errors: readonly FieldError[]): Promise<Reply> {
  const { sql, today, now } = visit
  const { forward, toBring, placed } = wanted
  const { kept, scenario } = forward
  // The places that are to be had are shown as they would be if nothing were wished.
  const shown = toBring && (placed?.ok ? placed : placeAll(placeableOf(toBring), new Map()))
  const { since } = await changesAbout(sql, kept.id)
  const rides = toBring?.frozen.question.rides ?? []
  const about = [...kept.plan.journeys, ...rides].map(({ pupil }) => pupil)
  const pupils = [...new Set([...about, ...(since?.pupils ?? [])])]
  const names = await pupilNames(sql, pupils, { on: today, knownAt: now })
  return askedForm(visit, {
    title: `Bring plan ${kept.id} up to date`,
    ...bringUpForm({ plan: kept.plan, toBring, placed: shown, names, since }),
    back: paths.acceptPlan(scenario.id, kept.id),
    doing: 'Keep it as another plan',
    errors: [...errors, ...notToBeHad(wanted)],
    pupils,
  })
}

function notToBeHad({ toBring, placed }: Wanted): FieldError[] {
  if (!placed || placed.ok || placed.refusal.because !== 'taken') return []
  const about = toBring?.frozen.question.rides[placed.refusal.ride]
  return about ? [fieldError(fieldOfRide(about), notBroughtInWords.taken)] : []
}

type Keeping = { toBring: ToBringUp; placed: Placed; why: string }

async function kept(visit: Visit, wanted: Wanted, { toBring, placed, why }: Keeping): Promise<Reply> {
  const { sql, person, request } = visit
  const { forward, standing } = wanted
  const { scenario, kept: from } = forward
  const { frozen, carried } = toBring
  const given = placed.placings.map(({ about }) => about.pupil)
  const done = await keepBroughtUp(sql, {
    standing,
    from,
    frozen,
    becomes: broughtUp({ ...toBring, plan: from.plan, placed, inWords: reasonInWords }),
    pupils: [...new Set([...goneFrom(from.plan, carried, frozen.question), ...given])],
    numbers: placed.numbers,
    author: { by: person.id, request, reason: why },
  })
  if (!done.ok) return await form(visit, wanted, [fieldError('why', notKeptInWords(from.id, done.refusal))])
  return redirect(
    paths.acceptPlan(scenario.id, done.value),
    `Plan ${done.value} is kept. Plan ${from.id} stays as it was.`,
  )
}
