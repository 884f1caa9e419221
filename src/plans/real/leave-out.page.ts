/** Leaves pupils out of a plan of whom the register says something else by now: each is arranged by hand, and counted. */
import { type PupilId, readId } from '#ground/ids.ts'
import { present } from '#ground/present.ts'
import { askedForm } from '#web/asked-form.ts'
import type { FieldError } from '#web/forms.ts'
import type { Reply, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans } from '../roles.ts'
import { counted } from '../scenario/scenario.view.ts'
import { choose } from '../scenario/scenario-store.ts'
import type { Difference } from './difference.ts'
import type { Forward } from './forward-store.ts'
import { differenceInWords } from './going-forward.view.ts'
import { planFormPage } from './plan-form.page.ts'

export const leaveOutPage = planFormPage<{ pupils: readonly PupilId[]; reason: string }>({
  path: 'leave-out',
  roles: makesPlans,
  form,

  read(visit, forward) {
    const offered = new Set(differencesIn(forward).map(({ pupil }) => pupil))
    const pupils = (visit.formLists['pupils'] ?? [])
      .map((one) => readId<'Pupil'>(one))
      .filter(present)
      .filter((one) => offered.has(one))
    const read = reading(visit.form)
    if (pupils.length === 0) read.wrong('pupils', 'Select who is left out')
    const reason = read.text('why', 'Enter why: it stays on record under your name')
    return read.answer(reason && { pupils, reason })
  },

  async record(visit, { scenario, plan }, answer) {
    await leaveOut(visit, scenario, answer)
    return {
      to: paths.acceptPlan(scenario, plan),
      notice: `${counted(answer.pupils.length, 'pupil')} left out: their travel is arranged by hand.`,
    }
  },
})

async function leaveOut(
  { sql, person, request }: Visit,
  scenario: number,
  { pupils, reason }: { pupils: readonly PupilId[]; reason: string },
): Promise<void> {
  const author = { by: person.id, request, reason }
  for (const pupil of pupils) await choose(sql, { scenario, pupil, choice: 'left-out', author })
}

const differencesIn = ({ inTheWay }: Forward): readonly Difference[] =>
  inTheWay.flatMap((one) => (one.because === 'register-differs' ? one.differences : []))

function form(visit: Visit, forward: Forward, errors: readonly FieldError[]): Reply {
  const { scenario, kept } = forward
  const differences = differencesIn(forward)
  return askedForm(visit, {
    title: 'Who is left out of this plan?',
    says: [
      'Nobody calls for them, and nothing about their travel is written when the plan becomes real: what they have today stays. To plan for them instead, look for a plan anew.',
    ],
    back: paths.acceptPlan(scenario.id, kept.id),
    doing: 'Leave them out',
    errors,
    pupils: differences.map(({ pupil }) => pupil),
    questions: [
      {
        ask: 'several',
        name: 'pupils',
        label: 'Pupils',
        options: differences.map((one) => ({
          value: String(one.pupil),
          text: one.name || `Pupil ${one.pupil}`,
          hint: differenceInWords(one),
        })),
      },
      { ask: 'lines', rows: 2, name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
    ],
  })
}
