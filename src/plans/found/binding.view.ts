/** What limits a run, in words: each rule once, with how much of it is left where least is. */
import { timeInWords } from '#ground/time.ts'
import type { Binding, BindingRule } from '#optimiser'
import { counted } from '../scenario/scenario.view.ts'
import type { RideAsked } from '../translation/question.ts'
import { fromWhere } from '../translation/unplaced.view.ts'

export type BindingLine = { rule: string; spare: string; isTight: boolean; requests: readonly number[] }

/** Windows as wide as these are nobody’s rule: they only keep the search from the middle of the night. */
const nobodysRule: Record<1 | 2, readonly BindingRule[]> = {
  1: ['pickup-opens', 'pickup-closes'],
  2: ['dropoff-opens', 'dropoff-closes'],
}

/** One line a rule, the tightest first. */
export function bindingLines(
  bindings: readonly Binding[],
  { direction, rides }: { direction: 1 | 2; rides: readonly RideAsked[] },
): BindingLine[] {
  const seen = new Set<string>()
  return bindings.flatMap((binding) => {
    const { rule, kind = 0, requests } = binding
    const name = `${rule} ${kind}`
    const isNone = rule === 'room' ? binding.limit === 0 : rule === 'assistants' && isUnlimited(binding)
    if (seen.has(name) || isNone || nobodysRule[direction].includes(rule)) return []
    seen.add(name)
    const line = lineOf(binding, rides[requests[0] ?? -1])
    return [{ ...line, requests, isTight: binding.slack <= tightBelow(binding) }]
  })
}

/** A pupil takes a tenth of an assistant or more, unless the council lets any number share one. */
const isUnlimited = ({ slack, limit }: Binding): boolean => slack > 0.9 * limit

/** With less than two minutes, or nothing of anything else, there is no room for another. */
const tightBelow = ({ rule }: Binding): number => (isOfTime(rule) ? 120 : 0)
const isOfTime = (rule: BindingRule) => !['room', 'assistants', 'at-most-others', 'kept-apart'].includes(rule)

function lineOf(
  { rule, slack, limit, kind }: Binding,
  ride: RideAsked | undefined,
): { rule: string; spare: string } {
  const spare = minutes(slack)
  const bell = ride ? timeInWords(ride.bell) : 'the bell'
  switch (rule) {
    case 'longest-ride':
      return {
        rule: `A ride of at most ${minutes(limit)}${ride ? `, ${fromWhere[ride.limitFrom]}` : ''}`,
        spare,
      }
    case 'dropoff-opens':
      return { rule: `At school no sooner than ${minutes(limit)} before the bell`, spare }
    case 'dropoff-closes':
      return { rule: `At school by the bell at ${bell}`, spare }
    case 'pickup-opens':
      return { rule: `Fetched no sooner than the bell at ${bell}`, spare }
    case 'pickup-closes':
      return { rule: `Fetched at most ${minutes(limit)} after the bell`, spare }
    case 'longest-shift':
      return { rule: `A run of at most ${minutes(limit)}`, spare }
    case 'vehicle-starts':
    case 'vehicle-ends':
      return { rule: 'The hours in which the vehicle is to be had', spare }
    case 'room':
      return kind === 1
        ? { rule: `${counted(limit, 'wheelchair place')}`, spare: counted(slack, 'place') }
        : { rule: `${counted(limit, 'seat')}, assistants seated too`, spare: counted(slack, 'seat') }
    case 'assistants':
      return { rule: 'Pupils to a passenger assistant', spare: `${Math.floor((100 * slack) / limit)} of 100` }
    case 'at-most-others':
      return limit === 0
        ? { rule: 'Travels alone', spare: 'nobody' }
        : { rule: `With at most ${counted(limit, 'other')} aboard`, spare: counted(slack, 'other') }
    case 'kept-apart':
      return { rule: 'Kept apart: never aboard at the same time', spare: 'nothing' }
  }
}

const minutes = (time: number) => counted(Math.floor(time / 60), 'minute')
