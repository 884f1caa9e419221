/** A change by hand as its page tells it: what could be done, what it would do, or which rules forbid it. */
import type { PupilId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import { timeInWords, type WallTime } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import type { FieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import type { ListedPlan } from '../found/plan-list-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import type { Change } from './change-store.ts'
import { changeInWords, ruleInWords, wayInWords } from './change-words.view.ts'
import type { EffectOnPupil } from './effect.ts'
import { effectView } from './effect.view.ts'
import { type Broken, type Changed, type ChangeKind, changeKinds } from './hand-change.ts'
import type { Target } from './target-store.ts'

/** What stands for a vehicle that the plan does not have yet. */
export const NEW_VEHICLE = 'new'

export type ChangeShown = {
  scenario: Scenario
  plan: ListedPlan
  number: number
  run: PlanRun
  kind: ChangeKind | undefined
  /** Who is chosen to change vehicle. */
  chosen: readonly PupilId[]
  targets: readonly Target[]
  /** The run to join by its number, or a new vehicle; nothing before one is chosen. */
  to: string
  /** The kinds of vehicle on offer, and the one that is chosen. */
  offers: readonly string[]
  offer: string
  /** Why it cannot be changed by hand, whatever is wanted. */
  cannot: string
  made: Result<Changed, readonly Broken[]> | undefined
  effects: readonly EffectOnPupil[]
  /** By what is seen that nothing else is kept than was shown. */
  seal: string
  names: ReadonlyMap<PupilId, string>
  errors: readonly FieldError[]
  why: string
  /** What somebody did to this plan meanwhile. */
  since: Change | undefined
}

const titles: Record<ChangeKind, string> = {
  move: 'Move a pupil to another run',
  split: 'Split this run',
  merge: 'Merge this run into another',
  reverse: 'Reverse the order of this run',
  vehicle: 'Drive it with a vehicle of another kind',
}
const hints: Record<ChangeKind, string> = {
  move: 'To another run, or to a vehicle of their own.',
  split: 'Some of its pupils go onto a new vehicle of whichever kind costs least.',
  merge: 'All of its pupils go onto another run.',
  reverse: 'Whoever got in last gets in first; or whoever got out first gets out last.',
  vehicle: 'All the vehicle drives, both ways.',
}

/** What plans/by-hand/change.njk shows. */
export function changeView(shown: ChangeShown) {
  const { scenario, plan, number, run, kind, chosen, made, names, since, to, offer } = shown
  const name = (pupil: PupilId) => names.get(pupil) ?? `Pupil ${pupil}`
  const here = paths.runOfPlan(scenario.id, plan.id, number)
  const change = paths.changeRun(here)
  return {
    title: kind ? titles[kind] : 'Change this run by hand',
    caption: `${run.name}, plan ${plan.id}`,
    back: kind ? { text: 'Change this run by hand', href: change } : { text: run.name, href: here },
    kind,
    kinds: changeKinds.map((one) => ({
      text: titles[one],
      hint: hints[one],
      href: withQuery(change, {}, { kind: one }),
    })),
    says: kind && hints[kind],
    cannot: shown.cannot,
    errors: shown.errors,
    why: shown.why,
    since: since && {
      tone: 'stop',
      title: `Plan ${plan.id} has been changed since`,
      says: `${changeInWords(since, name)} Look at what became of it, and make your change there: nothing of either is lost.`,
      href: paths.foundPlan(scenario.id, since.plan),
      link: `Go to plan ${since.plan}`,
    },
    pupils: run.riders.map(({ pupil }) => ({
      value: String(pupil),
      text: name(pupil),
      checked: chosen.includes(pupil),
      selected: chosen.includes(pupil),
    })),
    choices: choicesOf(shown),
    offers: shown.offers.map((one) => ({ value: one, text: one, selected: one === offer })),
    hidden: [
      ...chosen.map((pupil) => ({ name: 'pupil', value: String(pupil) })),
      { name: 'kind', value: kind ?? '' },
      { name: 'to', value: to },
      { name: 'offer', value: offer },
      { name: 'seal', value: shown.seal },
    ].filter(({ value }) => value !== ''),
    refused: made && !made.ok && refusalView(made.refusal, run, name),
    effect: made?.ok && effectView(made.value, shown.effects, name),
  }
}

function choicesOf({ kind, targets, to }: ChangeShown) {
  const runs = targets.map((one) => ({
    value: String(one.number),
    text: `${one.name}: ${one.offer}, ${one.schools}, from ${timeInWords(one.starts as WallTime)}, ${counted(one.pupils, 'pupil')}`,
    selected: String(one.number) === to,
  }))
  if (kind !== 'move') return runs
  return [...runs, { value: NEW_VEHICLE, text: 'A new vehicle', selected: to === NEW_VEHICLE }]
}

const refusalView = (broken: readonly Broken[], run: PlanRun, name: (pupil: PupilId) => string) => ({
  tone: 'stop',
  title: `${run.name} cannot be changed like this`,
  says: `However it is driven ${wayInWords(run.direction)}, ${broken
    .map(({ rule, pupils }) => {
      const who = pupils.length > 0 ? ` (${pupils.map(name).join(', ')})` : ''
      return `${ruleInWords[rule] ?? 'a rule would be broken'}${who}`
    })
    .join('; and ')}.`,
})
