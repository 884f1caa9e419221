/** Takes a transport information form, or refuses it at source and keeps that it was sent. */
import { recordChange } from '#changeover/store'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { type TravelNeedForm, travelNeedForm } from '#pupils'
import { receiveNeedForm } from '#pupils/need-store'
import type { Fields } from '#web/page.ts'
import { type Reading, reading } from '#web/reading.ts'
import { effectsInWords, refusalInWords } from './pupil-change.view.ts'
import { changePupil } from './pupil-change-store.ts'
import { pupilFormPage } from './pupil-form.page.ts'

const fields = [
  'from',
  'sent-by',
  'seats',
  'mobility',
  'wheelchairTravel',
  'wheelchairMake',
  'wheelchairModel',
  'restraint',
  'assistant',
  'assistantFor',
  'singleOccupancy',
  'singleOccupancyReason',
  'singleOccupancyReviewOn',
  'longestRideMinutes',
  'equipment',
  'medicalPlan',
  'medicines',
  'medicalPlanActedOnBy',
  'medicalPlanReviewOn',
  'handover',
  'handoverAdults',
  'communication',
  'triggers',
]

type Change = { from: PlainDate; seats: 'keep' | 'release'; sentBy: string; form: TravelNeedForm }

export const needPage = pupilFormPage({
  path: '/pupils/:pupilId/need',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  template: 'changeover/need.njk',
  question: (name) => `What does ${name} need on the way?`,
  fields,
  read(typed) {
    const read = reading(typed)
    const from = read.day('from', 'the first day on which this holds')
    const sentBy = read.text('sent-by', 'Enter who sent the form: the queue is counted by sender')
    const seats = read.choice('seats', ['keep', 'release'], 'Say whether the seats they have still suit')
    const form = formIn(read, typed)
    return read.answer<Change>(from && sentBy && seats && form && { from, seats, sentBy, form })
  },
  title: (name, { from }) => `What ${name} needs changes from ${dayInWords(from)}`,
  doing: 'take the form',
  async work(tx, { pupil, seen, now }, { from, seats, sentBy, form }) {
    const changed = await changePupil(tx, { change: 'change-need', pupil, from, form, sentBy, seats }, seen)
    if (changed.ok) await receiveNeedForm(tx, { pupil, form, sentBy, sentAt: now, from })
    return changed
  },
  told: (effects) => effectsInWords(effects),
  whyNot: (refusal) => refusalInWords(refusal, 'from'),
  async refused({ sql, person, now, request }, { pupil, name }, { change: { form, sentBy, from }, refusal }) {
    // A whole form would become the need: whatever else it was refused for, it waits for whoever sent it.
    if (refusal.because !== 'form-incomplete') return
    const author = { by: person.id, request, reason: `A form for ${name} was refused at source` }
    await recordChange(sql, author, async (tx) =>
      ok(await receiveNeedForm(tx, { pupil, form, sentBy, sentAt: now, from })),
    )
  },
})

/** The answers as typed; what cannot be read is said, what is missing is for the completeness check to say. */
function formIn(read: Reading, typed: Fields): TravelNeedForm | undefined {
  const list = (field: string) =>
    read
      .optional(field)
      ?.split(/[,;\n]/)
      .map((one) => one.trim())
      .filter(Boolean) ?? []
  const answers = {
    ...Object.fromEntries(fields.slice(3).map((field) => [field, read.optional(field)])),
    singleOccupancy: typed['singleOccupancy'] === 'yes',
    medicalPlan: typed['medicalPlan'] === 'yes',
    longestRideMinutes: typed['longestRideMinutes'] ? Number(typed['longestRideMinutes']) : undefined,
    equipment: list('equipment'),
    medicines: list('medicines'),
    handoverAdults: list('handoverAdults'),
  }
  const parsed = travelNeedForm.safeParse(answers)
  if (parsed.success) return parsed.data
  for (const { path, message } of parsed.error.issues) {
    const field = String(path[0] ?? 'from')
    read.wrong(field, `"${typed[field] ?? ''}" cannot be read: ${message}`)
  }
  return undefined
}
