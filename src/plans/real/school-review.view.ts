/** The runs of a plan as one of its schools reads them: its own pupils by name, of others only how many. */
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { daysInWords } from '#ground/pattern.ts'
import { dayInWords, momentInWords, type PlainDate, timeInWords } from '#ground/time.ts'
import type { FieldError } from '#web/forms.ts'
import type { Fields, Lists } from '#web/page.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Reviewed, ReviewStanding } from './review.ts'

export type SchoolReview = {
  school: string
  scenario: string
  beginsOn: PlainDate
  /** Whether no road was asked how long a ride takes. */
  isEstimated: boolean
  reviews: readonly Reviewed[]
  names: ReadonlyMap<PupilId, string>
}

type Typed = { form: Fields; formLists: Lists; errors: readonly FieldError[] }

/** What plans/real/school-review.njk shows. */
export function schoolReviewView(
  { school, scenario, beginsOn, isEstimated, reviews, names }: SchoolReview,
  { form, formLists, errors }: Typed,
) {
  const open = reviews.filter(({ standing }) => standing === 'unanswered').length
  return {
    title: `Runs to ${school}`,
    caption: `${scenario}, from ${dayInWords(beginsOn)}`,
    estimated: isEstimated && 'Times are estimated by a straight line, not measured along roads.',
    errors,
    next:
      open === 0
        ? {
            tone: 'good',
            title: 'You have answered for every run',
            says: 'You may change an answer until the plan is accepted.',
          }
        : {
            tone: 'care',
            title: `${counted(open, 'run')} to answer`,
            says: 'Say of each whether it is suitable for your pupils. A run you reject does not go forward.',
          },
    saidBy: form['said-by'] ?? '',
    runs: reviews.map((one, i) => runView(one, { i, names, form, formLists })),
  }
}

const standings: Record<ReviewStanding, string> = {
  unanswered: 'Not answered yet',
  accepted: 'You agreed',
  rejected: 'You did not agree',
}

type Beside = Pick<SchoolReview, 'names'> & Pick<Typed, 'form' | 'formLists'> & { i: number }

function runView({ run, pupils, said, standing }: Reviewed, { i, names, form, formLists }: Beside) {
  const rejected = said.flatMap(({ pupil, answer }) =>
    pupil !== null && answer === 'rejected' ? [pupil] : [],
  )
  const whole = said.find(({ pupil }) => pupil === null)
  const stood = rejected.length > 0 ? 'some' : whole?.answer
  const ticked = formLists[`pupils-${i}`] ?? rejected.map(String)
  const others = run.riders.length - pupils.length
  const [first, last] = [run.stops[0]?.at, run.stops.at(-1)?.at]
  return {
    i,
    title: `${directionInWords(run.direction)}, ${daysInWords(run.days)}`,
    says: [
      `${run.offer}, ${first && last ? `${timeInWords(first)} to ${timeInWords(last)}` : ''}`,
      run.assistants > 0 ? counted(run.assistants, 'passenger assistant') : 'No shared passenger assistant',
      others > 0 ? `${counted(others, 'pupil')} of other schools aboard` : 'Nobody of another school aboard',
    ].join('. '),
    standing: standings[standing],
    said: said
      .filter(({ answer }) => answer === 'rejected')
      .map(({ pupil, reason, saidBy, at }) => ({
        text: `${pupil === null ? 'The run' : (names.get(pupil) ?? '')}: ${reason ?? ''} (${saidBy}, ${momentInWords(at)})`,
      })),
    answer: form[`answer-${i}`] ?? stood ?? '',
    reason: form[`reason-${i}`] ?? said.find(({ answer }) => answer === 'rejected')?.reason ?? '',
    pupils: pupils.map((pupil) => {
      const rider = run.riders.find((one) => one.pupil === pupil)
      return {
        value: String(pupil),
        text: names.get(pupil) ?? `Pupil ${pupil}`,
        checked: ticked.includes(String(pupil)),
        hint: rider
          ? `${timeInWords(rider.startsAt)} to ${timeInWords(rider.endsAt)}, ${toMinutes(rider.ridden)} minutes`
          : '',
      }
    }),
  }
}
