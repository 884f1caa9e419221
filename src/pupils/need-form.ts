/**
 * What the transport information form asks, and which answers its own answers make necessary. An incomplete form is
 * refused at source: the auditors found that forms sent on with gaps held up every child behind them.
 */
import { z } from 'zod'
import { readPlainDate } from '#ground/time.ts'

const day = z.string().refine((text) => readPlainDate(text) !== undefined, 'a day, as 2026-09-01')
const yes = z.boolean().default(false)
const words = z.string().trim().min(1).optional()
const list = z.array(z.string().trim().min(1)).default([])

/** Every answer a form can carry. A question that was not answered is absent, which `missingAnswers` judges. */
export const travelNeedForm = z.object({
  mobility: z.enum(['seat', 'wheelchair']).optional(),
  wheelchairTravel: z.enum(['ride-on', 'transfer']).optional(),
  wheelchairMake: words,
  wheelchairModel: words,
  restraint: words,
  assistant: z.enum(['none', 'shared', 'own']).optional(),
  assistantFor: words,
  singleOccupancy: yes,
  singleOccupancyReason: words,
  singleOccupancyReviewOn: day.optional(),
  longestRideMinutes: z.number().int().min(5).max(180).optional(),
  equipment: list,
  medicalPlan: yes,
  medicines: list,
  medicalPlanActedOnBy: words,
  medicalPlanReviewOn: day.optional(),
  handover: z.enum(['may-travel-to-door-alone', 'named-adult', 'school-staff']).optional(),
  handoverAdults: list,
  communication: words,
  triggers: words,
})

export type TravelNeedForm = z.infer<typeof travelNeedForm>
export type Question = keyof TravelNeedForm

type Rule = { asks: Question; when: (form: TravelNeedForm) => boolean; because: string }

const always = () => true
const rides = (form: TravelNeedForm) => form.mobility === 'wheelchair'
const isAssisted = (form: TravelNeedForm) => form.assistant === 'own' || form.assistant === 'shared'

// In the order of the form. Each says why it is asked: the sender reads it, and so does whoever must chase it.
const rules: readonly Rule[] = [
  { asks: 'mobility', when: always, because: 'a vehicle is chosen by it' },
  { asks: 'wheelchairTravel', when: rides, because: 'riding in the chair takes a place with tie-downs' },
  { asks: 'wheelchairMake', when: rides, because: 'tie-downs are fitted to the chair' },
  { asks: 'wheelchairModel', when: rides, because: 'tie-downs are fitted to the chair' },
  { asks: 'assistant', when: always, because: 'the crew is hired by it' },
  {
    asks: 'assistantFor',
    when: isAssisted,
    because: 'the assistant must know what they are there for',
  },
  {
    asks: 'singleOccupancyReason',
    when: (form) => form.singleOccupancy,
    because: 'travelling alone needs a reason somebody can review',
  },
  {
    asks: 'singleOccupancyReviewOn',
    when: (form) => form.singleOccupancy,
    because: 'travelling alone is looked at again on a day',
  },
  {
    asks: 'medicines',
    when: (form) => form.medicalPlan && form.medicines.length === 0,
    because: 'the plan must say what may have to be given',
  },
  {
    asks: 'medicalPlanActedOnBy',
    when: (form) => form.medicalPlan,
    because: 'only someone trained for this child may act on it',
  },
  { asks: 'medicalPlanReviewOn', when: (form) => form.medicalPlan, because: 'a plan lapses' },
  { asks: 'handover', when: always, because: 'the crew must know whom to leave the child with' },
  {
    asks: 'handoverAdults',
    when: (form) => form.handover === 'named-adult',
    because: 'the crew hands over to nobody else',
  },
  { asks: 'communication', when: always, because: 'the crew must be able to understand the child' },
  {
    asks: 'triggers',
    when: (form) => isAssisted(form) || form.singleOccupancy,
    because: 'whoever rides with the child must know what upsets them; “nothing” is an answer',
  },
]

export type MissingAnswer = { question: Question; because: string }

/** The answers a form still owes, in the order of the form. Nothing owed: it may be taken. */
export function missingAnswers(form: TravelNeedForm): MissingAnswer[] {
  return rules
    .filter(({ asks, when }) => when(form) && unanswered(form[asks]))
    .map(({ asks, because }) => ({ question: asks, because }))
}

const unanswered = (answer: TravelNeedForm[Question]): boolean =>
  answer === undefined || answer === '' || (Array.isArray(answer) && answer.length === 0)

/** The form as the columns of `travel_need` keep it: what queries ask for by name, the rest together. */
export function needColumns(form: TravelNeedForm): Readonly<Record<string, unknown>> {
  const {
    mobility,
    wheelchairTravel,
    wheelchairMake,
    wheelchairModel,
    restraint,
    assistant,
    singleOccupancy,
    singleOccupancyReason,
    singleOccupancyReviewOn,
    longestRideMinutes,
    ...answers
  } = form
  return {
    mobility: mobility ?? 'seat',
    wheelchair_travel: wheelchairTravel ?? null,
    wheelchair_make: wheelchairMake ?? null,
    wheelchair_model: wheelchairModel ?? null,
    restraint: restraint ?? null,
    assistant: assistant ?? 'none',
    single_occupancy: singleOccupancy,
    single_occupancy_reason: singleOccupancyReason ?? null,
    single_occupancy_review_on: singleOccupancyReviewOn ?? null,
    longest_ride_minutes: longestRideMinutes ?? null,
    answers,
    missing: missingAnswers(form).map(({ question }) => question),
  }
}
