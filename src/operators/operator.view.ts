/** One operator in words: whose checks have run out, or soon will, before anything else. */
import { addDays, dayInWords, type PlainDate } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import type { Lists } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { checkInWords } from './check.ts'
import type { HeldCheck, OperatorRecord } from './store.ts'

/** Days before an expiry from which it is worth a telephone call: the twenty of scenario 27. */
const SOON = 20

const standings: Readonly<Record<string, string>> = {
  admitted: 'Admitted',
  suspended: 'Suspended',
  left: 'Left',
}
export const standingInWords = (standing: string): string => standings[standing] ?? standing

type Asked = { on: PlainDate; moment: Lists }

/** The view of an operator's page. */
export function operatorView(record: OperatorRecord, { on, moment }: Asked) {
  const people = [
    ...record.crew.map(({ name, post, onRoad, checks }) => ({
      name,
      is: post.replace('-', ' '),
      onRoad,
      checks,
    })),
    ...record.vehicles.map(({ registration, type, onRoad, checks }) => ({
      name: registration,
      is: type,
      onRoad,
      checks,
    })),
  ].map((one) => ({ ...one, ...standingOf(one.checks, on) }))
  return {
    title: record.name,
    caption: standingInWords(record.standing),
    next: nextView(
      record,
      people.filter(({ onRoad }) => onRoad),
    ),
    rows: [
      { key: 'Telephone', text: record.phone ?? 'Not known', lines: [] },
      { key: 'Email', text: record.email ?? 'Not known', lines: [] },
      { key: 'Company number', text: record.companyNumber ?? 'Not known', lines: [] },
      {
        key: 'Vehicles',
        text: `${record.vehicles.length} known`,
        lines: [],
        hint: record.vehiclesDeclared === null ? '' : `${record.vehiclesDeclared} declared`,
      },
    ],
    contracts: record.contracts.map(({ contract, reference, lastDay, routes }) => ({
      reference,
      routes,
      href: withQuery(paths.contract(contract), moment),
      lastDay: lastDay === null ? 'No end' : dayInWords(lastDay),
    })),
    routes: record.routes.map(({ route, code, school }) => ({
      code,
      school: school ?? '',
      href: withQuery(paths.route(route), moment),
    })),
    people: peopleTable(
      'Crew and vehicles on the road',
      people.filter(({ onRoad }) => onRoad),
      on,
    ),
    idle: peopleTable(
      'Not on the road',
      people.filter(({ onRoad }) => !onRoad),
      on,
    ),
  }
}

type Person = { name: string; is: string; onRoad: boolean; checks: readonly HeldCheck[]; rank: number }

const worstFirst = (a: Person, b: Person) => a.rank - b.rank || a.name.localeCompare(b.name)

const peopleTable = (caption: string, people: readonly Person[], on: PlainDate) =>
  tableView<Person>({
    caption,
    columns: [
      { heading: 'Who or what', cell: ({ name, is }) => ({ text: name, hint: is }) },
      {
        heading: 'Checks',
        cell: ({ checks }) => ({
          lines:
            checks.length === 0
              ? [{ text: 'None seen', strong: true }]
              : checks.map((one) => checkView(one, on)),
        }),
      },
    ],
    rows: people.toSorted(worstFirst),
    empty: {
      title: 'Nobody is on the road',
      says: 'No run under a contract in force has a driver, an assistant or a vehicle of this operator.',
    },
  })

function standingOf(checks: readonly HeldCheck[], on: PlainDate) {
  const gone = checks.filter(({ held }) => !held)
  const soon = checks.filter(
    ({ held, expiresOn }) => held && expiresOn !== null && expiresOn <= addDays(on, SOON),
  )
  if (gone.length > 0) return { rank: 0, standing: 'stop' }
  if (soon.length > 0) return { rank: 1, standing: 'care' }
  return { rank: 2, standing: 'good' }
}

function checkView({ kind, expiresOn, held }: HeldCheck, on: PlainDate) {
  const says = expiresOn === null ? 'no end' : `${held ? 'until' : 'ended'} ${dayInWords(expiresOn)}`
  return {
    text: `${checkInWords(kind)}: ${says}`,
    strong: !held || (expiresOn !== null && expiresOn <= addDays(on, SOON)),
  }
}

function nextView(
  { standing, routes }: OperatorRecord,
  people: readonly { name: string; standing: string }[],
) {
  const gone = people.filter((one) => one.standing === 'stop').map(({ name }) => name)
  const soon = people.filter((one) => one.standing === 'care').map(({ name }) => name)
  if (standing === 'suspended')
    return {
      tone: 'stop',
      title: 'Suspended',
      says: `Nobody on its ${routes.length} routes is confirmed while it is.`,
    }
  if (gone.length > 0)
    return {
      tone: 'stop',
      title: `A check has run out: ${gone.slice(0, 4).join(', ')}`,
      says: 'Nobody on their runs is confirmed until it is renewed and seen.',
    }
  if (soon.length > 0)
    return {
      tone: 'care',
      title: `A check runs out within ${SOON} days: ${soon.slice(0, 4).join(', ')}`,
      says: 'Ask for the new certificate now.',
    }
  return { tone: 'good', title: 'Every check is in force', says: 'None runs out in the next three weeks.' }
}
