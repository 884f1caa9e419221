/** Where vehicles stop at a school: each entrance of each site, with its point, so that travel times can be asked. */
import { type Point, readPoint } from '#ground/point.ts'
import { type Postcode, readPostcode } from '#ground/postcode.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { withItsPoint } from '#imports/place-store'
import type { Question } from '#web/question.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { aboutSchool, type SchoolSubject } from './school-form.page.ts'
import { recordEntrance } from './write-store.ts'

type Stopping = { address?: string; postcode?: Postcode; point?: Point }
type Entrance = Stopping & { name: string; site: string; from: PlainDate }

export const schoolEntrancePage = recordFormPage<SchoolSubject, Entrance, null>({
  path: '/schools/:schoolId/entrance',
  ...aboutSchool,
  question: ({ name }) => `Where do vehicles stop at ${name}?`,
  says: 'An entrance with the site and name of one that is recorded takes its place from the day given.',
  questions: () => [
    { ask: 'text', name: 'site', label: 'Site', width: 20 },
    { ask: 'text', name: 'name', label: 'Entrance', width: 20 },
    ...stoppingQuestions,
    { ask: 'day', name: 'from', label: 'From' },
  ],
  replaces: ({ school }) => [{ table: 'school_entrance', key: { school_id: school } }],
  standing: ({ record }, { today }) => {
    const [first] = record.entrances
    return { site: first?.site ?? 'Main site', name: '', from: today }
  },
  read(form) {
    const read = reading(form)
    const site = read.text('site', 'Enter which site of the school it is')
    const name = read.text('name', 'Enter what the entrance is called')
    const stopping = stoppingIn(read)
    if (!read.optional('address') && !read.optional('postcode') && !read.optional('point'))
      read.wrong('address', 'Enter the address, the postcode or the point: without any, no vehicle finds it')
    const from = read.day('from', 'the first day vehicles stop there')
    return read.answer(site && name && from && { site, name, from, ...stopping })
  },
  title: ({ name: school }, { site, name, from }) => `${school}: ${name}, ${site}, from ${dayInWords(from)}`,
  doing: 'record the entrance',
  async work(tx, { school }, entrance) {
    await recordEntrance(tx, school, await withItsPoint(tx, entrance))
    return ok(null)
  },
  told: () => ['Runs keep the stops they are planned with: whoever plans them must look at them after this.'],
})

/** What is asked of where vehicles stop. */
export const stoppingQuestions: readonly Question[] = [
  { ask: 'lines', rows: 3, name: 'address', label: 'Address (optional)' },
  { ask: 'text', name: 'postcode', label: 'Postcode (optional)', width: 10 },
  {
    ask: 'text',
    name: 'point',
    label: 'Latitude and longitude (optional)',
    hint: 'As a map gives them: 51.2787, 0.5217. Empty means the middle of the postcode.',
    width: 20,
  },
]

/** Where vehicles stop, as typed; what is wrong with it is noted in the reading. */
export function stoppingIn(read: Reading): Stopping {
  const address = read.optional('address')
  const typed = read.optional('postcode')
  const postcode = typed === undefined ? undefined : readPostcode(typed)
  if (typed && !postcode)
    read.wrong('postcode', `"${typed}" is not a postcode of the United Kingdom. Enter one like WQ4 7AA`)
  const where = read.optional('point')
  const point = where === undefined ? undefined : readPoint(where)
  if (where && !point)
    read.wrong('point', `"${where}" is not a latitude and a longitude. Enter two like 51.2787, 0.5217`)
  return { ...(address && { address }), ...(postcode && { postcode }), ...(point && { point }) }
}
