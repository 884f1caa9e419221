/** Days on which no school in the county is open: nobody has to be fetched, whatever a school's own calendar says. */
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { type BankHoliday, bankHolidaysFrom } from './store.ts'
import { endBankHoliday, recordBankHoliday } from './write-store.ts'

type Subject = { today: PlainDate; recorded: readonly BankHoliday[] }

const whats = [
  { value: 'holiday', text: 'Is a bank holiday' },
  { value: 'open', text: 'Is none after all', hint: 'Takes back what was recorded for this day' },
] as const
type Holiday = { what: (typeof whats)[number]['value']; name: string; day: PlainDate }

export const bankHolidayPage = recordFormPage<Subject, Holiday, null>({
  path: '/schools/bank-holidays',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  subject: async ({ sql, today, now }) => ({
    today,
    recorded: await bankHolidaysFrom(sql, { on: today, knownAt: now }),
  }),
  question: () => 'Which day is a bank holiday?',
  says: ({ recorded }) =>
    recorded.length === 0
      ? 'None is recorded from today on.'
      : `Recorded from today on: ${recorded.map(({ name, day }) => `${name}, ${dayInWords(day)}`).join('; ')}.`,
  back: () => paths.schools,
  questions: () => [
    { ask: 'day', name: 'day', label: 'Day' },
    { ask: 'one', name: 'what', label: 'What it is', options: whats },
    { ask: 'text', name: 'name', label: 'Called', hint: 'Early May bank holiday', width: 20 },
  ],
  standing: () => ({ what: 'holiday' }),
  read(form, _lists, { recorded }) {
    const read = reading(form)
    const day = read.day('day', 'the day')
    const what = read.choice(
      'what',
      whats.map(({ value }) => value),
      'Say whether it is one',
    )
    const name =
      what === 'open' ? 'no bank holiday' : read.text('name', 'Enter what the bank holiday is called')
    if (what === 'open' && day && !recorded.some((one) => one.day === day))
      read.wrong('day', `No bank holiday is recorded on ${dayInWords(day)}. Enter the day of one that is`)
    return read.answer(day && what && name && { day, what, name })
  },
  title: (_subject, { name, day }) => `${dayInWords(day)}: ${name}`,
  doing: 'record it',
  async work(tx, _subject, { what, name, day }) {
    if (what === 'open') await endBankHoliday(tx, day)
    else await recordBankHoliday(tx, name, day)
    return ok(null)
  },
  told: (_subject, { what }) => [
    what === 'open'
      ? 'Every school is open on it as its own calendar says, and pupils travel.'
      : 'No pupil in the county has to be fetched on it.',
  ],
  onward: () => paths.bankHolidays,
})
