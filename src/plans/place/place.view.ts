/** Where one pupil could ride, in words. */
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { daysInWords } from '#ground/pattern.ts'
import { timeInWords } from '#ground/time.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { counted, policyRefusedInWords } from '../scenario/scenario.view.ts'
import { reasonInWords } from '../translation/unplaced.view.ts'
import type { Mended, Places } from './find-places.ts'
import type { NotPlaced } from './place-store.ts'
import type { Companion, PlaceOnRoute, Placing } from './places.ts'
import type { NotJudged } from './present-plan.ts'
import { pupilsOf, type Rehomed } from './repairing.ts'

type Names = ReadonlyMap<PupilId, string>

/** Why nothing can be said, and what to do. */
export function notPlacedInWords(refusal: NotPlaced): string {
  switch (refusal.because) {
    case 'need-not-be-carried':
      return 'Need not be carried on that day: not eligible, without a school by day, or travelling by other means.'
    case 'home-has-no-point':
      return 'The home has no point on the map. Put the address right first.'
    case 'school-not-known':
      return `${refusal.name} has no ${refusal.what === 'no-bells' ? 'bell times' : 'entrance with a point on the map'}. Record it first.`
    case 'policy':
      return policyRefusedInWords(refusal.refusal)
  }
}

const notJudged: Record<NotJudged['because'], string> = {
  'runs-differ-by-day': 'its runs differ from day to day',
  'rider-without-a-stop': 'somebody aboard has no stop of their own in its plan',
  'rider-unknown': 'somebody aboard goes to another school, or has no point on the map',
  'times-cannot-be-kept': 'by road it cannot be on time as it is',
}

/** `OAK-7: its runs differ from day to day`. */
const notJudgedInWords = ({ route, because }: NotJudged): string => `${route.code}: ${notJudged[because]}`

/** `£4.20 a day more for 2.00 miles`, or that the contract does not say. */
function variationInWords({ variation, further, moreAssistants }: PlaceOnRoute): string {
  const miles = `${inMiles(further)} more`
  const money = variation === null ? 'the contract names no price for a mile' : `${inPounds(variation)} a day`
  const helped = moreAssistants > 0 ? `, and ${counted(moreAssistants, 'assistant')} more` : ''
  return `${miles}, ${money}${helped}`
}

/** `5 minutes longer`, `1 minute shorter`. */
export const longerInWords = (minutes: number): string =>
  `${counted(Math.abs(minutes), 'minute')} ${minutes > 0 ? 'longer' : 'shorter'}`

/** What becomes of one companion; nothing where it is less than a minute. */
function companionInWords({ pupil, before, after, longer }: Companion, names: Names): string | undefined {
  const minutes = Math.round(longer / 60)
  if (minutes === 0 && before === after) return undefined
  const ride = minutes === 0 ? '' : `, a ride ${longerInWords(minutes)}`
  const name = names.get(pupil) ?? `pupil ${pupil}`
  return `${name}: ${before === after ? 'the same time' : `${timeInWords(before)} becomes ${timeInWords(after)}`}${ride}`
}

/** Everybody whose day a place changes. */
export const companionsInWords = ({ companions }: PlaceOnRoute, names: Names): string[] =>
  companions.flatMap((one) => companionInWords(one, names) ?? [])

/** `Or a run of its own: Taxi, £102.00 a day`; that there is no other way; or why there is none at all. */
export function newRunInWords({ places, newRun, reasons, ride }: Placing): string {
  const lead = places.length === 0 ? 'No place in today’s network. A' : 'Or a'
  if (newRun) return `${lead} new run: ${newRun.offer}, ${inPounds(newRun.cost)} a day.`
  if (places.length > 0) return 'No vehicle on offer could make a run of their own.'
  return `No new run: ${reasons.map((reason) => reasonInWords(reason, ride)).join(' ')}`
}

/** What `firstbell plan place` prints. */
export function placesInWords(places: Places, names: Names): string {
  return [
    ...places.placings.flatMap((placing) => [
      `${rideInWords(placing)}:`,
      ...placing.places.flatMap((place, i) => placeLines(place, { rank: i + 1, names })),
      `  ${newRunInWords(placing)}`,
    ]),
    lookedAtInWords(places),
  ].join('\n')
}

/** `8:02am to 8:40am, 33 minutes. 1.20 miles more, £2.40 a day`. */
export const placeInWords = (place: PlaceOnRoute): string =>
  `${timeInWords(place.startsAt)} to ${timeInWords(place.endsAt)}, ${toMinutes(place.ridden)} minutes. ${variationInWords(place)}`

/** `To school, Monday to Friday`. */
export const rideInWords = ({ ride }: Placing): string =>
  `${directionInWords(ride.direction)}, ${daysInWords(ride.days)}`

/** How much of the network was looked at, and what not. */
export function lookedAtInWords({ judged, notJudged: left, estimated }: Omit<Places, 'placings'>): string {
  const those = left.map(notJudgedInWords).join('; ')
  return [
    `${counted(judged, 'route')} to the school looked at.`,
    ...(left.length > 0 ? [`Not looked at: ${those}.`] : []),
    ...(estimated ? ['Every time is estimated by a straight line, not measured along roads.'] : []),
  ].join(' ')
}

function placeLines(place: PlaceOnRoute, { rank, names }: { rank: number; names: Names }): string[] {
  const others = companionsInWords(place, names)
  return [
    `  ${rank}. ${place.route.code}, ${place.route.operator}: ${placeInWords(place)}`,
    ...(others.length === 0 ? ['     nobody aboard is moved'] : others.map((one) => `     ${one}`)),
  ]
}

/** What `firstbell plan repair` prints. */
export function repairInWords({ lost, moved, added, ...looked }: Mended, names: Names): string {
  const unplaced = lost.filter((one) => 'reasons' in one)
  return [
    `${counted(pupilsOf(lost).size, 'pupil')} of lost routes; ${counted(pupilsOf(moved).size, 'other pupil')} would change vehicle; ${counted(pupilsOf(unplaced).size, 'pupil')} would have no place.`,
    ...lost.map((one) => `  ${rehomedInWords(one, names)}`),
    ...moved.map((one) => `  moved to make room: ${rehomedInWords(one, names)}`),
    `${inPounds(added)} a day more, with what hardship counts.`,
    lookedAtInWords(looked),
    'Nothing is recorded. Give each their seat on their own page, or with a new run.',
  ].join('\n')
}

function rehomedInWords(one: Rehomed, names: Names): string {
  const { ride } = one
  const who = `${names.get(ride.pupil) ?? `pupil ${ride.pupil}`}, ${directionInWords(ride.direction).toLowerCase()}`
  if ('on' in one) return `${who}: ${one.on.code}, ${one.on.operator}`
  if ('hired' in one) return `${who}: a new run, ${one.hired}`
  return `${who}: no place. ${one.reasons.map((reason) => reasonInWords(reason, ride)).join(' ')}`
}
