/**
 * A school says of each run of a plan whether it suits its pupils: by a link of its own, without signing in; or an
 * officer writes down what the school told them. Either sees that school's pupils and nobody else's.
 */
import { recordLook } from '#access/look-store'
import { type PupilId, readId, type SchoolId } from '#ground/ids.ts'
import type { Result } from '#ground/result.ts'
import { FIRSTBELL, revisionKnownAt } from '#knowledge/store'
import { pupilNames } from '#pupils/name-store'
import type { FieldError } from '#web/forms.ts'
import {
  notFound,
  type OpenPage,
  type OpenVisit,
  type Page,
  type Reply,
  redirect,
  show,
  showAgain,
} from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { makesPlans } from '../roles.ts'
import { type Forward, forwardOf } from './forward-store.ts'
import type { Reviewed } from './review.ts'
import { linkOf, type ReviewLink, recordAnswers, type Said } from './review-store.ts'
import { type SchoolReview, schoolReviewView } from './school-review.view.ts'

type Visited = Pick<OpenVisit, 'sql' | 'today' | 'now' | 'form' | 'formLists'>
type Which = { scenario: number; plan: number; school: SchoolId }

export const reviewLinkPage: OpenPage = {
  path: '/reviews/:reviewToken',
  allow: 'anyone',

  async get(visit) {
    const opened = await openedBy(visit)
    return opened ? await lookedAt(visit, opened.review, []) : notFound
  },

  async post(visit) {
    const opened = await openedBy(visit)
    if (!opened) return notFound
    const { link, review } = opened
    const given = readAnswers(visit, review.reviews)
    if (!given.ok) return await lookedAt(visit, review, given.refusal)
    const author = {
      by: FIRSTBELL,
      request: visit.request,
      reason: `${review.school} answered by its link: ${given.value.saidBy}`,
    }
    const { plan, school } = link
    await recordAnswers(visit.sql, { plan, school, link: link.link, ...given.value, author })
    return redirect(visit.path, 'Thank you. Your answers are recorded.')
  },
}

async function openedBy(visit: OpenVisit): Promise<{ link: ReviewLink; review: SchoolReview } | undefined> {
  const { sql, params, today } = visit
  const link = await linkOf(sql, { token: params['reviewToken'] ?? '', today })
  const review = link && (await reviewOf(visit, link))
  return review && { link, review }
}

/** Nobody signed in, so it is the link that is on record as having looked. Its address, which opens it, is not. */
async function lookedAt(
  visit: OpenVisit,
  review: SchoolReview,
  errors: readonly FieldError[],
): Promise<Reply> {
  const page = `the review link of ${review.school}`
  const pupils = review.reviews.flatMap((one) => one.pupils)
  if (pupils.length > 0) await recordLook(visit.sql, { person: FIRSTBELL, page, pupils, now: visit.now })
  return answerForm(visit, review, { errors, pupils: [] })
}

export const schoolReviewPage: Page = {
  path: '/plans/:scenarioId/found/:planId/review/:schoolId',
  allow: makesPlans,
  change: makesPlans,

  async get(visit) {
    const which = readWhich(visit.params)
    const review = which && (await reviewOf(visit, which))
    return review ? answerForm(visit, review, { errors: [], pupils: pupilsOf(review) }) : notFound
  },

  async post(visit) {
    const which = readWhich(visit.params)
    const review = which && (await reviewOf(visit, which))
    if (!which || !review) return notFound
    const given = readAnswers(visit, review.reviews)
    if (!given.ok) return answerForm(visit, review, { errors: given.refusal, pupils: pupilsOf(review) })
    const reason = `${given.value.saidBy} told us what ${review.school} says`
    const author = { by: visit.person.id, request: visit.request, reason }
    await recordAnswers(visit.sql, { ...which, link: null, ...given.value, author })
    return redirect(paths.reviewOfPlan(which.scenario, which.plan), `Recorded what ${review.school} says.`)
  },
}

function readWhich(params: OpenVisit['params']): Which | undefined {
  const [scenario, plan] = [readId(params['scenarioId']), readId(params['planId'])]
  const school = readId<'School'>(params['schoolId'])
  return scenario && plan && school ? { scenario, plan, school } : undefined
}

async function reviewOf({ sql, today, now }: Visited, which: Which): Promise<SchoolReview | undefined> {
  const revision = await revisionKnownAt(sql, now)
  const forward = await forwardOf(sql, which, { today, revision })
  const name = forward?.known.schools.find(({ school }) => school === which.school)?.name
  if (!forward || name === undefined || forward.standing !== 'found') return undefined
  const reviews = theirs(forward, which.school)
  const pupils = reviews.flatMap((one) => one.pupils)
  return {
    school: name,
    scenario: forward.scenario.name,
    beginsOn: forward.scenario.beginsOn,
    isEstimated: forward.kept.times.startsWith('crow-fly'),
    reviews,
    names: await pupilNames(sql, pupils, { on: today, knownAt: now }),
  }
}

const theirs = ({ reviews }: Forward, school: SchoolId) => reviews.filter((one) => one.school === school)
const pupilsOf = ({ reviews }: SchoolReview) => reviews.flatMap(({ pupils }) => pupils)

function answerForm(
  { form, formLists }: Visited,
  review: SchoolReview,
  { errors, pupils }: { errors: readonly FieldError[]; pupils: readonly PupilId[] },
): Reply {
  const view = schoolReviewView(review, { form, formLists, errors })
  return (errors.length > 0 ? showAgain : show)('plans/real/school-review.njk', view, { pupils })
}

type Answers = { saidBy: string; said: readonly Said[] }

/** What was ticked, run by run; a run of which nothing is ticked stays as it was. */
function readAnswers(
  { form, formLists }: Visited,
  reviews: readonly Reviewed[],
): Result<Answers, readonly FieldError[]> {
  const read = reading(form)
  const said = reviews.flatMap((one, i): Said[] => {
    const answer = form[`answer-${i}`]
    if (!answer) return []
    const named = (formLists[`pupils-${i}`] ?? []).map(Number)
    const not = answer === 'some' ? one.pupils.filter((pupil) => named.includes(pupil)) : []
    if (answer === 'some' && not.length === 0) read.wrong(`pupils-${i}`, 'Select for whom it is not suitable')
    const reason =
      answer === 'accepted' ? null : (read.text(`reason-${i}`, 'Enter why it is not suitable') ?? null)
    return sayingOf(one, { isRejected: answer === 'rejected', not, reason })
  })
  const saidBy = read.text('said-by', 'Enter your name and what you do at the school')
  if (said.length === 0) read.wrong('answer-0', 'Answer for at least one run')
  return read.answer(saidBy && { saidBy, said })
}

type Saying = { isRejected: boolean; not: readonly PupilId[]; reason: string | null }

/** The words on the run, on whom it does not suit, and on whom it does by now. */
function sayingOf({ run, said }: Reviewed, { isRejected, not, reason }: Saying): Said[] {
  const were = said.flatMap(({ pupil, answer }) => (pupil !== null && answer === 'rejected' ? [pupil] : []))
  const accepted = { run: run.name, answer: 'accepted' as const, reason: null }
  const rejected = { run: run.name, answer: 'rejected' as const, reason }
  return [
    { ...(isRejected ? rejected : accepted), pupil: null },
    ...not.map((pupil) => ({ ...rejected, pupil })),
    ...were.filter((pupil) => !not.includes(pupil)).map((pupil) => ({ ...accepted, pupil })),
  ]
}
