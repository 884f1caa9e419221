/** `firstbell sitrep`: the situation of any day, on what was known at any moment, for a person or a program. */
import { type Asked, type Command, refused, report } from '#cli/command.ts'
import { type AsAt, dayInWords, earlierOf, momentInWords, readInstant, readPlainDate } from '#ground/time.ts'
import { directions, travelStates } from '#travel-arrangements'
import { directionInWords, travelStateView } from '#web/travel-state.view.ts'
import type { Sitrep } from './sitrep.ts'
import { sitrepAsAt } from './store.ts'

export const sitrepCommand: Command = {
  name: 'sitrep',
  summary: 'who has transport on a day, who has not, and what changed',
  options: [
    { flags: '--on <day>', means: 'the day asked about, as 2022-02-14 (today if not given)' },
    { flags: '--known-at <moment>', means: 'what was known then, as 2022-02-14T07:00 (now if not given)' },
  ],

  async run(asked) {
    const asAt = readAsAt(asked)
    if (typeof asAt === 'string') return refused(asAt)
    const sitrep = await sitrepAsAt(asked.sql, asAt)
    return report(sitrepInWords(sitrep), sitrep)
  },
}

function readAsAt({ options, today, now }: Asked): AsAt | string {
  const { on, knownAt } = options
  const day = on === undefined ? today : readPlainDate(String(on))
  if (day === undefined) return `"${on}" is not a day. Give one like 2022-02-14.`
  const moment = knownAt === undefined ? now : readInstant(String(knownAt))
  if (moment === undefined) return `"${knownAt}" is not a moment. Give one like 2022-02-14T07:00.`
  return { on: day, knownAt: earlierOf(moment, now) }
}

/** The report as it is printed in a terminal: the one number first, then what adds up to the population. */
export function sitrepInWords(sitrep: Sitrep): string {
  const { reconciliation: moves } = sitrep
  const lines = [
    `${dayInWords(sitrep.on)}, as known on ${momentInWords(sitrep.knownAt)}`,
    '',
    `Without transport: ${moves.closing} of ${sitrep.population} pupils on the register`,
    '',
    row(
      '',
      directions.map(({ direction }) => directionInWords(direction)),
    ),
    ...travelStates.map(({ state }) =>
      row(
        travelStateView(state).text,
        directions.map(({ name }) => sitrep.directions[name].states[state]),
      ),
    ),
    row(
      'Without transport',
      directions.map(({ name }) => sitrep.directions[name].withoutTransport),
    ),
    '',
    `Since ${dayInWords(moves.since.on)}: ${moves.opening} without transport, + ${moves.joiners.length} joined, ` +
      `+ ${moves.lost.length} lost it, - ${moves.placed.length} placed, - ${moves.leavers.length} left = ${moves.closing}`,
  ]
  return lines.join('\n')
}

const row = (words: string, cells: readonly (string | number)[]): string =>
  [words.padEnd(30), ...cells.map((cell) => String(cell).padStart(12))].join(' ').trimEnd()
