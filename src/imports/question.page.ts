/** One question an import raised: who it is about, the answers there are, and what each does before it is recorded. */
import { previewChange } from '#changeover/store'
import { type PupilId, readId } from '#ground/ids.ts'
import { ok, type Result } from '#ground/result.ts'
import { dayInWords } from '#ground/time.ts'
import { askThenRecord } from '#web/change.ts'
import type { FieldError } from '#web/forms.ts'
import { openedOn, seenAgain } from '#web/meanwhile.ts'
import { type Fields, notFound, type Page, type Reply, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { answerQuestion, childrenLike } from './answer-store.ts'
import { type Answer, type Question, questionKey } from './question.ts'
import {
  answerInWords,
  effectInWords,
  heldInWords,
  pupilInWords,
  questionInWords,
  rowInWords,
  whyNotInWords,
} from './question.view.ts'
import { openQuestions, type PupilInShort, pupilsInShort, pupilsLikePupil } from './question-store.ts'
import { importReaders } from './upload-preview.page.ts'

export const questionPage: Page = {
  path: '/imports/questions/:questionKey',
  allow: importReaders,
  change: ['transport-officer', 'manager'],

  async get(opened) {
    const { visit, seen } = await openedOn(opened)
    const asked = await askedOf(visit)
    return asked ? questionReply(visit, asked, { seen }) : notFound
  },

  async post(sent) {
    const opened = await openedOn(sent)
    const { visit, seen } = opened
    const asked = await askedOf(visit)
    if (!asked) return notFound
    const read = readAnswer(visit.form, asked)
    if (!read.ok) return questionReply(visit, asked, { errors: read.refusal, seen })
    const answer = read.value
    const { question } = asked
    const nameOf = (pupil: number) => asked.pupils.get(pupil as PupilId)?.name ?? `pupil ${pupil}`
    const title = answerInWords(question, answer, nameOf)
    return askThenRecord(visit, {
      title,
      doing: 'record this answer',
      back: paths.importQuestion(questionKey(question)),
      work: (tx) => answerQuestion(tx, question, { answer, seen }),
      told: (effects) => effects.map(effectInWords),
      again: (refusal) =>
        questionReply(visit, asked, { errors: whyNotInWords(refusal), seen: seenAgain(opened, refusal) }),
      done: { to: paths.importQuestions, notice: `Recorded: ${title}.` },
      pupils: [...asked.pupils.keys()],
    })
  },
}

type AskedAbout = {
  question: Question
  /** Who might be the same child. */
  like: readonly PupilId[]
  pupils: ReadonlyMap<PupilId, PupilInShort>
}

async function askedOf({ sql, params, today, person }: Visit): Promise<AskedAbout | undefined> {
  const question = (await openQuestions(sql)).find((one) => questionKey(one) === params['questionKey'])
  if (!question) return undefined
  const author = { by: person.id, reason: 'Looking at a question' }
  const looked =
    question.asks === 'missing'
      ? await pupilsLikePupil(sql, question.pupil)
      : await previewChange(sql, author, async (tx) => ok(await childrenLike(tx, question)))
  const like = 'ok' in looked ? (looked.ok ? looked.value.value : []) : looked
  const pupils = [...like, ...(question.asks === 'missing' ? [question.pupil] : [])]
  const shorts = await pupilsInShort(sql, pupils, today)
  return { question, like, pupils: new Map(shorts.map((one) => [one.pupil, one])) }
}

function readAnswer(form: Fields, { question, like }: AskedAbout): Result<Answer, readonly FieldError[]> {
  const read = reading(form)
  const said = form['answer'] ?? ''
  const as = readId<'Pupil'>(/^same-(\d+)$/.exec(said)?.[1])
  if (as !== undefined && like.includes(as)) return ok({ answer: 'same-child', as })
  if (question.asks === 'held') {
    const answer = read.choice('answer', ['two-children', 'left-out'], 'Choose who this is')
    return read.answer(answer && { answer })
  }
  const answer = read.choice('answer', ['still-here', 'left'], 'Choose where this child is')
  if (answer !== 'left') return read.answer(answer && { answer })
  const lastDay = read.day('last-day', 'the last day')
  return read.answer(lastDay && { answer, lastDay })
}

async function questionReply(
  visit: Visit,
  { question, like, pupils }: AskedAbout,
  { errors = [], seen }: { errors?: readonly FieldError[]; seen: number },
): Promise<Reply> {
  const { form, person } = visit
  const missing = question.asks === 'missing' ? pupils.get(question.pupil) : undefined
  const view = {
    title: questionInWords(question, missing),
    back: paths.importQuestions,
    errors,
    asks: question.asks,
    mayAnswer: person.roles.some((role) => role === 'transport-officer' || role === 'manager'),
    why: form['why'] ?? '',
    answer: form['answer'] ?? '',
    lastDay: form['last-day'] ?? '',
    seen,
    raised: `import ${question.importId}, as of ${dayInWords(question.asOf)}`,
    raisedHref: paths.importRecord(question.importId),
    pupil: missing && {
      name: missing.name,
      href: paths.pupil(missing.pupil),
      says: pupilInWords(missing),
    },
    row: question.asks === 'held' && {
      where: `Line ${question.line} of ${question.from}`,
      says: heldInWords(question),
      cells: rowInWords(question),
    },
    like: like.flatMap((id) => {
      const one = pupils.get(id)
      return one
        ? [{ value: `same-${id}`, text: `The same child as ${one.name}`, hint: { text: pupilInWords(one) } }]
        : []
    }),
  }
  return (errors.length > 0 ? showAgain : show)('imports/question.njk', view, {
    pupils: [...pupils.keys()],
  })
}
