/** Where one pupil stands: what to do next, the ladder each way, and the week. */
import type { PupilId } from '#ground/ids.ts'
import { dayInWords, type PlainDate, timeInWords, weekdayOf } from '#ground/time.ts'
import type { SeatOfDay } from '#routes/seat-store'
import { rungs } from '#travel-arrangements'
import type { DayLeg } from '#travel-arrangements/week-store'
import { type Cell, tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, reasonInWords, rungInWords, travelStateView } from '#web/travel-state.view.ts'
import type { PupilRecord } from './pupil-store.ts'

type Stands = { pupil: PupilId; name: string; legs: readonly DayLeg[]; mayChange: boolean }

const toBeArranged = new Set(['no-offer', 'offer-declined', 'interim-by-family'])

/** What somebody should do next for a pupil; the worst of the two ways decides. */
export function nextView({ pupil, name, legs, mayChange }: Stands) {
  const worst =
    legs.find(({ state }) => toBeArranged.has(state)) ?? legs.find(({ state }) => state === 'provisional')
  const way = (leg: DayLeg) => directionInWords(leg.direction).toLowerCase()
  if (!worst) return calmView(name, legs)
  if (worst.state === 'provisional') {
    const { toDo, missing } = rungInWords(worst.missing[0] ?? '')
    return {
      tone: 'care',
      title: `${missing} (${way(worst)})`,
      says: `${toDo}.`,
      href: mayChange && worst.run !== null ? paths.runConfirm(worst.run) : '',
      link: 'Record it',
    }
  }
  const titles: Record<string, string> = {
    'no-offer': `${name} has no transport (${way(worst)})`,
    'offer-declined': `What was offered to ${name} is unsuitable (${way(worst)})`,
    'interim-by-family': `The family is driving ${name} (${way(worst)})`,
  }
  return {
    tone: 'stop',
    title: titles[worst.state] ?? '',
    says: `${reasonInWords(worst.reason) || 'Nothing suitable is in place'}. Find a seat that suits, or record what carries them meanwhile.`,
    href: mayChange ? `${paths.pupilSeat(pupil)}?direction=${worst.direction}` : '',
    link: 'Find a seat',
  }
}

function calmView(name: string, legs: readonly DayLeg[]) {
  const [leg] = legs
  if (!leg)
    return {
      tone: '',
      title: `${name} is not on the register on this day`,
      says: 'Nothing is to be done.',
      href: '',
      link: '',
    }
  const pending = legs.find(({ state }) => state === 'eligibility-pending')
  if (pending) {
    return {
      tone: 'care',
      title: 'Eligibility is being decided',
      says: 'No transport is owed until it is. Chase the decision if it has waited long.',
      href: '',
      link: '',
    }
  }
  return {
    tone: 'good',
    title: 'Nothing is missing',
    says: legs
      .map(
        (one) =>
          `${directionInWords(one.direction)}: ${travelStateView(one.state).text.toLowerCase()}${one.reason ? ` (${reasonInWords(one.reason).toLowerCase()})` : ''}`,
      )
      .join('. ')
      .concat('.'),
    href: '',
    link: '',
  }
}

/** One direction of a day: state, ladder where there is a seat, and who comes. */
export function directionView(leg: DayLeg, seat: SeatOfDay | undefined, record: PupilRecord) {
  return {
    heading: directionInWords(leg.direction),
    state: travelStateView(leg.state),
    reason: reasonInWords(leg.reason),
    ladder: leg.arrangement === 'seat' && seat ? ladderView(leg, seat, record) : [],
    climbed: leg.state === 'confirmed',
    rows: seat ? seatRows(seat) : [],
  }
}

function ladderView(leg: DayLeg, seat: SeatOfDay, { eligibility }: PupilRecord) {
  const said = new Map(seat.words.map((word) => [word.kind, word]))
  const noOffer = leg.state === 'no-offer'
  const climbed = rungs.map(({ rung }) => {
    const word = said.get(rung)
    const isMissing = leg.missing.includes(rung) || (noOffer && !word)
    const note = word
      ? `${dayInWords(word.givenOn)}: ${word.evidence}`
      : isMissing
        ? rungInWords(rung).toDo
        : ''
    return { name: rungInWords(rung).name, standing: isMissing ? 'missing' : 'done', note }
  })
  const decided = eligibility?.decided_on
    ? `Decided ${dayInWords(eligibility.decided_on)} by ${eligibility.decided_by}`
    : ''
  return [
    { name: 'Eligible', standing: 'done', note: decided },
    {
      name: 'Has a seat',
      standing: noOffer ? 'missing' : 'done',
      note: noOffer ? reasonInWords(leg.reason) : seat.code,
    },
    ...climbed,
  ]
}

const linked = (href: string | null) => (href === null ? {} : { href })

function seatRows(seat: SeatOfDay) {
  const aboard = seat.others === 1 ? 'one other pupil' : `${seat.others} other pupils`
  const crew = seat.crew.map(({ name, post }) => `${name}, ${post.replace('-', ' ')}`)
  return [
    {
      key: 'Run',
      text: seat.code,
      href: paths.route(seat.route),
      lines: [],
      hint: seat.vehicleType ? `${seat.vehicleType}, with ${aboard}` : 'This run is not planned on this day',
    },
    timesRow(seat),
    { key: 'Crew', lines: crew.length > 0 ? crew : ['Nobody is rostered'], hint: '' },
    {
      key: 'Operator',
      text: seat.operatorName ?? 'None in force',
      lines: [],
      hint: seat.operatorPhone ?? '',
      ...linked(seat.operator && paths.operator(seat.operator)),
    },
    {
      key: 'Contract',
      text: seat.reference ?? 'None',
      lines: [],
      hint: seat.contractLastDay ? `Last day ${dayInWords(seat.contractLastDay)}` : '',
      ...linked(seat.contract && paths.contract(seat.contract)),
    },
  ]
}

function timesRow({ at, schoolAt }: SeatOfDay) {
  const text = at ? timeInWords(at) : 'No stop is planned for this pupil'
  return { key: 'At home', text, lines: [], hint: schoolAt ? `At school ${timeInWords(schoolAt)}` : '' }
}

/** Monday to Friday, both ways. */
export function weekView(legs: readonly DayLeg[], on: PlainDate) {
  const days = [...new Set(legs.map(({ day }) => day))].filter((day) => weekdayOf(day) <= 5)
  const cell = (day: PlainDate, direction: 1 | 2): Cell => {
    const leg = legs.find((one) => one.day === day && one.direction === direction)
    return leg
      ? { state: travelStateView(leg.state), hint: reasonInWords(leg.reason) }
      : { text: 'Not on the register' }
  }
  return tableView<PlainDate>({
    caption: 'The week',
    columns: [
      {
        heading: 'Day',
        cell: (day) => ({
          text: `${weekdays[weekdayOf(day)] ?? ''}${day === on ? ' (this day)' : ''}`,
          hint: dayInWords(day),
        }),
      },
      { heading: 'To school', cell: (day) => cell(day, 1) },
      { heading: 'Home', cell: (day) => cell(day, 2) },
    ],
    rows: days,
    empty: { title: 'No school day', says: 'This pupil is on the register on no day of this week.' },
  })
}

const weekdays = ['', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday']
