/** The journeys behind a figure of the impact report: whose, and what each was and becomes. */
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { daysInWords, everySchoolDay } from '#ground/pattern.ts'
import { timeInWords } from '#ground/time.ts'
import { filterView } from '#web/filter.ts'
import { type Listing, tableView } from '#web/listing.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { Ride } from '../baseline/journey.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Comparison } from './comparison.ts'
import { measures } from './impact.ts'
import type { ImpactShown } from './impact.view.ts'
import type { ImpactChoice } from './impact-choice.ts'
import { dimensionInWords, groupInWords, measureInWords, spreadInWords } from './impact-words.view.ts'

export type Names = ReadonlyMap<PupilId, string>

export const journeySorts = ['name', 'minutes', 'longer', 'pick-up'] as const

type Asked = { names: Names; search: string; by: string; descending: boolean }

/** Journeys whose pupil's name has what was searched for, in the order asked for; what cannot be ordered comes last. */
export function listJourneys(journeys: readonly Comparison[], { names, search, by, descending }: Asked) {
  const wanted = search.toLocaleLowerCase('en-GB')
  const nameOf = ({ pupil }: Comparison) => names.get(pupil) ?? ''
  const found = journeys.filter((one) => nameOf(one).toLocaleLowerCase('en-GB').includes(wanted))
  if (by === 'name') {
    const order = new Intl.Collator('en-GB')
    const sorted = found.toSorted((a, b) => order.compare(nameOf(a), nameOf(b)))
    return descending ? sorted.reverse() : sorted
  }
  const value = {
    minutes: ({ after }: Comparison) => after?.ridden,
    longer: ({ change }: Comparison) => change?.longer,
    'pick-up': ({ after }: Comparison) => after && Number(after.startsAt.replace(':', '')),
  }[by]
  const sign = descending ? -1 : 1
  const lastly = Number.POSITIVE_INFINITY
  const key = (one: Comparison) => {
    const n = value?.(one)
    return n === undefined || n === null ? lastly : sign * n
  }
  return found
    .map((one) => ({ one, at: key(one) }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ one }) => one)
}

type Found = {
  shown: ImpactShown
  choice: ImpactChoice
  names: Names
  rows: readonly Comparison[]
  journeys: readonly Comparison[]
  listing: Listing
}

/** What plans/impact/impact-pupils.njk shows. */
export function impactPupilsView(visit: Visit, { shown, choice, names, rows, journeys, listing }: Found) {
  const { path, query, queryLists } = visit
  const { scenario, kept, report } = shown
  const { limits } = report.impact
  const pupils = new Set(journeys.map(({ pupil }) => pupil)).size
  return {
    title: titleOf(choice, shown),
    caption: `${counted(pupils, 'pupil')}, ${counted(journeys.length, 'journey')}`,
    back: paths.impact(scenario.id, kept.id),
    filtering: filterView(
      'Journeys',
      [
        { kind: 'search', name: 'q', label: 'Pupil' },
        {
          kind: 'choice',
          name: 'measure',
          label: 'What it does',
          any: 'Anything',
          options: measures.map((value) => ({ value, text: measureInWords(value, limits) })),
        },
      ],
      { path, query, queryLists },
    ),
    journeys: tableView<Comparison>({
      caption: 'Journeys before and after',
      captionHidden: true,
      columns: [
        {
          heading: 'Pupil',
          sort: 'name',
          cell: ({ pupil, direction, days }) => ({
            text: names.get(pupil) ?? `Pupil ${pupil}`,
            href: paths.pupil(pupil),
            hint: [directionInWords(direction), ...(days === everySchoolDay ? [] : [daysInWords(days)])].join(
              ', ',
            ),
          }),
        },
        {
          heading: 'Minutes',
          sort: 'minutes',
          cell: (one) => rideCell(one, (ride) => `${toMinutes(ride.ridden)}${estimate(ride)}`),
        },
        { heading: 'Longer', sort: 'longer', numeric: true, cell: longerCell },
        {
          heading: 'Picked up',
          sort: 'pick-up',
          cell: (one) => rideCell(one, ({ startsAt }) => timeInWords(startsAt)),
        },
        {
          heading: 'Miles',
          cell: (one) =>
            rideCell(one, (ride) =>
              ride.length === null
                ? 'Not known'
                : `${inMiles(ride.length).replace(' miles', '')}${estimate(ride)}`,
            ),
        },
        { heading: 'Vehicle', cell: (one) => rideCell(one, ({ vehicleType }) => vehicleType ?? 'Not known') },
        { heading: 'Crew', cell: (one) => rideCell(one, crewOf) },
        { heading: 'Rides with', cell: (one) => withCell(one, names) },
      ],
      rows,
      paged: { path, query: queryLists, listing, count: journeys.length, noun: ['journey', 'journeys'] },
      empty: { title: 'No journey is counted here', says: 'Choose something else.' },
    }),
  }
}

function titleOf({ measure, group, step }: ImpactChoice, { report }: ImpactShown): string {
  const said = [
    ...(measure ? [measureInWords(measure, report.impact.limits)] : []),
    ...(group ? [`${dimensionInWords[group.dimension]}: ${groupInWords(group.name)}`] : []),
    ...(step
      ? [
          `${spreadInWords[step.spread].title}: ${step.label}, ${step.side === 'before' ? 'today' : 'in the plan'}`,
        ]
      : []),
  ]
  return said.join('; ') || 'Every journey, before and after'
}

/** What a journey becomes, and what it was beneath. Nothing on one side is said. */
function rideCell({ before, after }: Comparison, told: (ride: Ride) => string) {
  const was = before ? told(before) : undefined
  const becomes = after ? told(after) : 'No place'
  return {
    text: becomes,
    hint: was === undefined ? 'No baseline' : was === becomes ? 'as today' : `was ${was}`,
  }
}

const estimate = ({ estimated }: Ride): string => (estimated ? ' (estimated)' : '')

const longerCell = ({ change }: Comparison) => ({
  text:
    change === null ? '–' : toMinutes(change.longer).toLocaleString('en-GB', { signDisplay: 'exceptZero' }),
})

const crewOf = ({ crew }: Ride) => crew.map(({ name }) => name).join(', ') || 'Not named yet'

function withCell({ after, change }: Comparison, names: Names) {
  if (!after) return { text: 'No place' }
  const named = (pupils: readonly PupilId[]) =>
    pupils.map((pupil) => names.get(pupil) ?? `Pupil ${pupil}`).join(', ')
  const news = change && [
    ...(change.joinedBy.length > 0 ? [`New: ${named(change.joinedBy)}`] : []),
    ...(change.leftBy.length > 0 ? [`No longer: ${named(change.leftBy)}`] : []),
  ]
  return {
    text: after.companions.length === 0 ? 'Nobody' : counted(after.companions.length, 'pupil'),
    hint: news?.join('. ') ?? '',
  }
}
