/** A network of roads in words: what it was made of, what became of the extract, and what builds came to. */
import type { Outdated } from '#adapters/roads/kept-roads.ts'
import { isUnderWay, NEVER_FINISHED } from '#distances'
import type { RoadBuild } from '#distances/road-build-store'
import { dayInWords, type Instant, momentInWords, plainDate } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { BuildReport } from './answers/build-roads.ts'
import { ROAD_FILE_VERSION } from './network/road-file.ts'
import type { SpeedTable } from './network/speed-table.ts'

type Standing = {
  report: BuildReport | undefined
  /** Where there is a network that cannot be read, since another version of Firstbell wrote it. */
  outdated: Outdated | undefined
  /** The build that put the network in use there. */
  build: RoadBuild | undefined
  last: RoadBuild | undefined
  mayBuild: boolean
  /** The table that holds today. */
  speeds: SpeedTable
  now: Instant
}

/** What somebody should know first: that a network is being built, that the last could not be, what is in use, or nothing. */
export function standingView(standing: Standing) {
  const { last, report } = standing
  if (last && isUnderWay(last, standing.now)) return beingBuilt(last, standing)
  if (last?.endedAt === null) return notBuilt({ ...last, failure: NEVER_FINISHED }, standing)
  if (last?.state === 'failed') return notBuilt(last, standing)
  if (standing.outdated) return ofAnotherVersion(standing.outdated, standing)
  if (!report) return nothingBuilt(standing)
  return JSON.stringify(report.settings.speeds) === JSON.stringify(standing.speeds)
    ? inUse(report, standing.build)
    : builtBefore(report, standing)
}

const beingBuilt = (last: RoadBuild, standing: Standing) => ({
  tone: '',
  title: `A network is being built of ${last.extract}`,
  says: [
    progressInWords(last),
    ...meanwhile(standing, (extract) => `Until it is whole, that of ${extract} answers.`),
  ].join(' '),
  href: paths.roads,
  link: 'See how far it is now',
})

const notBuilt = ({ extract, failure }: RoadBuild, standing: Standing) => ({
  tone: 'stop',
  title: `No network could be built of ${extract}`,
  says: [failure, ...meanwhile(standing, (extract) => `That of ${extract} stays in use.`)].join(' '),
  ...(standing.mayBuild && { href: paths.roadsBuild, link: 'Build from another extract' }),
})

/** What answers while there is no new network: the one in use, as `kept` says it; else estimates. */
function meanwhile({ report, outdated }: Standing, kept: (extract: string) => string): string[] {
  if (outdated) return [WRITTEN_BY_ANOTHER, UNTIL_THEN]
  return report ? [kept(report.extract)] : []
}

const WRITTEN_BY_ANOTHER =
  'The network there is was written by another version of Firstbell and cannot be read.'
const UNTIL_THEN =
  'Until it is built again, what was measured stays, and everything else is estimated by a straight line and says so.'

const ofAnotherVersion = ({ extract, isHere }: Outdated, { mayBuild }: Standing) => ({
  tone: 'stop',
  title: 'The network of roads must be built again',
  says: [
    WRITTEN_BY_ANOTHER,
    isHere
      ? `The extract it was made of, ${extract}, is here: build it again.`
      : `The extract it was made of${extract && `, ${extract},`} is not here: send it, or another of the county.`,
    UNTIL_THEN,
  ].join(' '),
  ...(mayBuild && { href: paths.roadsBuild, link: 'Build it again' }),
})

const nothingBuilt = ({ mayBuild }: Standing) => ({
  tone: 'stop',
  title: 'There is no network of roads',
  says: 'Every distance is estimated by a straight line, and says so. A network is built from an OpenStreetMap extract of the county.',
  ...(mayBuild && { href: paths.roadsBuild, link: 'Build a network' }),
})

const builtBefore = ({ extract, settings }: BuildReport, { speeds, mayBuild }: Standing) => ({
  tone: 'stop',
  title: 'The speeds have changed since the network was built',
  says: `That of ${extract} was built with the table of ${dayInWords(plainDate(settings.speeds.since))}; another holds today, of ${dayInWords(plainDate(speeds.since))}. Build it again for the change to count.`,
  ...(mayBuild && { href: paths.roadsBuild, link: 'Build it again' }),
})

function inUse({ extract }: BuildReport, build: RoadBuild | undefined) {
  const far = build?.farSchools ?? []
  if (far.length > 0)
    return {
      tone: 'stop',
      title: `${far.length === 1 ? 'One school is' : `${number(far.length)} schools are`} too far from any road`,
      says: `${far.slice(0, 10).join(', ')}${far.length > 10 ? ' and others' : ''}: correct where they are placed, or build from an extract that covers them.`,
    }
  return {
    tone: 'good',
    title: `The roads of ${extract} are in use`,
    says: build
      ? `Put into use by ${build.by}, ${momentInWords(build.endedAt ?? build.askedAt)}.`
      : 'Who put them into use was not recorded.',
  }
}

function progressInWords({ state, doing, done }: RoadBuild): string {
  return state === 'waiting' ? 'It waits for a worker.' : `${doing}, ${Math.round(done * 100)}%.`
}

/** The network in use, a row for each thing to know of it. */
export function networkRows(report: BuildReport, build: RoadBuild | undefined) {
  const { settings, turnBans, oneWayTraps, cutWays } = report
  const row = (key: string, text: string, hint = '') => ({ key, text, lines: [], hint })
  return [
    row('Extract', report.extract, `SHA-256 ${report.input.match(/.{16}/g)?.join(' ')}`),
    row('Network', report.network, `Of its extract and settings. File version ${ROAD_FILE_VERSION}`),
    ...(build ? [row('Put into use', momentInWords(build.endedAt ?? build.askedAt), build.by)] : []),
    row(
      'Lies around',
      `latitude ${report.middle.latitude.toFixed(3)}, longitude ${report.middle.longitude.toFixed(3)}`,
    ),
    row('Roads', `${number(report.kilometres)} km in ${number(report.roads)} stretches`),
    row('Ways on foot', `${number(report.footways)} stretches`),
    row(
      'Turn restrictions',
      settings.turns ? `${number(turnBans.followed)} are obeyed` : 'Not obeyed: it was built without turns',
      turnBans.notFollowed > 0 ? `${number(turnBans.notFollowed)} could not be read` : '',
    ),
    row('Speeds', `Table of ${dayInWords(plainDate(settings.speeds.since))}`),
    row(
      'Ready for',
      settings.drives.map(({ vehicle, at }) => `${vehicle}, ${at.replace('-', ' ')}`).join('; '),
    ),
    row(
      'Left out',
      `${number(oneWayTraps.roads)} stretches (${oneWayTraps.kilometres} km)`,
      'They lead in or out but not both',
    ),
    ...(cutWays > 0
      ? [
          row(
            'Cut',
            `${number(cutWays)} ways`,
            'They name points the extract does not hold, or puts outside the United Kingdom',
          ),
        ]
      : []),
  ]
}

/** Roads that no road joins to the rest. */
export function islandsTable({ islands, islandCount }: BuildReport) {
  const all = islandCount === 1 ? 'One island' : `${number(islandCount)} islands`
  return tableView<BuildReport['islands'][number]>({
    caption: `${all}: roads joined to no other, and left out${islandCount > islands.length ? `. The largest ${islands.length}` : ''}`,
    columns: [
      { heading: 'Island', cell: ({ name }) => ({ text: name || 'A road without a name' }) },
      { heading: 'Length', numeric: true, cell: ({ kilometres }) => ({ text: `${kilometres} km` }) },
      { heading: 'Stretches', numeric: true, cell: ({ roads }) => ({ text: number(roads) }) },
      {
        heading: 'Where',
        cell: ({ latitude, longitude }) => ({ text: `${latitude.toFixed(4)}, ${longitude.toFixed(4)}` }),
      },
    ],
    rows: islands,
    empty: { title: 'No islands', says: '' },
  })
}

/** What was asked for last, and what became of it. */
export function buildsTable(builds: readonly RoadBuild[]) {
  return tableView<RoadBuild>({
    caption: 'Networks asked for',
    columns: [
      { heading: 'When', cell: ({ askedAt, by }) => ({ text: momentInWords(askedAt), hint: by }) },
      { heading: 'Extract', cell: ({ extract }) => ({ text: extract }) },
      { heading: 'What became of it', cell: (build) => ({ text: outcomeInWords(build) }) },
    ],
    rows: builds,
    empty: {
      title: 'Nobody has asked for a network yet',
      says: 'An OpenStreetMap extract of the county is all it takes.',
    },
  })
}

function outcomeInWords(build: RoadBuild): string {
  switch (build.state) {
    case 'built':
      return `Network ${build.network}, from ${momentInWords(build.endedAt ?? build.askedAt)}`
    case 'failed':
      return build.failure ?? ''
    default:
      return progressInWords(build)
  }
}

const number = (n: number) => n.toLocaleString('en-GB')
