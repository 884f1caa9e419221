/** A pupil moves house, wholly or for some days of the fortnight; their seats are kept and doubted, or given up. */
import { everyHalfDay, halfDayPatternOf, readDays, slotsOf } from '#ground/pattern.ts'
import { readPostcode } from '#ground/postcode.ts'
import { dayInWords } from '#ground/time.ts'
import { withItsPoint } from '#imports/place-store'
import type { Home } from '#pupils/write-store'
import type { Fields } from '#web/page.ts'
import { type Reading, reading } from '#web/reading.ts'
import { effectsInWords, refusalInWords } from './pupil-change.view.ts'
import { changePupil } from './pupil-change-store.ts'
import { pupilFormPage } from './pupil-form.page.ts'

export const moveHomePage = pupilFormPage({
  path: '/pupils/:pupilId/move-home',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  template: 'changeover/move-home.njk',
  question: (name) => `Where is ${name} moving to?`,
  fields: ['from', 'address', 'postcode', 'area', 'days', 'protected', 'seats'],
  read(form) {
    const read = reading(form)
    const from = read.day('from', 'the first day at the new address')
    const seats = read.choice('seats', ['keep', 'release'], 'Say whether the seats they have still serve')
    const home = homeIn(read, form)
    const days = read.optional('days')
    return read.answer(from && seats && home && { from, seats, home, days })
  },
  title: (name, { from, days }) =>
    `${name} moves home from ${dayInWords(from)}${days === undefined ? '' : `, ${days}`}`,
  doing: 'record the move',
  work: async (tx, { pupil, seen }, { from, home, seats }) =>
    changePupil(tx, { change: 'move-home', pupil, from, home: await withItsPoint(tx, home), seats }, seen),
  told: (effects) => effectsInWords(effects),
  whyNot: (refusal) => refusalInWords(refusal, 'from'),
})

function homeIn(read: Reading, form: Fields): Home | undefined {
  const address = read.text('address', 'Enter the address')
  const typed = read.optional('postcode')
  const postcode = typed && readPostcode(typed)
  if (typed && !postcode) {
    read.wrong('postcode', `"${typed}" is not a postcode of the United Kingdom. Enter one like WQ4 7AA`)
  }
  const days = read.optional('days')
  const pattern = days === undefined ? everyHalfDay : halfDaysNamed(days)
  if (pattern === undefined) {
    read.wrong('days', `"${days}" names no days. Enter some like Monday to Wednesday, or leave it empty`)
  }
  if (address === undefined || pattern === undefined) return undefined
  const area = read.optional('area')
  const hidden = form['protected'] === 'yes'
  return { address, pattern, protected: hidden, ...(postcode && { postcode }), ...(area && { area }) }
}

/** Whole days as half-days: who sleeps there on Monday is fetched there and brought there on Monday. */
function halfDaysNamed(text: string) {
  const days = readDays(text)
  return days && halfDayPatternOf(slotsOf(days).flatMap((day) => [2 * day, 2 * day + 1]))
}
