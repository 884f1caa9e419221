/** The situation in the words and links of its page. Every figure leads to the pupils it counts, on the same cut. */
import { dayInWords, momentInWords } from '#ground/time.ts'
import { directions, travelStates, withoutTransport } from '#travel-arrangements'
import { type Changes, sameMoment, withQuery } from '#web/address.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, travelStateView } from '#web/travel-state.view.ts'
import { WITHOUT } from './choice.ts'
import type { Sitrep } from './sitrep.ts'

/** The list behind a figure. */
export type Link = (choice: Changes) => string

/** Links to lists on the day, moment and comparison of a visit. */
export const linkOn =
  ({ queryLists }: Pick<Visit, 'queryLists'>): Link =>
  (choice) =>
    withQuery(paths.situationPupils, sameMoment(queryLists), choice)

const count = (n: number): string => n.toLocaleString('en-GB')

/** What sitrep/today.njk shows: the headline and its parts, the lesser figures, the table of states, the movement. */
export function todayView(sitrep: Sitrep, { asAt, queryLists }: Pick<Visit, 'asAt' | 'queryLists'>) {
  const link = linkOn({ queryLists })
  return {
    title: asAt.chosen ? `Situation on ${dayInWords(sitrep.on)}` : 'Today’s situation',
    nobody: sitrep.population === 0,
    sitrep: headlineView(sitrep, link),
    lesser: (['provisional', 'temporary', 'own-arrangement', 'confirmed'] as const).map((state) => ({
      count: sitrep.all.states[state],
      label: travelStateView(state).text,
      note: travelStateView(state).means,
      tone: travelStateView(state).tone,
      href: link({ state }),
    })),
    states: statesTable(sitrep, link),
    movement: movementRows(sitrep, link),
    around: aroundRows(sitrep, link),
    cut: cutInWords(sitrep),
  }
}

/** Which cut the figures stand on, and by which rules. */
export const cutInWords = ({ revision, knownAt, definitions }: Sitrep): string =>
  `Revision ${count(revision)}, known on ${momentInWords(knownAt)}. Definitions ${definitions}.`

/** The one number, and the three parts it is never shown without. */
export function headlineView({ all, population }: Sitrep, link: Link) {
  return {
    id: 'without',
    count: all.withoutTransport,
    href: link({ state: WITHOUT }),
    label: all.withoutTransport === 1 ? 'pupil without transport' : 'pupils without transport',
    means: `Of ${count(population)} on the register. Each pupil counts once, where the worse of the two journeys stands.`,
    parts: withoutTransport.map((state) => ({
      count: all.withoutTransportParts[state],
      label: travelStateView(state).text.toLowerCase(),
      href: link({ state }),
    })),
  }
}

/** Every state, by pupils and by journeys; each column adds up to the register. */
export function statesTable(sitrep: Sitrep, link: Link) {
  const number = (n: number, href: string) => ({ text: count(n), numeric: true, ...(n > 0 && { href }) })
  const whole = { text: count(sitrep.population), numeric: true }
  return {
    caption: 'Every pupil on the register, in one state each way',
    captionHidden: false,
    headings: [
      { text: 'State' },
      { text: 'Pupils', numeric: true },
      ...directions.map(({ direction }) => ({ text: directionInWords(direction), numeric: true })),
    ],
    rows: travelStates.map(({ state }) => ({
      cells: [
        { state: travelStateView(state) },
        number(sitrep.all.states[state], link({ state })),
        ...directions.map(({ name }) =>
          number(sitrep.directions[name].states[state], link({ state, direction: name })),
        ),
      ],
    })),
    total: [{ text: 'On the register' }, whole, ...directions.map(() => whole)],
    empty: { title: '', says: '' },
  }
}

/** Opening, each movement with its pupils, closing. */
export function movementRows({ reconciliation: moves, on }: Sitrep, link: Link) {
  const since = { since: moves.since.on, 'since-known-at': moves.since.knownAt }
  const moved = (key: string, moved: 'joiners' | 'lost' | 'placed' | 'leavers', sign: 1 | -1) => ({
    key,
    count: sign * moves[moved].length,
    href: moves[moved].length > 0 ? link({ moved, ...since }) : '',
  })
  return [
    {
      key: `Without transport on ${dayInWords(moves.since.on)}`,
      count: moves.opening,
      href: link({ state: WITHOUT, on: moves.since.on, 'known-at': moves.since.knownAt }),
    },
    moved('Joined the register without it', 'joiners', 1),
    moved('Lost it', 'lost', 1),
    moved('Placed', 'placed', -1),
    moved('Left the register', 'leavers', -1),
    {
      key: `Without transport on ${dayInWords(on)}`,
      count: moves.closing,
      href: link({ state: WITHOUT }),
    },
  ].map(({ key, count: n, href }) => ({ key, text: count(n + 0), href: n === 0 ? '' : href, lines: [] }))
}

const percent = (part: number, whole: number): string =>
  whole === 0 ? '' : ` (${(Math.floor((part / whole) * 1000) / 10).toLocaleString('en-GB')}%)`

/** What the figures hang on. Contracts stand under the pupils they are for, never over them. */
export function aroundRows({ contracts, contacts }: Sitrep, link: Link) {
  const { pupilsToPlace: toPlace, pupilsPlaced: placed, needed, awarded, signed } = contracts
  return [
    {
      key: 'Pupils placed on a run, of those who need a seat',
      text: `${count(placed)} of ${count(toPlace)}${percent(placed, toPlace)}`,
      href: link({ reached: 'allocated' }),
    },
    {
      key: 'Pupils on no run',
      text: count(toPlace - placed),
      href: toPlace > placed ? link({ missing: 'allocated' }) : '',
    },
    {
      key: 'Contracts awarded, of those their routes need',
      text: `${count(awarded)} of ${count(needed)}${percent(awarded, needed)}`,
      hint: `${count(signed)} signed. A contract counts no pupil: a child can be on no run of it.`,
    },
    {
      key: `Families not verified within ${contacts.withinMonths} months`,
      text: `${count(contacts.unverified)} of ${count(contacts.pupils)} pupils’${percent(contacts.unverified, contacts.pupils)}`,
      href: contacts.unverified > 0 ? link({ contact: 'unverified' }) : '',
      hint: `The council’s aim is ${contacts.targetPercent}% verified.`,
    },
  ].map((row) => ({ ...row, lines: [] }))
}
