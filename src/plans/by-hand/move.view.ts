/** A move by hand in words: where to, what it does to everybody aboard, what it costs, or which rules forbid it. */
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { inPounds, pence } from '#ground/money.ts'
import type { Result } from '#ground/result.ts'
import { momentInWords, timeInWords, type WallTime } from '#ground/time.ts'
import type { Rule } from '#optimiser'
import type { FieldError } from '#web/forms.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { ListedPlan } from '../found/plan-list-store.ts'
import { longerInWords } from '../place/place.view.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import type { Change, Target } from './change-store.ts'
import { type EffectOnPupil, effectsOf, type Moved } from './move.ts'

export type MoveShown = {
  scenario: Scenario
  plan: ListedPlan
  number: number
  run: PlanRun
  rider: PlanRun['riders'][number]
  targets: readonly Target[]
  to: Target | undefined
  /** Whether the roads and the question of the plan are there to ask. */
  mayMove: boolean
  moved: Result<Moved, readonly Rule[]> | undefined
  /** The number of the ride that moves, among those moved between. */
  ride: number
  names: ReadonlyMap<PupilId, string>
  errors: readonly FieldError[]
  /** What somebody did to this plan meanwhile. */
  changed: Change | undefined
}

/** What plans/by-hand/move.njk shows. */
export function moveView(shown: MoveShown) {
  const { scenario, plan, number, run, rider, targets, to, moved, names, changed, mayMove, errors } = shown
  const name = (pupil: PupilId) => names.get(pupil) ?? `Pupil ${pupil}`
  return {
    title: `Move ${name(rider.pupil)} to another run`,
    caption: `${run.name}, plan ${plan.id}`,
    back: paths.runOfPlan(scenario.id, plan.id, number),
    errors,
    changed: changed && {
      tone: 'stop',
      title: `Plan ${plan.id} has been changed since`,
      says: `${changeInWords(changed, name(changed.pupil))} Look at what became of it, and make your change there: nothing of either is lost.`,
      href: paths.foundPlan(scenario.id, changed.plan),
      link: `Go to plan ${changed.plan}`,
    },
    cannot: mayMove
      ? ''
      : 'The roads this plan was found by are not in use any more, or what was asked was not kept. Look for a plan again to change it by hand.',
    choices: targets.map((one) => ({
      value: String(one.number),
      text: `${one.name}: ${one.offer}, from ${timeInWords(one.starts as WallTime)}, ${counted(one.pupils, 'pupil')}`,
      selected: one.number === to?.number,
    })),
    to: to ? String(to.number) : '',
    refused: moved &&
      !moved.ok && {
        tone: 'stop',
        title: `${to?.name} has no place for ${name(rider.pupil)}`,
        says: `Wherever they got in, ${moved.refusal.map((rule) => ruleInWords[rule] ?? 'a rule would be broken').join('; and ')}.`,
      },
    effect: moved?.ok && effectView(moved.value, { ride: shown.ride, name, to: to?.name ?? '' }),
  }
}

/** `Helen Marsh moved Amara Osei from V1 to V3 on …: why.` */
export const changeInWords = ({ by, from, to, at, why, direction }: Change, pupil: string): string =>
  `${by} moved ${pupil} from V${from + 1} to V${to + 1} ${direction === 1 ? 'to school' : 'from school'} on ${momentInWords(at)}: “${why}”.`

type Telling = { ride: number; name: (pupil: PupilId) => string; to: string }

function effectView(moved: Moved, { ride, name, to }: Telling) {
  const [money, weighed] = (['money', 'weighed'] as const).map(
    (of) => moved.after.cost[of] - moved.before.cost[of],
  )
  const effects = effectsOf(moved, ride)
  const others = effects.slice(1).filter(isTouched)
  return {
    title: `What moving to ${to} does`,
    figures: [
      { text: signed(money ?? 0), label: 'a day', note: `${signed(weighed ?? 0)} with what hardship counts` },
      {
        count: others.length,
        label: others.length === 1 ? 'other pupil has another day' : 'other pupils have another day',
      },
      { text: 'Kept', label: 'every rule', note: 'Refereed anew', tone: 'good' },
    ],
    table: tableView<EffectOnPupil>({
      caption: 'Everybody aboard either run',
      columns: [
        { heading: 'Pupil', cell: ({ pupil }) => ({ text: name(pupil), href: paths.pupil(pupil) }) },
        {
          heading: 'Run',
          cell: ({ before, after }) => ({
            text: before.name === after.name ? after.name : `${before.name} becomes ${after.name}`,
          }),
        },
        {
          heading: 'In and out',
          cell: ({ before, after }) => ({
            text: spanOf(after),
            hint: spanOf(before) === spanOf(after) ? 'as before' : `was ${spanOf(before)}`,
          }),
        },
        {
          heading: 'Minutes',
          numeric: true,
          cell: ({ before, after }) => ({
            text: toMinutes(after.ridden),
            hint: longer(toMinutes(after.ridden) - toMinutes(before.ridden)),
          }),
        },
        {
          heading: 'Shares with',
          cell: ({ before, after }) => ({
            text: after.sharesWith.map(name).join(', ') || 'Nobody',
            hint: newlyWith(before.sharesWith, after.sharesWith, name),
          }),
        },
      ],
      rows: effects,
      empty: { title: 'Nobody is aboard', says: '' },
    }),
  }
}

const isTouched = ({ before, after }: EffectOnPupil): boolean => spanOf(before) !== spanOf(after)
const spanOf = ({ startsAt, endsAt }: EffectOnPupil['after']): string =>
  `${timeInWords(startsAt)} to ${timeInWords(endsAt)}`
const signed = (change: number): string =>
  `${change > 0 ? '+' : change < 0 ? '−' : ''}${inPounds(pence(Math.abs(change)))}`
const longer = (minutes: number): string => (minutes === 0 ? 'as before' : longerInWords(minutes))

function newlyWith(
  was: readonly PupilId[],
  is: readonly PupilId[],
  name: (pupil: PupilId) => string,
): string {
  const fresh = is.filter((pupil) => !was.includes(pupil))
  return fresh.length > 0 ? `newly with ${fresh.map(name).join(', ')}` : ''
}

/** What a place would break, as the end of a sentence. Rules that no place can break are not here. */
const ruleInWords: Partial<Record<Rule, string>> = {
  'no-layout-has-the-room': 'there are not enough seats or wheelchair places',
  'too-many-others-aboard': 'somebody would have more company than they may',
  'kept-apart': 'two pupils who are kept apart would be aboard together',
  'another-school-aboard': 'pupils of two schools would share, which this scenario does not allow',
  'no-way': 'no road leads there',
  'window-missed': 'somebody would be late for the bell, or at school too early',
  'ride-too-long': 'somebody would ride longer than they may',
  'shift-too-long': 'the run would be longer than a run may be',
  'times-cannot-all-be-kept': 'not every time could be kept',
}
