/** What is asked of whoever brings a plan up to date: who has left it, and where each who came or changed is to ride. */
import type { PupilId } from '#ground/ids.ts'
import { inPounds } from '#ground/money.ts'
import { daysInWords, everySchoolDay } from '#ground/pattern.ts'
import type { Result } from '#ground/result.ts'
import { timeInWords } from '#ground/time.ts'
import type { Question } from '#web/question.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { Change } from '../by-hand/change-store.ts'
import { changeInWords, lockedInWords } from '../by-hand/change-words.view.ts'
import type { FoundPlan } from '../found/found-plan.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { RideAsked } from '../translation/question.ts'
import { reasonInWords } from '../translation/unplaced.view.ts'
import type { ToBringUp } from './bring-up-store.ts'
import { goneFrom } from './brought-up.ts'
import type { NotPlaced, Offer, Placed, Placing } from './placing.ts'

/** The field in which the place of a ride is chosen: the same whatever else the register learns meanwhile. */
export const fieldOfRide = ({ pupil, direction, days }: RideAsked): string =>
  `place-${pupil}-${direction}-${days}`

export const notBroughtInWords = {
  taken: 'That place is not to be had beside what is chosen before it. Select another',
  unanswered: 'Select where they ride. The register may have learned of them since this page was opened',
  nothing: 'It is up to date: nobody has left the plan and nobody is to be given a place.',
  rules: 'Without those who left, what remains of it breaks a rule. Look for a plan anew.',
  notToBring:
    'The roads it was found by are not in use any more, or what was asked was not kept. Look for a plan anew.',
}

type Shown = {
  plan: FoundPlan
  toBring: ToBringUp | undefined
  placed: Result<Placed, NotPlaced> | undefined
  names: ReadonlyMap<PupilId, string>
  /** What was made of this plan since. */
  since: Change | undefined
}

/** The questions of the form and what is said before them. */
export function bringUpForm({ plan, toBring, placed, names, since }: Shown): {
  says: string[]
  questions: Question[]
  standing: Record<string, string>
} {
  const name = (pupil: Placing['about']['pupil']) => names.get(pupil) ?? `Pupil ${pupil}`
  const nothingAsked = (says: string) => ({ says: [says], questions: [], standing: {} })
  if (since)
    return nothingAsked(`${changeInWords(since, name)} Plan ${since.plan} came of it: go on from that.`)
  if (!toBring) return nothingAsked(notBroughtInWords.notToBring)
  if (toBring.lock)
    return nothingAsked(`${lockedInWords(toBring.lock)} Somebody aboard has left: unlock it first.`)
  if (!placed?.ok) return nothingAsked(notBroughtInWords.rules)
  const { carried, frozen } = toBring
  const gone = goneFrom(plan, carried, frozen.question).map(name)
  const { placings } = placed.value
  if (carried.lost.length === 0 && placings.length === 0) return nothingAsked(notBroughtInWords.nothing)
  return {
    says: [
      'Everybody who rides as before keeps their place. Prices and rules stay those it was found with. It becomes another plan, refereed anew, which schools are asked about again.',
      gone.length > 0 ? `Off their runs, their stops with them: ${gone.join(', ')}.` : 'Nobody has left it.',
      placings.length > 0
        ? `${counted(placings.length, 'ride')} to be given a place. What is chosen for one may be in the way of the next.`
        : 'Nobody is to be given a place.',
    ],
    questions: [
      ...placings.map((one) => questionOf(one, name(one.about.pupil))),
      { ask: 'lines', rows: 2, name: 'why', label: 'Why?', hint: 'It stays on record under your name' },
    ],
    standing: Object.fromEntries(placings.map(({ about, chosen }) => [fieldOfRide(about), chosen])),
  }
}

function questionOf({ about, offers, reasons }: Placing, name: string): Question {
  const days = about.days === everySchoolDay ? '' : `, ${daysInWords(about.days)}`
  return {
    ask: 'one',
    name: fieldOfRide(about),
    label: `${name}, ${directionInWords(about.direction).toLowerCase()}${days}`,
    options: [
      ...offers.map(offerOption),
      {
        value: 'none',
        text: 'No place in this plan',
        hint:
          reasons.length > 0
            ? reasons.map((reason) => reasonInWords(reason, about)).join(' ')
            : 'They stay on the list of those without a place',
      },
    ],
  }
}

function offerOption({ wish, kind, pickUp, dropOff, minutes, othersMoved, added }: Offer) {
  const others =
    othersMoved === 0 ? 'nobody else at another time' : `${counted(othersMoved, 'other')} at another time`
  return {
    value: wish,
    text: wish === 'new' ? `A vehicle of its own: ${kind}` : `${wish}, ${kind}`,
    hint: `${timeInWords(pickUp)} to ${timeInWords(dropOff)}, ${counted(minutes, 'minute')} aboard; ${others}; ${inPounds(added)} a day more`,
  }
}
