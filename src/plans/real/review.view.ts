/** What schools say of a plan, as its page tells it: those who have not answered first. */
import type { Role } from '#access'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { dayInWords, momentInWords, type PlainDate } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { mayPlan } from '../roles.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Forward } from './forward-store.ts'
import type { ReviewAnswer, Reviewed } from './review.ts'
import type { Asked } from './review-store.ts'

type Beside = {
  asked: readonly Asked[]
  names: ReadonlyMap<PupilId, string>
  roles: readonly Role[]
  today: PlainDate
}

/** What plans/real/review.njk shows. */
export function reviewView(forward: Forward, { asked, names, roles, today }: Beside) {
  const { scenario, kept, reviews, standing } = forward
  const schools = schoolRows(forward, asked)
  const may = mayPlan({ roles }) && standing === 'found'
  return {
    title: 'What schools say',
    caption: `Plan ${kept.id} of ${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    back: paths.foundPlan(scenario.id, kept.id),
    backText: `Plan ${kept.id}`,
    next: nextOf(schools),
    schools: schoolsTable(schools, {
      today,
      answer: may ? (id) => paths.schoolReview(scenario.id, kept.id, id) : undefined,
    }),
    rejections: rejectionsTable(reviews, { names, schools }),
    ask: may && paths.askSchool(scenario.id, kept.id),
    remind: may && paths.remindSchool(scenario.id, kept.id),
  }
}

export type SchoolRow = {
  school: SchoolId
  name: string
  runs: number
  accepted: number
  rejected: number
  unanswered: number
  asked: Asked | undefined
}

/** How each school stands, whoever has most still to answer first. */
export function schoolRows({ reviews, known }: Forward, asked: readonly Asked[]): SchoolRow[] {
  const bySchool = Map.groupBy(reviews, ({ school }) => school)
  return [...bySchool]
    .map(([school, theirs]) => {
      const count = (standing: Reviewed['standing']) =>
        theirs.filter((one) => one.standing === standing).length
      return {
        school,
        name: known.schools.find((one) => one.school === school)?.name ?? `School ${school}`,
        runs: theirs.length,
        accepted: count('accepted'),
        rejected: count('rejected'),
        unanswered: count('unanswered'),
        asked: asked.find((one) => one.school === school),
      }
    })
    .sort((a, b) => b.unanswered - a.unanswered || b.rejected - a.rejected || (a.name < b.name ? -1 : 1))
}

function nextOf(schools: readonly SchoolRow[]) {
  const silent = schools.filter(({ unanswered }) => unanswered > 0)
  const rejected = schools.reduce((sum, one) => sum + one.rejected, 0)
  const waiting = `${counted(silent.length, 'school')} ${silent.length === 1 ? 'has' : 'have'} not answered for every run`
  if (rejected > 0)
    return {
      tone: 'stop',
      title: `${counted(rejected, 'run')} rejected`,
      says: `${silent.length > 0 ? `${waiting}. ` : ''}A rejected run does not go forward: leave the pupil out, or look for a plan anew.`,
    }
  return silent.length > 0
    ? {
        tone: 'care',
        title: waiting,
        says: 'The plan does not go forward before each has agreed to each of its runs.',
      }
    : {
        tone: 'good',
        title: 'Every school agrees',
        says: 'Each said so of every run that brings its pupils.',
      }
}

type Around = { today: PlainDate; answer: ((school: SchoolId) => string) | undefined }

const schoolsTable = (schools: readonly SchoolRow[], { today, answer }: Around) =>
  tableView<SchoolRow>({
    caption: 'What each school says',
    captionHidden: true,
    columns: [
      {
        heading: 'School',
        cell: ({ school, name }) => ({ text: name, href: answer?.(school) ?? paths.school(school) }),
      },
      { heading: 'Runs', numeric: true, cell: ({ runs }) => ({ text: runs }) },
      { heading: 'Agreed', numeric: true, cell: ({ accepted }) => ({ text: accepted }) },
      { heading: 'Rejected', numeric: true, cell: ({ rejected }) => ({ text: rejected }) },
      { heading: 'No answer', numeric: true, cell: ({ unanswered }) => ({ text: unanswered }) },
      { heading: 'Asked', cell: ({ asked }) => askedCell(asked, today) },
    ],
    rows: schools,
    empty: { title: 'No school', says: 'This plan carries nobody to a school whose place is known.' },
  })

function askedCell(asked: Asked | undefined, today: PlainDate) {
  if (!asked) return { text: 'Not yet' }
  const { askedAt, lastDay, reminders, remindedAt } = asked
  const link =
    lastDay < today
      ? `Its link ran out on ${dayInWords(lastDay)}`
      : `Its link opens until ${dayInWords(lastDay)}`
  const reminded = remindedAt
    ? `, reminded ${counted(reminders, 'time')}, last on ${momentInWords(remindedAt)}`
    : ''
  return { text: momentInWords(askedAt), hint: `${link}${reminded}` }
}

type Rejection = ReviewAnswer & { name: string }

function rejectionsTable(
  reviews: readonly Reviewed[],
  { names, schools }: { names: ReadonlyMap<PupilId, string>; schools: readonly SchoolRow[] },
) {
  const rows = reviews.flatMap(({ said, school }) =>
    said
      .filter(({ answer }) => answer === 'rejected')
      .map((one): Rejection => ({ ...one, name: schools.find((row) => row.school === school)?.name ?? '' })),
  )
  return (
    rows.length > 0 &&
    tableView<Rejection>({
      caption: 'Runs and pupils rejected',
      captionHidden: true,
      columns: [
        { heading: 'Run', cell: ({ run, name }) => ({ text: run, hint: name }) },
        {
          heading: 'Of whom',
          cell: ({ pupil }) =>
            pupil === null
              ? { text: 'The whole run' }
              : { text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) },
        },
        {
          heading: 'Why',
          cell: ({ reason, saidBy, at }) => ({ text: reason ?? '', hint: `${saidBy}, ${momentInWords(at)}` }),
        },
      ],
      rows,
      empty: { title: 'Nothing', says: 'Nothing was rejected.' },
    })
  )
}
