/** The network of roads in use: of what it was made, when and for whom, what was left out, and what is being built. */
import type { Role } from '#access'
import { outdatedRoads } from '#adapters/roads/kept-roads.ts'
import { buildOfNetwork, lastBuilds } from '#distances/road-build-store'
import { speedsOn } from '#distances/speed-store'
import { everyRole, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { BuildReport } from './answers/build-roads.ts'
import { builders } from './build.page.ts'
import { buildsTable, islandsTable, networkRows, standingView } from './network.view.ts'

const BUILDS_SHOWN = 10

export const roadsPage: Page = {
  path: paths.roads,
  allow: everyRole,

  async get(visit) {
    const { sql, person, folder } = visit
    const [report, builds, speeds] = await Promise.all([
      reportOf(visit),
      lastBuilds(sql, BUILDS_SHOWN),
      speedsOn(sql, visit.today),
    ])
    const outdated = report || folder === undefined ? undefined : outdatedRoads(folder)
    const build = report && (await buildOfNetwork(sql, report.network))
    const mayBuild = person.roles.some((role) => (builders as readonly Role[]).includes(role))
    const view = {
      title: 'Roads',
      errors: [],
      build: mayBuild && paths.roadsBuild,
      standing: standingView({ report, outdated, build, last: builds[0], mayBuild, speeds, now: visit.now }),
      rows: report ? networkRows(report, build) : [],
      islands: report && report.islandCount > 0 && islandsTable(report),
      builds: buildsTable(builds),
    }
    return show('roads/roads.njk', view)
  },
}

async function reportOf({ roads }: Visit): Promise<BuildReport | undefined> {
  const open = await roads()
  return open && 'report' in open ? open.report : undefined
}
