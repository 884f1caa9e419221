/** Ways that no pupil’s walk is measured along: those that are marked, and how to find another by name or on the map. */
import type { Role } from '#access'
import { schoolPlaces } from '#distances/road-build-store'
import { unsafeWaysFrom } from '#distances/unsafe-way-store'
import { everyRole, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { WhichFootways } from './answers/footways.ts'
import type { Place } from './answers/travel-times.ts'
import { markers, ownRoads } from './unsafe-way.page.ts'
import { foundTable, foundView, markedTable, unsafeMap } from './unsafe-ways.view.ts'
import { waysBySchool } from './ways-by-school.ts'

export const unsafeWaysPage: Page = {
  path: paths.unsafeWays,
  allow: everyRole,

  async get(visit) {
    const { sql, today, query, person } = visit
    const [marked, roads, schools] = await Promise.all([
      unsafeWaysFrom(sql, today),
      ownRoads(visit),
      schoolPlaces(sql, today),
    ])
    const shapes = (await roads?.footways({ ways: marked.map(({ way }) => way) })) ?? []
    const mayMark = person.roles.some((role) => (markers as readonly Role[]).includes(role))
    const school = schools.find((one) => one.school === query['school'])
    const asked = askedFor(query, school?.place)
    const found = waysBySchool(asked && roads ? await roads.footways(asked) : [], school ? [school] : schools)
    const view = {
      title: 'Unsafe roads',
      errors: [],
      name: query['name'] ?? '',
      schools: [
        { value: '', text: 'Anywhere' },
        ...schools.map((one) => ({ value: one.school, text: one.school, selected: one === school })),
      ],
      hasRoads: roads !== undefined,
      mayMark,
      marked: markedTable(marked, { today, known: roads && new Set(shapes.map(({ way }) => way)) }),
      found: asked && foundView(found, asked),
      list: found.length > 0 && foundTable(found, mayMark),
      map:
        roads &&
        unsafeMap({
          pressed: asked && 'near' in asked ? asked.near : undefined,
          marked: shapes,
          found,
          schools,
          mayMark,
        }),
    }
    return show('roads/unsafe-ways.njk', view)
  },
}

/** No walk longer than three miles is asked of a child (Education Act 1996, s.444(5)). */
const WALK_METRES = 4828

/** `?name=mill`, in walking distance of a school if one is chosen; or `?near=52.25,-2.5`. */
function askedFor({ name = '', near = '' }: Visit['query'], school?: Place): WhichFootways | undefined {
  const [latitude = 0, longitude = 0] = /^-?[\d.]+,-?[\d.]+$/.test(near) ? near.split(',').map(Number) : []
  if (near !== '' && Number.isFinite(latitude) && Number.isFinite(longitude))
    return { near: { latitude, longitude } }
  if (name.trim() === '') return undefined
  return { named: name.trim(), ...(school && { within: { of: school, metres: WALK_METRES } }) }
}
