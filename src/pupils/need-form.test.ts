import { expect, test } from 'vitest'
import {
  missingAnswers,
  needColumns,
  type Question,
  type TravelNeedForm,
  travelNeedForm,
} from './need-form.ts'

const whole: Record<string, unknown> = {
  mobility: 'seat',
  assistant: 'none',
  handover: 'school-staff',
  communication: 'Speaks; likes to know the time',
}
const form = (more: object = {}): TravelNeedForm => travelNeedForm.parse({ ...whole, ...more })
const owed = (more: object): Question[] => missingAnswers(form(more)).map(({ question }) => question)

test.each<[string, object, Question[]]>([
  ['a walker with nothing out of the ordinary', {}, []],
  ['no answer about mobility', { mobility: undefined }, ['mobility']],
  [
    'a wheelchair of no known make (scenario 24)',
    { mobility: 'wheelchair', wheelchairTravel: 'ride-on' },
    ['wheelchairMake', 'wheelchairModel'],
  ],
  [
    'a wheelchair, and not whether it is ridden in',
    { mobility: 'wheelchair', wheelchairMake: 'Quickie', wheelchairModel: 'Life' },
    ['wheelchairTravel'],
  ],
  ['an assistant without a task', { assistant: 'own', triggers: 'Dogs' }, ['assistantFor']],
  [
    'an assistant who is not told what upsets the child',
    { assistant: 'shared', assistantFor: 'Seizures' },
    ['triggers'],
  ],
  ['no assistant, and nothing said of what upsets the child', { triggers: undefined }, []],
  [
    'travelling alone without a reason or a review',
    { singleOccupancy: true },
    ['singleOccupancyReason', 'singleOccupancyReviewOn', 'triggers'],
  ],
  [
    'a medical plan that nobody may act on',
    { medicalPlan: true, medicines: ['buccal midazolam'], medicalPlanReviewOn: '2026-09-01' },
    ['medicalPlanActedOnBy'],
  ],
  [
    'a medical plan and nothing else about it',
    { medicalPlan: true },
    ['medicines', 'medicalPlanActedOnBy', 'medicalPlanReviewOn'],
  ],
  ['a handover to named adults, without a name', { handover: 'named-adult' }, ['handoverAdults']],
])('%s', (_kind, more, missing) => {
  expect(owed(more)).toEqual(missing)
})

test('every missing answer says why it is asked', () => {
  const empty = travelNeedForm.parse({})
  for (const { because } of missingAnswers(empty)) expect(because.length).toBeGreaterThan(10)
  expect(missingAnswers(empty).map(({ question }) => question)).toEqual([
    'mobility',
    'assistant',
    'handover',
    'communication',
  ])
})

test('blank text is no answer, and a day that does not exist is no day', () => {
  expect(travelNeedForm.safeParse({ ...whole, communication: '   ' }).success).toBe(false)
  expect(travelNeedForm.safeParse({ ...whole, medicalPlanReviewOn: '2027-02-29' }).success).toBe(false)
})

test('what queries ask for has its own column, the rest stays together', () => {
  const columns = needColumns(form({ equipment: ['suction'], longestRideMinutes: 45 }))
  expect(columns).toMatchObject({ mobility: 'seat', longest_ride_minutes: 45, missing: [] })
  expect(columns['answers']).toMatchObject({ equipment: ['suction'], handover: 'school-staff' })
})
