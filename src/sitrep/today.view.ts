/** The situation report in the words and links of its page. Every figure leads to the pupils it counts. */
import { dayInWords, momentInWords } from '#ground/time.ts'
import { directions, travelStates, withoutTransport } from '#travel-arrangements'
import { paths } from '#web/paths.ts'
import { directionInWords, travelStateView } from '#web/travel-state.view.ts'
import type { Sitrep } from './sitrep.ts'

type Asked = { chosen: boolean; typed: { on: string; knownAt: string } }

/** What sitrep/today.njk shows: the headline and its parts, the lesser figures, the table of states, the movement. */
export function todayView(sitrep: Sitrep, { chosen, typed }: Asked) {
  const { reconciliation: moves, population } = sitrep
  const link = (choice: Record<string, string>) => listLink(typed, choice)
  const toSchool = sitrep.directions['to-school']
  return {
    title: chosen ? `Situation on ${dayInWords(sitrep.on)}` : 'Today’s situation',
    nobody: population === 0,
    sitrep: {
      id: 'without',
      count: moves.closing,
      href: link({ state: 'without-transport' }),
      label: moves.closing === 1 ? 'pupil without transport' : 'pupils without transport',
      means: `Of ${population.toLocaleString('en-GB')} on the register. A pupil counts once, if either journey of the day has no offer, an offer that does not suit, or a family driving because we have nothing.`,
      parts: withoutTransport.map((state) => ({
        count: toSchool.withoutTransportParts[state],
        label: `to school: ${travelStateView(state).text.toLowerCase()}`,
        href: link({ state, direction: 'to-school' }),
      })),
    },
    lesser: (['provisional', 'temporary', 'own-arrangement', 'confirmed'] as const).map((state) => ({
      count: toSchool.states[state],
      label: travelStateView(state).text,
      note: travelStateView(state).means,
      tone: travelStateView(state).tone,
      href: link({ state, direction: 'to-school' }),
    })),
    states: statesTable(sitrep, link),
    movement: [
      { key: `Without transport on ${dayInWords(moves.since.on)}`, count: moves.opening },
      { key: 'Joined the register without it', count: moves.joiners.length },
      { key: 'Lost it', count: moves.lost.length },
      { key: 'Placed', count: 0 - moves.placed.length },
      { key: 'Left the register', count: 0 - moves.leavers.length },
      { key: `Without transport on ${dayInWords(sitrep.on)}`, count: moves.closing },
    ].map(({ key, count }) => ({ key, text: count.toLocaleString('en-GB'), lines: [] })),
    cut: `Revision ${sitrep.revision}, known on ${momentInWords(sitrep.knownAt)}. Definitions ${sitrep.definitions}.`,
  }
}

function statesTable(sitrep: Sitrep, link: (choice: Record<string, string>) => string) {
  const number = (count: number, href: string) => ({
    text: count.toLocaleString('en-GB'),
    numeric: true,
    ...(count > 0 && { href }),
  })
  return {
    caption: 'Every pupil on the register, in one state each way',
    captionHidden: false,
    headings: [
      { text: 'State' },
      ...directions.map(({ direction }) => ({ text: directionInWords(direction), numeric: true })),
    ],
    rows: travelStates.map(({ state }) => ({
      cells: [
        { state: travelStateView(state) },
        ...directions.map(({ name }) =>
          number(sitrep.directions[name].states[state], link({ state, direction: name })),
        ),
      ],
    })),
    total: [
      { text: 'On the register' },
      ...directions.map(() => ({ text: sitrep.population.toLocaleString('en-GB'), numeric: true })),
    ],
    empty: { title: '', says: '' },
  }
}

/** The list behind a figure, on the same day and cut. */
export function listLink(typed: Asked['typed'], choice: Record<string, string>): string {
  const query = new URLSearchParams(choice)
  if (typed.on) query.set('on', typed.on)
  if (typed.knownAt) query.set('known-at', typed.knownAt)
  return `${paths.situationPupils}?${query}`
}
