/** Puts networks and ways into words. */
import { inMiles } from '#ground/distance.ts'
import type { BuildReport } from './answers/build-roads.ts'
import type { Drive, NoAnswer, Path, Walk } from './answers/travel-times.ts'

/** What became of an extract. */
export function builtInWords(built: BuildReport, file: string): string {
  const { islands, islandCount, oneWayTraps, turnBans, cutWays } = built
  const told = islands
    .slice(0, 10)
    .map(({ name, kilometres, latitude, longitude }) =>
      [
        `  ${name || 'a road without a name'}, ${kilometres} km`,
        `at ${latitude.toFixed(4)},${longitude.toFixed(4)}`,
      ].join(' '),
    )
  return [
    `Network ${built.network} from ${built.extract} is in ${file}.`,
    `${number(built.roads)} stretches of road, ${number(built.kilometres)} km; ${number(built.footways)} stretches to walk.`,
    `${number(turnBans.followed)} turn restrictions are obeyed; ${number(turnBans.notFollowed)} could not be read.`,
    `${number(oneWayTraps.roads)} stretches (${oneWayTraps.kilometres} km) lead in or out but not both, and are left out.`,
    ...(cutWays > 0
      ? [
          `${number(cutWays)} ways name points the extract does not hold or puts outside the United Kingdom, and were cut there.`,
        ]
      : []),
    `${number(islandCount)} islands are joined to no other road, and are left out${told.length > 0 ? '. The largest:' : '.'}`,
    ...told,
  ].join('\n')
}

const number = (n: number) => n.toLocaleString('en-GB')

const SIDES = {
  left: 'The place is on the left: nobody crosses.',
  right: 'The place is on the right: a child must cross the road.',
  'on-the-road': 'The place is on the road itself.',
  'not-known': 'On which side of the road the place lies is not known.',
}

/** A way driven. */
export function pathInWords(path: Path, { vehicle, at }: Drive): string {
  const minutes = Math.round(path.seconds / 60)
  return [
    `${minutes} ${minutes === 1 ? 'minute' : 'minutes'}, ${inMiles(path.metres)}, by ${vehicle}, ${at.replace('-', ' ')}${path.how === 'estimated' ? ' (estimated)' : ''}.`,
    SIDES[path.arrivesOn],
    ...roadsInWords(path),
  ].join('\n')
}

/** A way walked. */
export const walkInWords = (walk: Walk): string =>
  [
    `${inMiles(walk.metres)} (${number(walk.metres)} metres) on foot${walk.how === 'estimated' ? ' (estimated)' : ''}.`,
    ...roadsInWords(walk),
  ].join('\n')

const roadsInWords = ({ roads }: Pick<Path, 'roads'>) =>
  roads.map(({ name, metres }) => `  ${name || 'a road without a name'}, ${number(metres)} m`)

/** Why a network was not put into use: it lies somewhere else than the schools of the council. */
export function elsewhereInWords({ extract, middle }: BuildReport, schools: number): string {
  const around = `latitude ${middle.latitude.toFixed(2)}, longitude ${middle.longitude.toFixed(2)}`
  return `${extract} lies around ${around}, and no school on the register (of ${number(schools)} that are placed) is near any of its roads. Give an extract of your own county, or check where the schools are placed.`
}

/** Why there is no answer, and what to do. */
export function noAnswerInWords(refusal: NoAnswer): string {
  switch (refusal.because) {
    case 'too-far-from-any-road': {
      const { latitude, longitude } = refusal.place
      return `${latitude},${longitude} is more than ${number(refusal.limit)} metres from any road of the network. Check the place, or build the network from an extract that covers it.`
    }
    case 'no-way':
      return 'There is no way from one to the other. Check both places on the map.'
    case 'not-offered':
      return 'This source of travel times cannot tell. Build a network of your own: firstbell roads build FILE.osm.pbf'
  }
}
