/** Finds a pupil a seat: every run to their school on the first day they travel, those with room first, the nearest of them on top. */
import { type RunId, readId } from '#ground/ids.ts'
import { daysInWords, readDays } from '#ground/pattern.ts'
import { addDays, dayInWords, type PlainDate, readPlainDate } from '#ground/time.ts'
import { pupilAsAt } from '#pupils/pupil-store'
import { whyNoRoom } from '#routes'
import { firstDayAtSchool, type RunOnOffer, runsOnOffer } from '#routes/free-seat-store'
import { seatsOfPupil } from '#routes/seat-store'
import { giveSeat, type SeatRefused } from '#travel-arrangements/arrangement-store'
import { withQuery } from '#web/address.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { pupilFormPage, type Subject } from './pupil-form.page.ts'

export const seatPage = pupilFormPage({
  path: '/pupils/:pupilId/seat',
  roles: ['transport-officer', 'manager'],
  template: 'changeover/seat.njk',
  question: (name) => `Find ${name} a seat`,
  fields: ['from', 'until', 'direction', 'run', 'days', 'instead'],
  offers: offersFor,
  read(form) {
    const read = reading(form)
    const from = read.day('from', 'the first day of the seat')
    const until = read.optionalDay('until')
    const run = read.id<'Run'>('run', 'Choose a run')
    const days = daysIn(read)
    const insteadOf = readId<'Run'>(form['instead'])
    if (insteadOf && !form['why']?.trim())
      read.wrong('why', 'Enter why the seat they have is given up: it goes on the record')
    return read.answer(from && run && { from, until, run, days, insteadOf })
  },
  title: (name, { from, days }) =>
    `${name} gets a seat from ${dayInWords(from)}${days ? `, ${daysInWords(days)}` : ''}`,
  doing: 'give the seat',
  replaces: { facts: ['travel_arrangement'], beside: 'from' },
  work: (tx, { pupil }, { from, until, run, days, insteadOf }) =>
    giveSeat(tx, {
      pupil,
      run,
      from,
      until: until === undefined ? null : addDays(until, 1),
      ...(days && { days }),
      ...(insteadOf && { insteadOf }),
    }),
  told: (_done, name) => [
    `${name} has the seat, and is not confirmed until the family and the school are told.`,
    'What carried them on those days before ends there.',
  ],
  whyNot: refusalInWords,
})

function daysIn(read: Reading) {
  const typed = read.optional('days')
  if (typed === undefined) return undefined
  return (
    readDays(typed) ?? read.wrong('days', `"${typed}" names no days. Enter some like Monday to Wednesday`)
  )
}

async function offersFor(visit: Visit, { pupil }: Subject) {
  const { sql, today, now, form, query } = visit
  const typed = form['from'] ?? query['from']
  const from: PlainDate = (typed && readPlainDate(typed)) || addDays(today, 1)
  const direction = (form['direction'] ?? query['direction']) === '2' ? 2 : 1
  const days = readDays(form['days'] ?? '')
  const on = await firstDayAtSchool(sql, { pupil, days }, { on: from, knownAt: now })
  const asAt = { on, knownAt: now }
  const record = await pupilAsAt(sql, pupil, asAt)
  const need = record?.need
  const needs = {
    rides: need?.mobility === 'wheelchair' && need.wheelchair_travel !== 'transfer',
    alone: need?.single_occupancy ?? false,
    assistant: need?.assistant ?? 'none',
  }
  const runs = await runsOnOffer(sql, { pupil, direction }, asAt)
  const held = (await seatsOfPupil(sql, pupil, asAt)).find((seat) => seat.direction === direction)
  const judged = runs
    .filter(({ run }) => run !== held?.run)
    .map((run) => ({ run, why: whyNoRoom(run, needs) }))
  return {
    places: withQuery(paths.pupilPlaces(pupil), {}, { from }),
    from,
    asOn: dayInWords(on),
    direction: String(direction),
    directions: [1, 2].map((one) => ({ value: String(one), text: directionInWords(one) })),
    held: held ? { run: held.run, code: held.code } : false,
    free: judged.filter(({ why }) => why === undefined).map(({ run }) => choiceView(run)),
    full: judged.flatMap(({ run, why }) =>
      why === undefined ? [] : [{ code: run.code, operator: run.operator ?? '', why }],
    ),
  }
}

function choiceView({ run, code, operator, vehicleType, others, nearestStopMetres }: RunOnOffer) {
  const aboard = others === 1 ? 'one pupil aboard' : `${others} pupils aboard`
  const near =
    nearestStopMetres === null
      ? ''
      : `, nearest stop ${kilometres(nearestStopMetres)} away as the crow flies (estimated)`
  return {
    value: String(run),
    text: `${code}, ${operator ?? 'no operator'}`,
    hint: `${vehicleType}, ${aboard}${near}`,
  }
}

const kilometres = (metres: number): string =>
  metres < 950 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(1)} km`

function refusalInWords(refusal: SeatRefused): FieldError[] {
  switch (refusal.because) {
    case 'run-not-known':
      return [fieldError('run', `There is no run ${refusal.run as RunId}. Choose one of the list`)]
    case 'ends-before-it-starts':
      return [
        fieldError(
          'until',
          `The last day is before ${dayInWords(refusal.from)}, the first. Choose a later one`,
        ),
      ]
    case 'already-seated': {
      const seats = refusal.held.map(
        ({ code, contract, days }) => `${code}${contract ? ` (${contract})` : ''}, ${daysInWords(days)}`,
      )
      return [
        fieldError(
          'instead',
          `Already seated on ${seats.join('; ')}. Tick that the new seat takes its place, or choose other days`,
        ),
      ]
    }
  }
}
