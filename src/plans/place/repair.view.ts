/** A network mended after a loss, as its page tells it: who has no place first, then who rides where. */
import { inPounds, pence } from '#ground/money.ts'
import { daysInWords } from '#ground/pattern.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { counted } from '../scenario/scenario.view.ts'
import { reasonInWords } from '../translation/unplaced.view.ts'
import { lookedAtInWords } from './place.view.ts'
import type { MendedSchool } from './repair-store.ts'
import { pupilsOf, type Rehomed } from './repairing.ts'

type About = {
  /** What is lost, as people call it. */
  name: string
  from: PlainDate
  /** Why nothing can be said; empty where something can. */
  says: string
}

/** What plans/place/repair.njk shows. */
export function repairView(schools: readonly MendedSchool[], { name, from, says }: About) {
  return {
    title: `If ${name} were lost`,
    caption: `From ${dayInWords(from)}, with fewest other pupils moved`,
    next: says === '' ? outcome(schools, name) : { tone: 'stop', title: 'Nothing can be said yet', says },
    schools: schools.map((one) => ({
      name: one.name,
      lost: ridesTable('Pupils of what is lost', one, { those: one.mended.lost, from }),
      moved:
        one.mended.moved.length > 0 &&
        ridesTable('Other pupils who would change vehicle', one, { those: one.mended.moved, from }),
      looked: lookedAtInWords(one.mended),
    })),
  }
}

function outcome(schools: readonly MendedSchool[], name: string) {
  if (schools.length === 0)
    return {
      tone: 'good',
      title: 'No route to a school would be lost',
      says: `${name} drives nobody to school on this day.`,
    }
  const all = (kind: 'lost' | 'moved') => schools.flatMap(({ mended }) => mended[kind])
  const without = pupilsOf(all('lost').filter((one) => 'reasons' in one)).size
  const added = pence(schools.reduce((sum, { mended }) => sum + mended.added, 0))
  const moved = counted(pupilsOf(all('moved')).size, 'other pupil')
  return {
    tone: without > 0 ? 'stop' : 'good',
    title: without > 0 ? `${counted(without, 'pupil')} would have no place` : 'Everybody has a place',
    says: `${counted(pupilsOf(all('lost')).size, 'pupil')} would have to be carried otherwise, and ${moved} would change vehicle. It would cost ${inPounds(added)} a day more, with what hardship counts. Nothing is recorded: give each pupil their place on their own page.`,
  }
}

type Rides = { those: readonly Rehomed[]; from: PlainDate }

/** Whoever has no place stands first. */
const ridesTable = (caption: string, { names }: MendedSchool, { those, from }: Rides) =>
  tableView<Rehomed>({
    caption,
    columns: [
      {
        heading: 'Pupil',
        cell: ({ ride }) => ({
          text: names.get(ride.pupil) ?? `Pupil ${ride.pupil}`,
          href: withQuery(paths.pupilPlaces(ride.pupil), {}, { from }),
        }),
      },
      {
        heading: 'Journey',
        cell: ({ ride }) => ({ text: directionInWords(ride.direction), hint: daysInWords(ride.days) }),
      },
      { heading: 'Could ride on', cell: placeCell },
    ],
    rows: [...those.filter((one) => 'reasons' in one), ...those.filter((one) => !('reasons' in one))],
    empty: { title: 'Nobody rides on it', says: 'Nobody would be left behind.' },
  })

function placeCell(one: Rehomed) {
  if ('on' in one) return { text: one.on.code, href: paths.route(one.on.route), hint: one.on.operator }
  if ('hired' in one) return { text: `A new run, ${one.hired}` }
  return { text: 'No place', hint: one.reasons.map((reason) => reasonInWords(reason, one.ride)).join(' ') }
}
