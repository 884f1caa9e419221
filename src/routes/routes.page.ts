/** Routes: the list, one route with its runs, and the sheet a crew drives by. */
import { readId } from '#ground/ids.ts'
import { dayInWords, earlierOf } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { everyRole, notFound, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { registerListPage } from '#web/register-list.ts'
import { type RouteRow, routeSorts, routesAsAt } from './list-store.ts'
import { routeView } from './route.view.ts'
import { runsAsAt } from './run-store.ts'

export const routesPage = registerListPage<RouteRow>({
  path: paths.routes,
  title: 'Routes',
  allow: everyRole,
  sorts: routeSorts,
  first: 'code',
  searchLabel: 'Route, school, operator or contract',
  filters: [
    {
      kind: 'choice',
      name: 'aboard',
      label: 'Aboard',
      any: 'Any',
      options: [
        { value: 'nobody', text: 'Nobody: ghost routes' },
        { value: 'stranded', text: 'Pupils, and no contract in force' },
      ],
    },
  ],
  noun: ['route', 'routes'],
  columns: (moment) => [
    {
      heading: 'Route',
      sort: 'code',
      cell: ({ route, code, name }) => ({
        text: code,
        href: withQuery(paths.route(route), moment),
        hint: name ?? '',
      }),
    },
    {
      heading: 'School',
      sort: 'school',
      cell: ({ school, schoolId }) =>
        schoolId === null
          ? { text: 'Any' }
          : { text: school ?? '', href: withQuery(paths.school(schoolId), moment) },
    },
    {
      heading: 'Operator',
      sort: 'operator',
      cell: ({ operator, vehicleType }) => ({
        text: operator ?? 'None',
        hint: vehicleType ?? 'Not planned on this day',
      }),
    },
    {
      heading: 'Contract',
      sort: 'ends',
      cell: ({ contract, reference, lastDay, inForce }) => ({
        text: reference ?? '',
        href: withQuery(paths.contract(contract), moment),
        hint:
          lastDay === null
            ? 'No end'
            : `${inForce ? 'Last day' : 'Not in force: ended'} ${dayInWords(lastDay)}`,
      }),
    },
    { heading: 'Pupils', sort: 'pupils', cell: ({ pupils }) => ({ text: pupils, numeric: true }) },
  ],
  find: ({ sql }, question, asAt) => routesAsAt(sql, asAt, question),
})

export const routePage: Page = {
  path: '/routes/:routeId',
  allow: ['transport-officer', 'eligibility-officer', 'commissioner', 'manager', 'auditor'],

  async get(visit) {
    const { sql, asAt, now, params, path, query } = visit
    const route = readId<'Route'>(params['routeId'])
    const runs = route
      ? await runsAsAt(sql, { route }, { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) })
      : []
    const [first] = runs
    if (!first) return notFound
    const mayChange =
      visit.person.roles.some((role) => ['transport-officer', 'commissioner', 'manager'].includes(role)) &&
      !asAt.chosen
    const view = {
      ...routeView(runs, { mayChange, moment: sameMoment(visit.queryLists) }),
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
    }
    return show('routes/route.njk', view, {
      pupils: runs.flatMap(({ riders }) => riders.map(({ pupil }) => pupil)),
    })
  },
}
