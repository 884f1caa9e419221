/** One contract: whether anybody is left without a successor, its terms, its routes. */
import { inPounds } from '#ground/money.ts'
import { dayInWords, daysBetween, type PlainDate } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import type { Lists } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Extension, proposeExtension } from './extension.ts'
import type { FirstTravellingDay } from './first-day-store.ts'
import type { ContractRecord } from './store.ts'

type Asked = { on: PlainDate; moment: Lists; mayChange: boolean }

/**
 * How far it would have to run on, when somebody would otherwise be left without a successor, or with one that nobody
 * has signed (scenario 43); nothing when nobody would.
 */
export function extensionOf({
  lastDay,
  extensionMonths,
  afterEnd,
  unsigned,
}: ContractRecord): Extension | undefined {
  if (lastDay === null || afterEnd.length + unsigned.length === 0) return undefined
  return proposeExtension({ lastDay, extensionMonths, successorFrom: null })
}

/** Each school's own first travelling day and how long until it, while any of them is still to come. */
export function firstDaysView(
  days: readonly FirstTravellingDay[],
  { on, moment }: Pick<Asked, 'on' | 'moment'>,
) {
  if (!days.some(({ day }) => day === null || day >= on)) return undefined
  return tableView<FirstTravellingDay>({
    caption: 'First travelling day, by school',
    columns: [
      {
        heading: 'School',
        cell: ({ school, name }) => ({ text: name, href: withQuery(paths.school(school), moment) }),
      },
      {
        heading: 'First travelling day',
        cell: ({ day }) => ({ text: day === null ? 'None in its first ten weeks' : dayInWords(day) }),
      },
      {
        heading: 'Time left',
        cell: ({ day }) => ({ text: day === null ? '' : timeLeft(daysBetween(on, day)) }),
      },
      {
        heading: 'Pupils confirmed for it',
        numeric: true,
        cell: ({ day, pupils, confirmed }) => ({ text: day === null ? '' : `${confirmed} of ${pupils}` }),
      },
    ],
    rows: days,
    empty: { title: '', says: '' },
  })
}

function timeLeft(days: number): string {
  if (days < 0) return 'Has begun'
  if (days === 0) return 'On this day'
  return days === 1 ? '1 day' : `${days} days`
}

/** The view of a contract's page. */
export function contractView(record: ContractRecord, { on, moment, mayChange }: Asked) {
  const { contract, reference, lastDay } = record
  return {
    title: reference,
    caption: record.operatorName ?? '',
    next: nextView(record, { on, mayChange }),
    rows: [
      {
        key: 'Operator',
        text: record.operatorName ?? '',
        href: withQuery(paths.operator(record.operator), moment),
        lines: [],
      },
      {
        key: 'In force',
        text: `${dayInWords(record.firstDay)} to ${lastDay === null ? 'further notice' : dayInWords(lastDay)}`,
        lines: [],
        hint: record.status === 'in-force' ? '' : record.status.replace('-', ' '),
      },
      {
        key: 'Signed',
        text: record.signed ? dayInWords(record.signed.givenOn) : 'Not yet',
        lines: [],
        hint: record.signed?.evidence ?? '',
      },
      {
        key: 'Daily rate',
        text: inPounds(record.dailyRate),
        lines: [],
        hint: `${inPounds(record.variationRate)} for a mile more or less`,
      },
      { key: 'Notice', text: `${record.noticeDays} days`, lines: [] },
      {
        key: 'Extension',
        text: record.extensionMonths > 0 ? `Up to ${record.extensionMonths} months` : 'None',
        lines: [],
      },
    ],
    routes: tableView<ContractRecord['routes'][number]>({
      caption: 'Routes',
      columns: [
        {
          heading: 'Route',
          cell: ({ route, code }) => ({ text: code, href: withQuery(paths.route(route), moment) }),
        },
        {
          heading: 'From and to',
          cell: ({ name, school }) => ({ text: [name, school].filter(Boolean).join(', to ') }),
        },
        { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils }) },
      ],
      rows: record.routes,
      empty: {
        title: 'No route is under this contract on this day',
        says: 'It carries nobody until a route is put under it.',
      },
    }),
    aboard: record.aboard
      .map(({ pupil, name, route }) => ({ name, route, href: withQuery(paths.pupil(pupil), moment) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    stranded: [...record.afterEnd, ...record.unsigned]
      .map(({ pupil, name, route }) => ({ name, route, href: withQuery(paths.pupil(pupil), moment) }))
      .sort((a, b) => a.name.localeCompare(b.name)),
    actions:
      mayChange && record.inForce
        ? [
            { text: 'End it', href: paths.contractEnds(contract) },
            { text: 'Let it run on', href: paths.contractRunsOn(contract) },
            { text: 'Put a route under it', href: paths.contractRoute(contract) },
          ]
        : [],
  }
}

function nextView(record: ContractRecord, { on, mayChange }: Pick<Asked, 'on' | 'mayChange'>) {
  const { contract, lastDay, aboard } = record
  const href = mayChange ? paths.contractRunsOn(contract) : ''
  if (!record.inForce) {
    return aboard.length > 0
      ? {
          tone: 'stop',
          title: `${aboard.length} pupils sit on runs of a contract that is not in force`,
          says: 'Their seats are worth nothing. Let it run on, or give them other seats.',
          href,
          link: 'Let it run on',
        }
      : { tone: '', title: 'Not in force on this day', says: 'Nobody is aboard.', href: '', link: '' }
  }
  const extension = extensionOf(record)
  if (lastDay !== null && extension) return runOnView(record, { on, lastDay, extension, href })
  return {
    tone: 'good',
    title: 'In force',
    says:
      lastDay === null
        ? 'It has no last day.'
        : `Nobody has a seat after its last day, ${dayInWords(lastDay)}.`,
    href: '',
    link: '',
  }
}

function whatIsMissing({ afterEnd, unsigned }: ContractRecord): string {
  const count = (aboard: readonly { pupil: number }[]) => {
    const pupils = new Set(aboard.map(({ pupil }) => pupil)).size
    return pupils === 1 ? 'One pupil has' : `${pupils} pupils have`
  }
  if (afterEnd.length > 0) return `${count(afterEnd)} a seat and no successor`
  const successors = [...new Set(unsigned.map(({ successor }) => successor))].join(', ')
  return `${count(unsigned)} a successor that nobody has signed, ${successors},`
}

type RunOn = { on: PlainDate; lastDay: PlainDate; extension: Extension; href: string }

function runOnView(record: ContractRecord, { on, lastDay, extension, href }: RunOn) {
  const option = extension.withinOption ? 'which its own option covers' : 'which the operator must agree to'
  const wanted = record.afterEnd.length > 0 ? 'a successor in place' : 'the signature in place'
  return {
    tone: daysBetween(on, lastDay) < 56 ? 'stop' : 'care',
    title: `${whatIsMissing(record)} after its last day, ${dayInWords(lastDay)}`,
    says: `Put ${wanted}, or let it run on until ${dayInWords(extension.lastDay)}, ${option}.`,
    href,
    link: 'Let it run on',
  }
}
