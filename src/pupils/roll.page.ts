/** The list of pupils with where their travel stands: searched, filtered, sorted and paged, all of it in the URL. */
import { readId } from '#ground/ids.ts'
import { withoutTransport } from '#travel-arrangements'
import { readListing } from '#web/listing.ts'
import { everyRole, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { rollAsAt, rollChoices, rollSorts } from '../sitrep/roll-store.ts'
import { rollView } from './roll.view.ts'
import { savedViewsOf } from './saved-view-store.ts'

export const rollPage: Page = {
  path: paths.pupils,
  allow: everyRole,

  async get(visit) {
    const { sql, asAt, query, person } = visit
    const listing = readListing(query, { sorts: rollSorts, first: 'name' })
    const question = { ...asked(visit), ...listing }
    const [found, choices] = [await rollAsAt(sql, asAt, question), await rollChoices(sql, asAt)]
    return show(
      'pupils/roll.njk',
      rollView(visit, { ...found, listing, choices, own: await savedViewsOf(sql, person.id) }),
      {
        pupils: found.rows.map(({ pupil }) => pupil),
      },
    )
  },
}

function asked({ query }: Visit) {
  const { q = '', state = '', way = '', missing, school, area } = query
  return {
    search: q,
    states: state === 'without-transport' ? withoutTransport : state === '' ? [] : [state],
    direction: way === 'to-school' ? 1 : way === 'from-school' ? 2 : undefined,
    missing: missing === '' ? undefined : missing,
    school: readId<'School'>(school),
    area: area === '' ? undefined : area,
  } as const
}
