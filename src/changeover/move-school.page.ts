/** A pupil moves school: the placement changes, the seats to the old school are given up, and that is shown first. */
import { dayInWords } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import { reading } from '#web/reading.ts'
import { effectsInWords, refusalInWords } from './pupil-change.view.ts'
import { changePupil } from './pupil-change-store.ts'
import { pupilFormPage } from './pupil-form.page.ts'

export const moveSchoolPage = pupilFormPage({
  path: '/pupils/:pupilId/move-school',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  template: 'changeover/move-school.njk',
  question: (name) => `Which school is ${name} moving to?`,
  fields: ['from', 'school', 'year-group'],
  offers: async ({ sql, today, now }) => ({ schools: await schoolChoices(sql, { on: today, knownAt: now }) }),
  read(form) {
    const read = reading(form)
    const from = read.day('from', 'the first day at the new school')
    const school = read.id<'School'>('school', 'Choose a school')
    const yearGroup = read.optional('year-group')
    return read.answer(from && school && { from, placement: { school, ...(yearGroup && { yearGroup }) } })
  },
  title: (name, { from }) => `${name} moves school from ${dayInWords(from)}`,
  doing: 'record the move',
  work: (tx, { pupil, seen }, { from, placement }) =>
    changePupil(tx, { change: 'move-school', pupil, from, placement }, seen),
  told: (effects, name) => [
    ...effectsInWords(effects),
    `${name} stays eligible until an eligibility officer decides again for the new school.`,
  ],
  whyNot: (refusal) => refusalInWords(refusal, 'from'),
})
