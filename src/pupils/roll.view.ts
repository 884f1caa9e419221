import type { Role } from '#access'
import { dayInWords, timeInWords, wallTimeOf } from '#ground/time.ts'
import { rungs } from '#travel-arrangements'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { type FilterField, filterView } from '#web/filter.ts'
import { type Column, type Listing, tableView } from '#web/listing.ts'
import type { Fields, Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reasonInWords, rungInWords, travelStates, travelStateView } from '#web/travel-state.view.ts'
import type { Leg, RollRow, rollChoices } from '../sitrep/roll-store.ts'
import { viewQuery } from './saved-view.ts'
import type { SavedView } from './saved-view-store.ts'

type Found = {
  own: readonly SavedView[]
  rows: readonly RollRow[]
  count: number
  listing: Listing
  choices: Awaited<ReturnType<typeof rollChoices>>
}

const changers: readonly Role[] = ['transport-officer', 'eligibility-officer', 'manager']
const begins = [
  { text: 'Put a pupil on the register', href: paths.newPupil, roles: changers },
  { text: 'Move a whole year group', href: paths.transfers, roles: [...changers, 'auditor' as const] },
]

/** The list of pupils: the views most people want, the filters, and one row a pupil. */
export function rollView(visit: Visit, { rows, count, listing, choices, own }: Found) {
  const { asAt, query, queryLists } = visit
  const moment = sameMoment(queryLists)
  return {
    title: 'Pupils',
    begins: begins.filter(({ roles }) => roles.some((role) => visit.person.roles.includes(role))),
    errors: asAt.errors,
    asAt: asAtView(asAt, { path: paths.pupils, query }),
    saved: [...commonViews(query, moment), ...ownViews(visit, own, moment)],
    keeping: keepingView(visit),
    filtering: filterView('Search pupils', filterFields(choices), { path: paths.pupils, query, queryLists }),
    list: tableView({
      caption: `Pupils on ${dayInWords(asAt.on)}`,
      columns: columnsFor(moment),
      rows,
      empty: {
        title: 'No pupil matches',
        says: 'Nobody on the register that day answers to all of this.',
        href: withQuery(paths.pupils, moment),
        link: 'Show everyone',
      },
      paged: { path: paths.pupils, query: queryLists, listing, count, noun: ['pupil', 'pupils'] },
    }),
    printed: `Printed ${dayInWords(visit.today)} at ${timeInWords(wallTimeOf(visit.now))}. Destroy after use.`,
  }
}

function columnsFor(moment: ReturnType<typeof sameMoment>): Column<RollRow>[] {
  const way = ({ state, reason }: Leg) => ({ state: travelStateView(state), hint: reasonInWords(reason) })
  return [
    {
      heading: 'Pupil',
      sort: 'name',
      cell: ({ pupil, givenName, familyName, bornOn }) => ({
        text: `${familyName}, ${givenName}`,
        href: withQuery(paths.pupil(pupil), moment),
        hint: `Born ${dayInWords(bornOn)}`,
      }),
    },
    {
      heading: 'School',
      sort: 'school',
      cell: ({ school, schoolId }) =>
        schoolId === null ? { text: 'No school place' } : { text: school ?? `School ${schoolId}` },
    },
    { heading: 'To school', sort: 'state', cell: ({ toSchool }) => way(toSchool) },
    { heading: 'Home', cell: ({ fromSchool }) => way(fromSchool) },
    { heading: 'Area', sort: 'area', cell: ({ area }) => ({ text: area ?? '' }) },
  ]
}

type Moment = ReturnType<typeof sameMoment>

/** The views a person saved by a name. */
function ownViews({ queryLists }: Visit, own: readonly SavedView[], moment: Moment) {
  const asked = viewQuery(withQuery('', queryLists))
  return own.map(({ name, query }) => ({
    text: name,
    current: query === asked,
    href: withQuery(paths.pupils, moment, Object.fromEntries(new URLSearchParams(query))),
  }))
}

/** Where this view is given a name, and where the names are kept; nothing for an auditor, who changes nothing. */
function keepingView({ person, queryLists }: Visit) {
  if (person.roles.every((role) => role === 'auditor')) return false
  const query = viewQuery(withQuery('', queryLists))
  return query === ''
    ? { text: 'Your saved views', href: paths.pupilViews }
    : { text: 'Save this view', href: `${paths.pupilViews}?${query}` }
}

function commonViews(query: Fields, moment: Moment) {
  const state = query['state'] ?? ''
  const views = [
    { text: 'Everyone', state: '' },
    { text: 'Without transport', state: 'without-transport' },
    { text: 'Not yet confirmed', state: 'provisional' },
    { text: 'Temporary vehicle', state: 'temporary' },
    { text: 'Decision pending', state: 'eligibility-pending' },
  ]
  return views.map((view) => ({
    text: view.text,
    current: view.state === state,
    href: withQuery(paths.pupils, moment, { state: view.state }),
  }))
}

function filterFields({ schools, areas }: Found['choices']): FilterField[] {
  const states = travelStates.map((state) => ({ value: state, text: travelStateView(state).text }))
  return [
    { kind: 'search', name: 'q', label: 'Name or number' },
    {
      kind: 'choice',
      name: 'state',
      label: 'Travel',
      any: 'Any state',
      options: [{ value: 'without-transport', text: 'Without transport' }, ...states],
    },
    {
      kind: 'choice',
      name: 'missing',
      label: 'Missing step',
      any: 'Any step',
      options: rungs.map(({ rung }) => ({ value: rung, text: rungInWords(rung).name })),
    },
    {
      kind: 'choice',
      name: 'way',
      label: 'Way',
      any: 'Either way',
      options: [
        { value: 'to-school', text: 'To school' },
        { value: 'from-school', text: 'Home' },
      ],
    },
    {
      kind: 'choice',
      name: 'school',
      label: 'School',
      any: 'Any school',
      options: schools.map(({ id, name }) => ({ value: String(id), text: name })),
    },
    {
      kind: 'choice',
      name: 'area',
      label: 'Area',
      any: 'Any area',
      options: areas.map((area) => ({ value: area, text: area })),
    },
  ]
}
