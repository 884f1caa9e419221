/** What an operator no longer has: a check taken away, somebody of the crew gone, a vehicle sold. The interlock asks. */
import { ok, refuse } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { fieldError } from '#web/forms.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { checkInWords } from './check.ts'
import { aboutFleet, type InFleet, inFleet } from './fleet.page.ts'
import type { OperatorRecord } from './store.ts'
import { recordDeparture, revokeCheck } from './write-store.ts'

type Gone = { one: InFleet; lastDay: PlainDate }

export const departurePage = recordFormPage<OperatorRecord, Gone, null>({
  path: '/operators/:operatorId/departure',
  ...aboutFleet,
  question: ({ name }) => `Who or what leaves ${name}?`,
  says: 'Whoever leaves comes off every run from the day after. To put somebody in their place first, open the run.',
  questions: (record) => [
    { ask: 'choice', name: 'of', label: 'Who or what', options: inFleet(record) },
    { ask: 'day', name: 'last-day', label: 'Last day' },
  ],
  read(form, _lists, record) {
    const read = reading(form)
    const one =
      inFleet(record).find(({ value }) => value === form['of']) ??
      read.wrong('of', 'Choose who or what leaves')
    const lastDay = read.day('last-day', 'the last day')
    return read.answer(one && lastDay && { one, lastDay })
  },
  title: ({ name }, { one, lastDay }) => `${one.text}, leaves ${name}, last day ${dayInWords(lastDay)}`,
  doing: 'record that they leave',
  async work(tx, _operator, { one, lastDay }) {
    await recordDeparture(tx, one.of, addDays(lastDay, 1))
    return ok(null)
  },
  told: (_operator, { lastDay }) => [
    `No run has them from ${dayInWords(addDays(lastDay, 1))} on. What was recorded of them before stays.`,
  ],
})

type Withdrawn = { one: InFleet; kind: string; from: PlainDate }

export const checkWithdrawnPage = recordFormPage<OperatorRecord, Withdrawn, null>({
  path: '/operators/:operatorId/check/withdrawn',
  ...aboutFleet,
  question: ({ name }) => `Which check of ${name} no longer holds?`,
  says: 'A badge revoked, an insurance cancelled. Nobody on the runs of that person or vehicle is confirmed without it.',
  questions: (record) => [
    {
      ask: 'choice',
      name: 'check',
      label: 'Whose, and which',
      options: heldChecks(record).map(({ value, text }) => ({ value, text })),
    },
    { ask: 'day', name: 'from', label: 'No longer from' },
    { ask: 'text', name: 'why', label: 'Why, and who told us' },
  ],
  asksWhy: true,
  standing: (_operator, { today }) => ({ from: today }),
  read(form, _lists, record) {
    const read = reading(form)
    const check =
      heldChecks(record).find(({ value }) => value === form['check']) ??
      read.wrong('check', 'Choose which check no longer holds')
    const from = read.day('from', 'from when it no longer holds')
    read.text('why', 'Enter why it no longer holds, and who told us')
    return read.answer(check && from && { ...check, from })
  },
  title: (_operator, { one, kind, from }) =>
    `${one.text}: ${checkInWords(kind)} withdrawn from ${dayInWords(from)}`,
  doing: 'withdraw the check',
  async work(tx, _operator, { one, kind, from }) {
    const closed = await revokeCheck(tx, one.of, { kind, from })
    if (closed > 0) return ok(null)
    const text = `It does not hold on ${dayInWords(from)} or later. Choose an earlier day`
    return refuse([fieldError('from', text)])
  },
  told: () => ['Record the new certificate when it is seen: the runs are confirmed again from then.'],
})

/** The checks that hold today, by whose they are. */
const heldChecks = (record: OperatorRecord) =>
  inFleet(record).flatMap((one) =>
    one.checks
      .filter(({ held }) => held)
      .map(({ kind }) => ({
        value: `${one.value} ${kind}`,
        text: `${one.text}: ${checkInWords(kind)}`,
        one,
        kind,
      })),
  )
