/** How far a pupil lives from school, with how it was measured. */
import type { Found } from '#distances'
import type { SchoolDistance } from '#distances/store'
import { inMiles, metres } from '#ground/distance.ts'
import { daysInWords, daysOfHalfDays, everySchoolHalfDay, type HalfDayPattern } from '#ground/pattern.ts'
import type { PupilRecord } from './pupil-store.ts'

type Row = { key: string; text: string; lines: readonly string[]; hint: string }

/** The drive and the walk to each school; without any, why it is not known. */
export function distanceRows(
  { homes, placements, registered }: PupilRecord,
  distances: readonly SchoolDistance[],
): Row[] {
  if (distances.length > 0) return distances.flatMap((one) => rowsOf(one, distances.length > 1))
  if (!registered || placements.length === 0) return []
  const isPlaced = homes.some(({ latitude }) => latitude !== null)
  return [
    {
      key: 'Not measured',
      text: isPlaced
        ? 'Not yet: it is measured within minutes'
        : 'Nobody has said where on the map the home is',
      lines: [],
      hint: isPlaced
        ? 'If this stays, nobody has said where on the map the school is'
        : 'Give the home its postcode or its latitude and longitude',
    },
  ]
}

function rowsOf(distance: SchoolDistance, isOneOfSeveral: boolean): Row[] {
  const { drive, driveMetres, driveSeconds, walk, walkMetres, avoids } = distance
  const when =
    isOneOfSeveral && distance.pattern !== everySchoolHalfDay
      ? daysInWords(daysOfHalfDays(distance.pattern as HalfDayPattern))
      : ''
  return [
    {
      key: 'By road',
      text:
        driveMetres === null
          ? without[drive]
          : `${minutesInWords(driveSeconds ?? 0)}, ${inMiles(metres(driveMetres))}${estimated(drive)}`,
      lines: [],
      hint: sentence(['Direct, by taxi in the school morning', when, sourceOf(drive, distance)]),
    },
    {
      key: 'On foot',
      text:
        walkMetres === null
          ? without[walk]
          : `${inMiles(metres(walkMetres))} (${walkMetres.toLocaleString('en-GB')} metres)${estimated(walk)}`,
      lines: [],
      hint: sentence([
        walk === 'measured' ? 'The shortest walk' : '',
        avoids.length > 0 ? 'keeping clear of roads marked unsafe' : '',
        when,
        sourceOf(walk, distance),
      ]),
    },
  ]
}

const without: Readonly<Record<Found, string>> = {
  measured: '',
  estimated: '',
  'too-far-from-any-road': 'Home or school is too far from any road: check where they are on the map',
  'no-way': 'There is no way from home to school',
}

const estimated = (found: Found): string => (found === 'estimated' ? ' (estimated)' : '')

const sourceOf = (found: Found, { network, extract }: SchoolDistance): string =>
  found === 'estimated'
    ? 'estimated from a straight line, as no network of roads was built'
    : `by network ${network}${extract ? ` of ${extract}` : ''}`

function minutesInWords(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  return minutes === 1 ? '1 minute' : `${minutes} minutes`
}

const sentence = (parts: readonly string[]): string => {
  const said = parts.filter(Boolean).join(', ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}
