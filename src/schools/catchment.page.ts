/** Where the pupils of a school live: on a map, and in a list with how far each goes. */
import { distancesToSchool } from '#distances/store'
import { readId } from '#ground/ids.ts'
import { earlierOf } from '#ground/time.ts'
import { pupilNames } from '#pupils/name-store'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { notFound, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { catchmentMap, catchmentTable } from './catchment.view.ts'
import { schoolAsAt } from './store.ts'

export const catchmentPage: Page = {
  path: '/schools/:schoolId/catchment',
  // A commissioner buys runs: where children live is not theirs to see.
  allow: ['transport-officer', 'eligibility-officer', 'manager', 'auditor'],

  async get({ sql, params, asAt, now, path, query, queryLists }) {
    const school = readId<'School'>(params['schoolId'])
    const cut = { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) }
    const record = school && (await schoolAsAt(sql, school, cut))
    if (!record) return notFound
    const distances = await distancesToSchool(sql, record.school, cut)
    const pupils = distances.map(({ pupil }) => pupil)
    const names = await pupilNames(sql, pupils, cut)
    const moment = sameMoment(queryLists)
    const view = {
      title: `Where pupils of ${record.name} live`,
      errors: asAt.errors,
      back: withQuery(paths.school(record.school), moment),
      school: record.name,
      asAt: asAtView(asAt, { path, query }),
      map: catchmentMap(distances, { school: record.name, names }),
      list: catchmentTable(distances, { names, moment }),
    }
    return show('schools/catchment.njk', view, { pupils })
  },
}
