/** The course of the last school mornings, drawn and as a table; each day leads to its own report. */
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { lacksTransport } from '#travel-arrangements'
import { type Changes, sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { lineChart } from '#web/chart.ts'
import { tableView } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { WITHOUT } from './choice.ts'
import { type Morning, stateAt } from './missed.ts'

type Day = Pick<Morning, 'day'> & { without: number; atRisk: number; pupils: number }

function dayOfMorning({ day, pupils, standings }: Morning): Day {
  const states = Array.from(standings, stateAt)
  return {
    day,
    pupils: pupils.length,
    without: states.filter(lacksTransport).length,
    atRisk: states.filter((state) => state === 'provisional').length,
  }
}

const short = (day: string): string =>
  dayInWords(day as Day['day'])
    .replace(/ \d{4}$/, '')
    .replace(/(\w{3})\w*$/, '$1')

/** What sitrep/trend.njk shows. */
export function trendView(visit: Visit, mornings: readonly Morning[] | undefined, time: string) {
  const { path, query, queryLists, asAt } = visit
  const days = (mornings ?? []).map(dayOfMorning)
  const [first, last] = [days[0], days.at(-1)]
  const moment = sameMoment(queryLists)
  // The last is the day asked about, at the moment asked about; the others are as their own morning knew them.
  const then = (page: string, choice: Changes, day: PlainDate) =>
    day === last?.day
      ? withQuery(page, moment, choice)
      : withQuery(page, {}, { on: day, 'known-at': `${day}T${time}`, ...choice })
  return {
    title: 'The last school mornings',
    errors: asAt.errors,
    asAt: asAtView(asAt, { path, query }),
    back: withQuery(paths.today, sameMoment(queryLists)),
    counting: mornings === undefined,
    chart:
      days.length > 1 &&
      lineChart({
        id: 'trend',
        title: 'Pupils without transport, and not yet confirmed',
        says: `From ${first?.without.toLocaleString('en-GB')} without transport on ${first ? dayInWords(first.day) : ''} to ${last?.without.toLocaleString('en-GB')} on ${last ? dayInWords(last.day) : ''}. Each day as known that morning.`,
        alongName: 'School day',
        labels: days.map(({ day }) => short(day)),
        series: [
          { name: 'Without transport', tone: 'stop', values: days.map(({ without }) => without) },
          { name: 'Not yet confirmed', tone: 'care', values: days.map(({ atRisk }) => atRisk) },
        ],
      }),
    days: tableView<Day>({
      caption: 'Each morning, the latest first',
      columns: [
        {
          heading: 'School day',
          cell: ({ day }) => ({ text: dayInWords(day), href: then(paths.today, {}, day) }),
        },
        {
          heading: 'Without transport',
          numeric: true,
          cell: ({ day, without }) => linked(without, then(paths.situationPupils, { state: WITHOUT }, day)),
        },
        {
          heading: 'Not yet confirmed',
          numeric: true,
          cell: ({ day, atRisk }) =>
            linked(atRisk, then(paths.situationPupils, { state: 'provisional' }, day)),
        },
        {
          heading: 'On the register',
          numeric: true,
          cell: ({ pupils }) => ({ text: pupils.toLocaleString('en-GB') }),
        },
      ],
      rows: days.toReversed(),
      empty: { title: 'No school morning yet', says: 'In this academic year, up to this day.' },
    }),
  }
}

const linked = (n: number, href: string) => ({ text: n.toLocaleString('en-GB'), ...(n > 0 && { href }) })
