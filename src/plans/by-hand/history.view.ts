/** The history of a plan as its page tells it. */
import type { PupilId } from '#ground/ids.ts'
import { momentInWords } from '#ground/time.ts'
import type { FieldError } from '#web/forms.ts'
import { paths } from '#web/paths.ts'
import type { ListedPlan } from '../found/plan-list-store.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Change } from './change-store.ts'
import { changeInWords, doneInWords } from './change-words.view.ts'
import { changeToTakeBack } from './history.ts'

type Shown = {
  scenario: Scenario
  plan: ListedPlan
  /** The latest first. */
  history: readonly Change[]
  names: ReadonlyMap<PupilId, string>
  errors: readonly FieldError[]
  mayPlan: boolean
}

/** What plans/by-hand/history.njk shows. */
export function historyView({ scenario, plan, history, names, errors, mayPlan }: Shown) {
  const name = (pupil: PupilId) => names.get(pupil) ?? `Pupil ${pupil}`
  const since = history.find(({ changedFrom }) => changedFrom === plan.id)
  const last = changeToTakeBack(history, plan.id)
  return {
    title: 'Changes by hand',
    caption: `Plan ${plan.id}, ${scenario.name}`,
    back: { text: `Plan ${plan.id}`, href: paths.foundPlan(scenario.id, plan.id) },
    errors,
    since: since && {
      tone: 'care',
      title: `Plan ${since.plan} was made of it`,
      says: changeInWords(since, name),
      href: paths.planHistory(scenario.id, since.plan),
      link: `Go to the changes of plan ${since.plan}`,
    },
    items: history.map((change) => ({
      title: `Plan ${change.plan}: ${change.by} ${doneInWords(change, name)}`,
      when: momentInWords(change.at),
      by: change.by,
      text: [`“${change.why}”`, othersInWords(change)].filter(Boolean).join(' '),
      href: paths.foundPlan(scenario.id, change.plan),
      tone: change.plan === plan.id ? 'good' : 'plain',
    })),
    takesBack:
      mayPlan &&
      !since &&
      last &&
      `Whoever takes it back makes another plan, as plan ${last.changedFrom} was: ${last.by} ${doneInWords(last, name)}, and that is no longer so. Nothing is erased.`,
  }
}

const othersInWords = ({ others }: Change): string =>
  others ? `${counted(others, 'other pupil')} had another day by it.` : ''
