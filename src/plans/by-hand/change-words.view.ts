/** What was done to a plan by hand, and what forbids it, in sentences. */
import type { PupilId } from '#ground/ids.ts'
import { momentInWords } from '#ground/time.ts'
import type { Rule } from '#optimiser'
import { vehicleName } from '../translation/runs-of.ts'
import type { Change, Done, NotKept } from './change-store.ts'
import type { Lock } from './lock.ts'

type NameOf = (pupil: PupilId) => string

/** `Helen Marsh moved Amara Osei from V1 to V3 to school on …: “why”.` */
export const changeInWords = (change: Change, name: NameOf): string =>
  `${change.by} ${doneInWords(change, name)} on ${momentInWords(change.at)}: “${change.why}”.`

/** `moved Amara Osei from V1 to V3 to school`: what somebody did, as the middle of a sentence. */
export function doneInWords({ kind, pupils, direction, from, to, offer }: Done, name: NameOf): string {
  const who = pupils.map(name).join(', ')
  const way = direction ? ` ${wayInWords(direction)}` : ''
  const at = vehicleName(from ?? 0)
  const joined = `${vehicleName(to ?? from ?? 0)}${offer ? ` (${offer})` : ''}`
  switch (kind) {
    case 'move':
      return `moved ${who} from ${at} to ${joined}${way}`
    case 'split':
      return `split ${at}${way}: ${who} now on ${joined}`
    case 'merge':
      return `merged ${at} into ${joined}${way}: ${who}`
    case 'reverse':
      return `reversed ${at}${way}`
    case 'vehicle':
      return `made ${at} a vehicle of another kind: ${offer}`
    case 'undo':
      return from === null ? 'took back what brought it up to date' : `took back the change of ${at}`
    case 'up-to-date':
      return `brought it up to date with the register${who ? `: ${who}` : ''}`
  }
}

/** `Helen Marsh locked V1 to school on …: “why”.` */
export const lockedInWords = ({ by, vehicle, direction, at, why }: Lock): string =>
  `${by} locked ${vehicleName(vehicle)} ${wayInWords(direction)} on ${momentInWords(at)}: “${why}”.`

/** Why a change of a plan is not kept. */
export const notKeptInWords = (plan: number, refusal: NotKept): string =>
  'lock' in refusal
    ? `${lockedInWords(refusal.lock)} Unlock it first`
    : `Plan ${plan} has been changed since. Look at what became of it`

export const wayInWords = (direction: 1 | 2): string => (direction === 1 ? 'to school' : 'from school')

/** What a change would break, as the end of a sentence. Rules that no change can break are not here. */
export const ruleInWords: Partial<Record<Rule, string>> = {
  'no-layout-has-the-room': 'there are not enough seats or wheelchair places',
  'too-many-others-aboard': 'somebody would have more company than they may',
  'kept-apart': 'two pupils who are kept apart would be aboard together',
  'another-school-aboard': 'pupils of two schools would share, which this scenario does not allow',
  'no-way': 'no road leads there',
  'window-missed': 'somebody would be late for the bell, or at school too early',
  'ride-too-long': 'somebody would ride longer than they may',
  'shift-too-long': 'the run would be longer than a run may be',
  'times-cannot-all-be-kept': 'not every time could be kept',
  'more-vehicles-than-there-are': 'no vehicle of that kind is left',
  parted: 'brothers and sisters of one home and school would ride apart',
}
