/** How fast vehicles are taken to go: the table that holds today, who changed it and why, and a form for each row. */
import type { Role } from '#access'
import { changeSpeeds, speedChanges, speedsOn } from '#distances/speed-store'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { everyRole, type Fields, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import type { SpeedTable } from './network/speed-table.ts'
import { numberIn, SPEED_ROWS, type SpeedCell, type SpeedRow, withNumbers } from './speed-rows.ts'
import { changesTable, speedTables } from './speeds.view.ts'

const tuners = ['transport-officer', 'manager'] as const

export const speedsPage: Page = {
  path: paths.speeds,
  allow: everyRole,

  async get({ sql, today, person }) {
    const [speeds, changes] = await Promise.all([speedsOn(sql, today), speedChanges(sql)])
    const mayChange = person.roles.some((role) => (tuners as readonly Role[]).includes(role))
    const view = {
      title: 'Speeds',
      errors: [],
      day: `As they hold on ${dayInWords(today)}`,
      tables: speedTables(speeds, mayChange),
      changes: changesTable(changes),
    }
    return show('roads/speeds.njk', view)
  },
}

type Subject = { row: SpeedRow; speeds: SpeedTable }
type Change = {
  from: PlainDate
  why: string
  numbers: readonly { cell: SpeedCell; number: number }[]
}

const nameOf = (cell: SpeedCell) => cell.path.join('-')

export const speedRowPage = recordFormPage<Subject, Change, null>({
  path: '/roads/speeds/:row',
  roles: tuners,
  async subject({ sql, params, today }) {
    const row = SPEED_ROWS.find((one) => one.row === params['row'])
    return row && { row, speeds: await speedsOn(sql, today) }
  },
  question: ({ row }) => `How fast: ${row.name}`,
  says: 'A network is built with the table that holds on that day. Build it again for the change to count.',
  back: () => paths.speeds,
  questions: ({ row }) => [
    ...row.cells.map((cell) => ({
      ask: 'text' as const,
      width: 5 as const,
      name: nameOf(cell),
      label: cell.unit === '' ? cell.label : `${cell.label}, ${cell.unit}`,
    })),
    { ask: 'day', name: 'from', label: 'From when' },
    { ask: 'text', name: 'why', label: 'Why', hint: 'What was measured, or who said so' },
  ],
  asksWhy: true,
  standing: ({ row, speeds }, { today }) => ({
    ...Object.fromEntries(row.cells.map((cell) => [nameOf(cell), String(numberIn(speeds, cell))])),
    from: today,
  }),
  read(form, _lists, { row, speeds }) {
    const read = reading(form)
    const typed = row.cells.map((cell) => ({ cell, number: readNumber(read, form, cell) }))
    // Only what is different: a later table may say otherwise of the rest.
    const numbers = typed
      .filter(({ cell, number }) => number !== undefined && number !== numberIn(speeds, cell))
      .map(({ cell, number = 0 }) => ({ cell, number }))
    if (numbers.length === 0 && typed.every(({ number }) => number !== undefined))
      read.wrong(nameOf(row.cells[0] as SpeedCell), 'Nothing is different. Change a number')
    const from = read.day('from', 'the day from which it holds')
    const why = read.text('why', 'Enter why the table changes')
    return read.answer(from && why && { from, why, numbers })
  },
  title: ({ row }, { from }) => `Speeds change from ${dayInWords(from)}: ${row.name}`,
  doing: 'change the table',
  async work(tx, _subject, { from, why, numbers }) {
    const changed = numbers.map(({ cell, number }) => ({ path: cell.path, number }))
    await changeSpeeds(tx, { from, reason: why, change: (speeds) => withNumbers(speeds, changed) })
    return ok(null)
  },
  told: ({ speeds }, { numbers }) =>
    numbers.map(({ cell, number }) =>
      `${cell.label}: ${number} ${cell.unit} instead of ${numberIn(speeds, cell)}`.replace('  ', ' '),
    ),
})

function readNumber(read: Reading, form: Fields, cell: SpeedCell): number | undefined {
  const typed = form[nameOf(cell)]?.trim() ?? ''
  const number = /^\d{1,3}(\.\d{1,3})?$/.test(typed) ? Number(typed) : 0
  if (number > 0 && number <= cell.most) return number
  const unit = cell.unit === '' ? '' : ` ${cell.unit}`
  return read.wrong(
    nameOf(cell),
    `"${typed}" is not above 0 and at most ${cell.most}${unit}. Enter a number like ${cell.most / 2}`,
  )
}
