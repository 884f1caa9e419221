/** The situation as it is printed in a terminal: the one number first, then what adds up to the population. */
import type { AcceptancesOpen } from '#changeover'
import type { PupilId } from '#ground/ids.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { directions, travelStates, withoutTransport } from '#travel-arrangements'
import { directionInWords, rungInWords, travelStateView } from '#web/travel-state.view.ts'
import { movements } from './movement.ts'
import type { CohortFigures, Report, Sitrep } from './sitrep.ts'

type Names = Readonly<Record<string, string>>

/** The situation alone: what a person wants to read before anything else. */
export function situationInWords(sitrep: Sitrep): string {
  return lines(headLines(sitrep), stateLines(sitrep), [movementLine(sitrep)])
}

/** The whole report in words; pupils by name where it speaks of few. */
export function reportInWords(report: Report, names: Names): string {
  return lines(
    headLines(report),
    stateLines(report),
    report.cohort ? cohortLines(report.cohort) : [],
    [movementLine(report), ...movementNames(report, names)],
    funnelLines(report),
    missedLines(report, names),
    aroundLines(report),
    worstLines(report),
  )
}

const lines = (...blocks: readonly (readonly string[])[]): string =>
  blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n')

const number = (n: number): string => n.toLocaleString('en-GB')

function headLines({ on, knownAt, all, population }: Sitrep): string[] {
  const parts = withoutTransport.map(
    (state) => `${number(all.withoutTransportParts[state])} ${travelStateView(state).text.toLowerCase()}`,
  )
  return [
    `${dayInWords(on)}, as known on ${momentInWords(knownAt)}`,
    '',
    `Without transport: ${number(all.withoutTransport)} of ${number(population)} pupils on the register (${parts.join(', ')})`,
    `At risk: ${number(all.atRisk)}. Confirmed: ${number(all.confirmed)}.`,
  ]
}

function stateLines(sitrep: Sitrep): string[] {
  return [
    row('', ['Pupils', ...directions.map(({ direction }) => directionInWords(direction))]),
    ...travelStates.map(({ state }) =>
      row(travelStateView(state).text, [
        sitrep.all.states[state],
        ...directions.map(({ name }) => sitrep.directions[name].states[state]),
      ]),
    ),
    row('On the register', [sitrep.population, sitrep.population, sitrep.population]),
  ]
}

function cohortLines({ name, frozenOn, frozen, left, members, joiners }: CohortFigures): string[] {
  return [
    row(`Cohort “${name}”, frozen on ${dayInWords(frozenOn)}`, []),
    row('', ['Pupils', 'Without', 'At risk', 'Confirmed']),
    row(`Of ${number(frozen)} frozen (${number(left)} left)`, [
      members.pupils,
      members.withoutTransport,
      members.atRisk,
      members.confirmed,
    ]),
    row('Joined since', [joiners.pupils, joiners.withoutTransport, joiners.atRisk, joiners.confirmed]),
  ]
}

function movementLine({ reconciliation: moves }: Sitrep): string {
  return (
    `Since ${dayInWords(moves.since.on)}: ${number(moves.opening)} without transport, + ${moves.joiners.length} joined, ` +
    `+ ${moves.lost.length} lost it, - ${moves.placed.length} placed, - ${moves.leavers.length} left = ${number(moves.closing)}`
  )
}

const movementWords = { joiners: 'Joined', lost: 'Lost it', placed: 'Placed', leavers: 'Left' } as const

const movementNames = ({ reconciliation }: Report, names: Names): string[] =>
  movements
    .filter((kind) => reconciliation[kind].length > 0)
    .map((kind) => `  ${movementWords[kind]}: ${named(reconciliation[kind], names)}`)

const named = (pupils: readonly PupilId[], names: Names): string =>
  pupils.map((pupil) => names[pupil] ?? `Pupil ${pupil}`).join(', ')

function funnelLines({ funnel }: Report): string[] {
  return [
    row('The ladder, of those who need a seat', ['Reached', 'Missing']),
    row('Need a seat', [funnel.needSeat, '']),
    ...funnel.rungs.map(({ rung, reached, missing }) =>
      row(rung === 'allocated' ? 'Allocated to a run' : rungInWords(rung).name, [reached, missing]),
    ),
  ]
}

function missedLines({ missed, waiting }: Report, names: Names): string[] {
  const { oldest } = waiting
  return [
    `Education missed since ${dayInWords(missed.from)}: ${number(missed.pupilDays)} pupil-days, by ${number(missed.pupils)} pupils, over ${missed.schoolDays} school days`,
    ...missed.most.slice(0, 5).map(({ pupil, days }) => `  ${names[pupil] ?? `Pupil ${pupil}`}: ${days}`),
    oldest
      ? `Waiting longest: ${oldest.days} school days, since ${dayInWords(oldest.since)}: ${named(oldest.pupils.slice(0, 5), names)}`
      : 'Nobody is waiting.',
    ...waiting.escalations
      .filter(({ pupils }) => pupils.length > 0)
      .map(({ days, to, pupils }) => `  ${days} school days or more, for the ${to}: ${named(pupils, names)}`),
  ]
}

function aroundLines({ contacts, contracts, accepted }: Report): string[] {
  return [
    `Families not verified within ${contacts.withinMonths} months: ${number(contacts.unverified)} of ${number(contacts.pupils)} pupils`,
    `Pupils placed: ${number(contracts.pupilsPlaced)} of ${number(contracts.pupilsToPlace)} who need a seat. (Contracts awarded: ${number(contracts.awarded)} of ${number(contracts.needed)}; signed: ${number(contracts.signed)}.)`,
    ...(accepted ? [acceptedLine(accepted)] : []),
  ]
}

const acceptedLine = ({ acceptances, pupils, firstLapses }: AcceptancesOpen): string =>
  `Gaps accepted by managers: ${number(acceptances)}, for ${number(pupils)} pupils.${firstLapses === null ? '' : ` The first lapses after ${dayInWords(firstLapses)}.`}`

const WORST = 5

function worstLines({ breakdowns }: Report): string[] {
  const worst = breakdowns.school.filter((one) => one.withoutTransport + one.atRisk > 0).slice(0, WORST)
  if (worst.length === 0) return []
  return [
    row('Schools where it is worst', ['Pupils', 'Without', 'At risk', 'Confirmed']),
    ...worst.map((one) =>
      row(one.name ?? 'No school', [one.pupils, one.withoutTransport, one.atRisk, one.confirmed]),
    ),
  ]
}

const row = (words: string, cells: readonly (string | number)[]): string =>
  [words.padEnd(38), ...cells.map((cell) => (typeof cell === 'number' ? number(cell) : cell).padStart(11))]
    .join(' ')
    .trimEnd()
