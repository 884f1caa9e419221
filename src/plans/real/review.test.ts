import { expect, test } from 'vitest'
import type { PupilId, SchoolId } from '#ground/ids.ts'
import { instant } from '#ground/time.ts'
import { aPerson } from '../translation/testing.ts'
import { type Assessment, assessmentRuleFrom, usualRule as rule, toAssess } from './assessment.ts'
import { type ReviewAnswer, reviewed, toReview } from './review.ts'
import { taxi } from './testing.ts'

const beacon = 7 as SchoolId
const [tomasz, ffion] = [2, 3] as [PupilId, PupilId]
const schools = [
  { school: beacon, name: 'The Beacon', place: { latitude: 51.1, longitude: -6.75 }, bells: [] },
]
const nobody = new Set<PupilId>()
const runs = taxi(0, [tomasz, ffion])
const those = toReview(runs, { schools, leftOut: nobody })

const answer = (but: Partial<ReviewAnswer> = {}): ReviewAnswer => ({
  run: 'V1 to school',
  school: beacon,
  pupil: null,
  answer: 'accepted',
  reason: null,
  saidBy: 'Mrs Bell',
  at: instant('2022-02-14T09:00'),
  ...but,
})
const stands = (...said: ReviewAnswer[]) => reviewed(those, said).map(({ standing }) => standing)

test('each run is put to the school whose pupils it brings, with those pupils', () => {
  expect(those.map(({ run, school, pupils }) => [run.name, school, ...pupils])).toEqual([
    ['V1 to school', beacon, tomasz, ffion],
    ['V1 from school', beacon, tomasz, ffion],
  ])
})

test('nothing is agreed that nobody answered for', () => {
  expect(stands()).toEqual(['unanswered', 'unanswered'])
  expect(stands(answer())).toEqual(['accepted', 'unanswered'])
})

test('a run is rejected for one pupil, until the school says otherwise of that pupil', () => {
  const not = answer({ pupil: ffion, answer: 'rejected', reason: 'She cannot sit beside him' })
  expect(stands(not, answer())).toEqual(['rejected', 'unanswered'])
  expect(stands(answer({ pupil: ffion }), not, answer())).toEqual(['accepted', 'unanswered'])
})

test('the last word on a run stands, and another school’s is not counted', () => {
  const no = answer({ answer: 'rejected', reason: 'Too early' })
  expect(stands(answer(), no)[0]).toBe('accepted')
  expect(stands(no, answer())[0]).toBe('rejected')
  expect(stands({ ...no, school: 8 as SchoolId }, answer())[0]).toBe('accepted')
})

test('what was said of a pupil who was left out falls away, and a run without them is nobody’s to review', () => {
  const without = toReview(runs, { schools, leftOut: new Set([ffion]) })
  const not = answer({ pupil: ffion, answer: 'rejected', reason: 'Not with him' })
  expect(reviewed(without, [not, answer()]).map(({ standing }) => standing)).toEqual([
    'accepted',
    'unanswered',
  ])
  expect(toReview(runs, { schools, leftOut: new Set([ffion, tomasz]) })).toEqual([])
})

const six = taxi(0, [1, 2, 3, 4, 5, 6] as PupilId[])
const [run] = six
const needing = (count: number, but: object = {}) =>
  toAssess(taxi(0, [1, 2, 3, 4, 5, 6].slice(0, count) as PupilId[]), [], {
    people: [aPerson(1, but)],
    leftOut: nobody,
    rule,
  }).map(({ causes }) => causes.map(({ cause }) => cause))

test('scenario 28: a run of six must be assessed, one of five need not', () => {
  expect(needing(6)).toEqual([['pupils'], ['pupils']])
  expect(needing(5)).toEqual([])
})

test('whoever must travel alone is assessed however few there are', () => {
  expect(needing(1, { needs: { alone: true } })).toEqual([['alone'], ['alone']])
})

test('the last assessment of a run is the one that counts, and only for that run', () => {
  const made = (findings: string): Assessment => ({
    run: run?.name ?? '',
    assessedBy: 'Tom Reeve',
    assessedOn: '2022-02-10' as Assessment['assessedOn'],
    findings,
  })
  const found = toAssess(six, [made('Later'), made('Earlier')], { people: [], leftOut: nobody, rule })
  expect(found.map(({ assessment }) => assessment?.findings)).toEqual(['Later', undefined])
})

test('a council’s own rule is read, and nonsense is refused by name', () => {
  expect(assessmentRuleFrom(undefined)).toEqual({ ok: true, value: { fromPupils: 6, needs: ['alone'] } })
  const own = { fromPupils: 4, needs: ['wheelchair'] }
  expect(assessmentRuleFrom(own)).toEqual({ ok: true, value: own })
  expect(assessmentRuleFrom({ fromPupils: 0, needs: [] })).toMatchObject({
    ok: false,
    refusal: { because: 'policy-not-read', name: 'mix-assessment' },
  })
})
