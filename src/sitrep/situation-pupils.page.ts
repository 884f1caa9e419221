/** The pupils behind a figure of the situation report, by name, on the same day and cut. */

import { earlierOf } from '#ground/time.ts'
import { directions, type TravelState, travelStates, withoutTransport } from '#travel-arrangements'
import { asAtView } from '#web/as-at.ts'
import { filterView } from '#web/filter.ts'
import { readListing, tableView } from '#web/listing.ts'
import { everyRole, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords, reasonInWords, rungInWords, travelStateView } from '#web/travel-state.view.ts'
import { type Leg, legsAsAt } from './store.ts'

export const situationPupilsPage: Page = {
  path: paths.situationPupils,
  allow: everyRole,

  async get({ sql, asAt, now, path, query, queryLists }) {
    const states = statesNamed(query['state'])
    const knownAt = earlierOf(asAt.knownAt, now)
    const found = await legsAsAt(sql, { on: asAt.on, knownAt }, states)
    const direction = directions.find(({ name }) => name === query['direction'])?.direction
    const legs = direction === undefined ? found : found.filter((leg) => leg.direction === direction)
    const listing = readListing(query, { sorts: ['name'], first: 'name' })
    const rows = legs.slice(listing.offset, listing.offset + listing.limit)
    const count = new Set(legs.map(({ pupil }) => pupil)).size
    return show(
      'sitrep/situation-pupils.njk',
      {
        title: 'Pupils in the situation report',
        errors: asAt.errors,
        asAt: asAtView(asAt, { path, query }),
        choice: filterView('Choose pupils', fields, { path, query, queryLists }),
        pupils: tableView({
          caption: `${count.toLocaleString('en-GB')} ${count === 1 ? 'pupil' : 'pupils'}`,
          columns,
          rows,
          paged: { path, query: queryLists, listing, count: legs.length, noun: ['journey', 'journeys'] },
          empty: {
            title: 'No pupil is in this state',
            says: 'On this day, on what was known at this moment.',
          },
        }),
      },
      { pupils: rows.map(({ pupil }) => pupil) },
    )
  },
}

const WITHOUT = 'without-transport'

function statesNamed(name: string | undefined): readonly TravelState[] | undefined {
  if (name === WITHOUT) return withoutTransport
  const one = travelStates.find(({ state }) => state === name)
  return one && [one.state]
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
    any: 'Either',
    options: directions.map(({ direction, name }) => ({ value: name, text: directionInWords(direction) })),
  },
] as const

const columns = [
  { heading: 'Pupil', cell: ({ pupil, name }: Leg) => ({ text: name, href: paths.pupil(pupil) }) },
  { heading: 'Direction', cell: ({ direction }: Leg) => ({ text: directionInWords(direction) }) },
  {
    heading: 'State',
    cell: ({ state, reason, missing }: Leg) => ({
      state: travelStateView(state),
      hint:
        missing.length > 0
          ? missing.map((rung) => rungInWords(rung).missing).join('. ')
          : reasonInWords(reason),
    }),
  },
  { heading: 'School', cell: ({ school }: Leg) => ({ text: school ?? 'No school' }) },
  { heading: 'Area', cell: ({ area }: Leg) => ({ text: area ?? 'Not known' }) },
]
