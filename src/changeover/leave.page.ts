/** A pupil leaves: register, placement and seats end together, and the page says which before it is done. */
import { dayInWords } from '#ground/time.ts'
import { reading } from '#web/reading.ts'
import { effectsInWords, refusalInWords } from './pupil-change.view.ts'
import { changePupil } from './pupil-change-store.ts'
import { pupilFormPage } from './pupil-form.page.ts'

export const leavePage = pupilFormPage({
  path: '/pupils/:pupilId/leave',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  template: 'changeover/leave.njk',
  question: (name) => `When does ${name} leave?`,
  fields: ['last-day'],
  read(form) {
    const read = reading(form)
    return read.answer(read.day('last-day', 'the last day'))
  },
  title: (name, lastDay) => `${name} leaves on ${dayInWords(lastDay)}`,
  doing: 'record that they leave',
  work: (tx, { pupil, seen }, lastDay) => changePupil(tx, { change: 'leave', pupil, lastDay }, seen),
  told: (effects, name) => [
    `From the day after, ${name} is no longer on the register.`,
    ...effectsInWords(effects),
  ],
  whyNot: (refusal) => refusalInWords(refusal, 'last-day'),
})
