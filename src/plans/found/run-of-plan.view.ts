/** A run of a found plan as its page tells it. */
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { inPounds, pence } from '#ground/money.ts'
import { daysInWords } from '#ground/pattern.ts'
import { timeInWords } from '#ground/time.ts'
import type { Binding } from '#optimiser'
import type { RunStop, RunWay } from '#routes'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { legInWords, runMap } from '#web/run-map.view.ts'
import { lockedInWords } from '../by-hand/change-words.view.ts'
import type { Lock } from '../by-hand/lock.ts'
import type { VehicleOffer } from '../policy/policy.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { RideAsked } from '../translation/question.ts'
import type { PlanRider, PlanRun, PlanStop } from '../translation/runs-of.ts'
import { type BindingLine, bindingLines } from './binding.view.ts'
import type { ListedPlan } from './plan-list-store.ts'
import { type Load, loadsOf, mostOf } from './run-load.ts'

type Names = ReadonlyMap<PupilId, string>

/** What limits a run: rules with their room to spare, whom they are about, and which vehicles were on offer. */
export type WhySo = {
  bindings: readonly Binding[]
  rides: readonly RideAsked[]
  offers: readonly VehicleOffer[]
}

type Shown = {
  scenario: Scenario
  plan: ListedPlan
  number: number
  run: PlanRun
  names: Names
  way: RunWay | undefined
  /** What was asked for each rider; nothing for a plan whose question was not kept. */
  rides: readonly RideAsked[] | undefined
  why: WhySo | undefined
  mayPlan: boolean
  /** Whether somebody has locked it. */
  lock: Lock | undefined
}

/** What plans/found/run-of-plan.njk shows. */
export function runOfPlanView({ scenario, plan, number, run, names, way, rides, why, mayPlan, lock }: Shown) {
  const loads = rides && loadsOf(run, rides)
  const name = (pupil: PupilId) => names.get(pupil) ?? `Pupil ${pupil}`
  const here = paths.runOfPlan(scenario.id, plan.id, number)
  const moveHref = (pupil: PupilId) =>
    withQuery(paths.changeRun(here), {}, { kind: 'move', pupil: String(pupil) })
  return {
    title: run.name,
    caption: `Plan ${plan.id}, ${scenario.name}`,
    plan: `Plan ${plan.id}`,
    back: paths.foundPlan(scenario.id, plan.id),
    rows: headRows(run, rides),
    locked: lock && lockedInWords(lock),
    lock:
      mayPlan &&
      plan.goesOn &&
      (lock
        ? { text: 'Unlock it', href: paths.unlockRun(here) }
        : { text: 'Lock it', href: paths.lockRun(here) }),
    change: mayPlan && !lock && plan.goesOn && paths.changeRun(here),
    map: runMap({ code: run.name, stops: stopsToDrive(run) }, way),
    stops: stopsTable(run, { name, way, loads }),
    riders: ridersTable(run, {
      name,
      rides,
      moveHref: mayPlan && plan.goesOn && !lock ? moveHref : undefined,
    }),
    why: why && loads && whyThis(run, { offers: why.offers, most: mostOf(loads) }),
    rules:
      why &&
      rulesTable(bindingLines(why.bindings, { direction: run.direction, rides: why.rides }), { name, why }),
  }
}

/** The stops of a run as a map and the roads take them. */
export const stopsToDrive = ({ stops }: Pick<PlanRun, 'stops'>): RunStop[] =>
  stops.map(({ label, school, at, latitude, longitude }) => ({
    place: label,
    kind: school ? 'school' : 'home',
    at,
    latitude,
    longitude,
  }))

function headRows(run: PlanRun, rides: readonly RideAsked[] | undefined) {
  const [first, last] = [run.stops[0], run.stops.at(-1)]
  const own = run.riders.filter(({ ride }) => rides?.[ride]?.assistant === 'own').length
  const crew = [
    'A driver',
    ...(run.assistants > 0 ? [counted(run.assistants, 'passenger assistant')] : []),
    ...(own > 0 ? [`${counted(own, 'assistant')} for one pupil alone`] : []),
  ]
  return [
    { key: 'Vehicle', text: `${run.offer}, laid out for ${roomInWords(run.layout)}` },
    {
      key: 'When',
      text: `${timeInWords(first?.at ?? ('00:00' as never))} to ${timeInWords(last?.at ?? ('00:00' as never))}, ${toMinutes(run.lasts)} minutes, ${inMiles(run.length)}`,
      hint: daysInWords(run.days),
    },
    { key: 'Crew', text: crew.join(', '), hint: 'Nobody is named before an operator has the run.' },
    { key: 'Pupils', text: String(run.riders.length) },
  ].map((row) => ({ lines: [], ...row }))
}

const roomInWords = ([seats, wheelchairs]: readonly [number, number]): string =>
  wheelchairs > 0
    ? `${counted(seats, 'seat')} and ${counted(wheelchairs, 'wheelchair place')}`
    : counted(seats, 'seat')

type Naming = { name: (pupil: PupilId) => string }

function stopsTable(
  { stops, layout, direction }: PlanRun,
  { name, way, loads }: Naming & { way: RunWay | undefined; loads: readonly Load[] | undefined },
) {
  type Line = PlanStop & { number: number }
  const aboard = (stop: Line) => {
    const load = loads?.[stop.number - 1]
    if (!load) return []
    return [
      { text: `${load.seats} of ${counted(layout[0], 'seat')}` },
      ...(layout[1] > 0
        ? [{ text: `${load.wheelchairs} of ${counted(layout[1], 'wheelchair place')}` }]
        : []),
    ]
  }
  const who = ({ boards, alights }: Line) => [
    ...boards.map((pupil) => ({ text: `${name(pupil)} gets in` })),
    ...alights.map((pupil) => ({ text: `${name(pupil)} gets out` })),
  ]
  return tableView<Line>({
    caption: direction === 1 ? 'Stops to school, in order' : 'Stops from school, in order',
    columns: [
      { heading: 'At', cell: ({ at, number }) => ({ text: timeInWords(at), hint: `Stop ${number}` }) },
      { heading: 'Where', cell: ({ label, number }) => ({ text: label, hint: legInWords(way, number) }) },
      { heading: 'Who', cell: (stop) => ({ lines: who(stop) }) },
      ...(loads ? [{ heading: 'Taken from here on', cell: (stop: Line) => ({ lines: aboard(stop) }) }] : []),
    ],
    rows: stops.map((stop, i) => ({ ...stop, number: i + 1 })),
    empty: { title: 'No stop', says: 'This run calls nowhere.' },
  })
}

function ridersTable(
  { riders }: PlanRun,
  {
    name,
    rides,
    moveHref,
  }: Naming & {
    rides: readonly RideAsked[] | undefined
    moveHref: ((pupil: PupilId) => string) | undefined
  },
) {
  return tableView<PlanRider>({
    caption: 'Who rides, and with whom',
    columns: [
      {
        heading: 'Pupil',
        cell: ({ pupil, ride }) => ({
          text: name(pupil),
          href: paths.pupil(pupil),
          hint: needsInWords(rides?.[ride]),
        }),
      },
      {
        heading: 'In and out',
        cell: ({ startsAt, endsAt }) => ({ text: `${timeInWords(startsAt)} to ${timeInWords(endsAt)}` }),
      },
      {
        heading: 'Minutes',
        numeric: true,
        cell: ({ ridden, ride }) => ({
          text: toMinutes(ridden),
          ...(rides?.[ride] && { hint: `${rides[ride].longestRideMinutes} allowed` }),
        }),
      },
      {
        heading: 'Miles',
        numeric: true,
        cell: ({ length }) => ({ text: inMiles(length).replace(' miles', '') }),
      },
      {
        heading: 'Shares with',
        cell: ({ sharesWith }) => ({ text: sharesWith.map(name).join(', ') || 'Nobody' }),
      },
      ...(moveHref
        ? [
            {
              heading: 'By hand',
              cell: ({ pupil }: PlanRider) => ({ text: `Move ${name(pupil)} to…`, href: moveHref(pupil) }),
            },
          ]
        : []),
    ],
    rows: riders,
    empty: { title: 'Nobody rides', says: 'This run carries nobody.' },
  })
}

const needsInWords = (ride: RideAsked | undefined): string =>
  [
    ride?.wheelchair ? 'in a wheelchair' : '',
    ride?.assistant === 'own' ? 'with an assistant of their own' : '',
    ride?.assistant === 'shared' ? 'needs an assistant aboard' : '',
    ride?.alone ? 'travels alone' : '',
  ]
    .filter(Boolean)
    .join(', ')

/** Which vehicles on offer have the room, and so why it is this one. */
function whyThis(run: PlanRun, { offers, most }: { offers: readonly VehicleOffer[]; most: Load }) {
  const fits = ({ layouts }: VehicleOffer) =>
    layouts.some(([seats, wheelchairs]) => most.seats <= seats && most.wheelchairs <= wheelchairs)
  const needs = roomInWords([most.seats, most.wheelchairs])
  const able = offers.filter(fits).toSorted((a, b) => a.pencePerDay - b.pencePerDay)
  const unable = offers.filter((offer) => !fits(offer)).map(({ name }) => name)
  const isCheapest = able[0]?.name === run.offer
  const priced = able.map(({ name, pencePerDay }) => `${name} (${inPounds(pence(pencePerDay))} a day)`)
  return [
    `At its fullest this run takes ${needs}, assistants seated too.`,
    `${counted(able.length, 'vehicle')} on offer with that room: ${priced.join(', ')}.`,
    isCheapest
      ? 'It is the cheapest with that room.'
      : 'A cheaper one has the room: the vehicle drives another run that needs more, or the cheaper ones are all in use.',
    ...(unable.length > 0 ? [`Too small: ${unable.join(', ')}.`] : []),
  ].join(' ')
}

function rulesTable(lines: readonly BindingLine[], { name, why }: Naming & { why: WhySo }) {
  return tableView<BindingLine>({
    caption: 'What leaves no room, the tightest first',
    columns: [
      { heading: 'Rule', cell: ({ rule, isTight }) => ({ lines: [{ text: rule, strong: isTight }] }) },
      { heading: 'To spare', cell: ({ spare, isTight }) => ({ lines: [{ text: spare, strong: isTight }] }) },
      {
        heading: 'For whom it is tightest',
        cell: ({ requests }) => ({
          text:
            requests
              .flatMap((request) => why.rides[request] ?? [])
              .map(({ pupil }) => name(pupil))
              .join(', ') || 'The vehicle',
        }),
      },
    ],
    rows: lines,
    empty: { title: 'Nothing limits this run', says: 'No rule is near its end.' },
  })
}
