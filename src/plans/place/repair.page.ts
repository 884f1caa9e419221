/** What becomes of everybody when a route or an operator is lost: where each could ride, with fewest others moved. */
import { type OperatorId, type RouteId, readId } from '#ground/ids.ts'
import { addDays, type PlainDate, readPlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { crowFly } from '#roads'
import { fieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { placesPupils } from '../roles.ts'
import { type Lost, nameOfLost } from './network-store.ts'
import { notPlacedInWords } from './place.view.ts'
import { repairView } from './repair.view.ts'
import { mendLost } from './repair-store.ts'

export const repairRoutePage: Page = {
  path: '/routes/:routeId/repair',
  allow: placesPupils,
  async get(visit) {
    const route = readId<'Route'>(visit.params['routeId'])
    return route ? await repairs(visit, { route, operator: undefined }) : notFound
  },
}

export const repairOperatorPage: Page = {
  path: '/operators/:operatorId/repair',
  allow: placesPupils,
  async get(visit) {
    const operator = readId<'Operator'>(visit.params['operatorId'])
    return operator ? await repairs(visit, { route: undefined, operator }) : notFound
  },
}

async function repairs(visit: Visit, lost: Lost): Promise<Reply> {
  const { sql, query, today, now } = visit
  const typed = query['from'] ?? ''
  const day = readPlainDate(typed)
  const from: PlainDate = day ?? addDays(today, 1)
  const cut = { on: from, revision: await revisionKnownAt(sql, now) }
  const name = await nameOfLost(sql, lost, cut)
  if (name === undefined) return notFound
  const roads = await visit.roads()
  const found = await mendLost(sql, lost, { roads: roads ?? crowFly(), estimated: !roads, cut })
  const schools = found.ok ? found.value : []
  const view = {
    ...repairView(schools, { name, from, says: found.ok ? '' : notPlacedInWords(found.refusal) }),
    back: backTo(lost),
    typed: typed || from,
    errors:
      typed !== '' && !day ? [fieldError('from', `"${typed}" is not a day. Enter one like ${from}`)] : [],
  }
  return show('plans/place/repair.njk', view, { pupils: schools.flatMap(({ names }) => [...names.keys()]) })
}

const backTo = ({ route, operator }: Lost): string =>
  route === undefined ? paths.operator(operator as OperatorId) : paths.route(route as RouteId)
