/** The list behind a figure, in words: who, where their travel stands each way, and why. */
import type { Table } from '#adapters/files/write-file.ts'
import { directions, travelStates } from '#travel-arrangements'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { filterView } from '#web/filter.ts'
import { type Column, type Listing, tableView } from '#web/listing.ts'
import type { Lists, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, reasonInWords, rungInWords, travelStateView } from '#web/travel-state.view.ts'
import { type Choice, WITHOUT } from './choice.ts'
import type { PupilDay } from './figures.ts'
import type { Listed } from './listed-store.ts'

type Found = { rows: readonly Listed[]; listed: number; listing: Listing; choice: Choice }

/** What sitrep/situation-pupils.njk shows. */
export function situationPupilsView(visit: Visit, { rows, listed, listing, choice }: Found) {
  const { path, query, queryLists, asAt } = visit
  const caption = `${listed.toLocaleString('en-GB')} ${listed === 1 ? 'pupil' : 'pupils'}`
  return {
    title: titleOf(choice),
    errors: asAt.errors,
    asAt: asAtView(asAt, { path, query }),
    back: withQuery(paths.today, sameMoment(queryLists)),
    choice: filterView('Choose pupils', fields, { path, query, queryLists }),
    csv: withQuery(path, queryLists, { as: 'csv', page: undefined }),
    pupils: tableView({
      caption,
      columns: columnsFor(choice, sameMoment(queryLists)),
      rows,
      paged: { path, query: queryLists, listing, count: listed, noun: ['pupil', 'pupils'] },
      empty: { title: 'No pupil is counted here', says: 'On this day, on what was known at this moment.' },
    }),
  }
}

const titles = {
  joiners: 'Joined the register without transport',
  lost: 'Lost their transport',
  placed: 'Placed since',
  leavers: 'Left the register',
} as const

function titleOf(choice: Choice): string {
  const { moved, contact, waiting, missed, cohort } = choice
  if (moved) return titles[moved]
  if (contact) return 'Families nobody has verified lately'
  if (waiting) return `Without transport for ${waiting} school days or more`
  if (missed) return 'Pupils who have missed education'
  if (cohort)
    return `${cohort.name}: ${{ members: 'the cohort', joiners: 'joined since', left: 'left' }[cohort.part]}`
  return dayTitleOf(choice)
}

function dayTitleOf({ missing, reached, state }: Choice): string {
  if (missing) return missing === 'allocated' ? 'Pupils on no run' : rungInWords(missing).missing
  if (reached) return `Up to: ${reached === 'allocated' ? 'allocated to a run' : rungInWords(reached).name}`
  if (state === WITHOUT) return 'Pupils without transport'
  return state ? travelStateView(state).text : 'Pupils in the situation report'
}

const fields = [
  {
    kind: 'choice',
    name: 'state',
    label: 'State',
    any: 'Any state',
    options: [
      { value: WITHOUT, text: 'Without transport' },
      ...travelStates.map(({ state }) => ({ value: state, text: travelStateView(state).text })),
    ],
  },
  {
    kind: 'choice',
    name: 'direction',
    label: 'Direction',
    any: 'The worse of both',
    options: directions.map(({ direction, name }) => ({ value: name, text: directionInWords(direction) })),
  },
] as const

function columnsFor(choice: Choice, moment: Lists): Column<Listed>[] {
  const days = choice.waiting ? 'School days waiting' : choice.missed ? 'School days missed' : undefined
  return [
    {
      heading: 'Pupil',
      cell: ({ pupil, name }) => ({ text: name, href: withQuery(paths.pupil(pupil), moment) }),
    },
    ...(days ? [{ heading: days, numeric: true, cell: ({ days }: Listed) => ({ text: days ?? 0 }) }] : []),
    { heading: 'To school', cell: ({ day }) => wayCell(day, 0) },
    { heading: 'Home', cell: ({ day }) => wayCell(day, 1) },
    { heading: 'Area', cell: ({ day }) => ({ text: day?.area ?? '' }) },
  ]
}

function wayCell(day: PupilDay | undefined, way: 0 | 1) {
  if (!day) return { text: 'Not on the register' }
  const state = way === 0 ? day.toSchool : day.fromSchool
  return { state: travelStateView(state), hint: whyInWords(day, way) }
}

function whyInWords(day: PupilDay, way: 0 | 1): string {
  const state = way === 0 ? day.toSchool : day.fromSchool
  return state === 'provisional'
    ? day.missing.map((rung) => rungInWords(rung).missing).join('. ')
    : reasonInWords(day.reasons[way])
}

/** The same list as a file. */
export function situationPupilsTable(listed: readonly Listed[]): Table {
  return {
    name: 'Pupils',
    headings: ['Pupil number', 'Name', 'To school', 'Why', 'Home', 'Why', 'Area', 'School days'],
    rows: listed.map(({ pupil, name, day, days }) => [
      String(pupil),
      name,
      day ? travelStateView(day.toSchool).text : 'Not on the register',
      day ? whyInWords(day, 0) : '',
      day ? travelStateView(day.fromSchool).text : '',
      day ? whyInWords(day, 1) : '',
      day?.area ?? '',
      days === undefined ? '' : String(days),
    ]),
  }
}
