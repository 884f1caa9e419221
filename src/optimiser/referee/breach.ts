/** What a plan may do wrong: the rule, where, and by how much. */
export type Breach = {
  readonly rule: Rule
  /** Positions in `Plan.vehicles`, sessions and days, where the breach is of one of them. */
  readonly vehicle?: number
  readonly session?: number
  readonly day?: number
  readonly requests?: readonly number[]
  readonly found?: number
  readonly allowed?: number
}

export type Rule =
  | 'unknown-fleet'
  | 'unknown-call'
  | 'called-twice'
  | 'wrong-session'
  | 'dropped-off-before-picked-up'
  | 'never-dropped-off'
  | 'more-vehicles-than-there-are'
  | 'no-layout-has-the-room'
  | 'too-many-others-aboard'
  | 'kept-apart'
  | 'classes-kept-apart'
  | 'another-school-aboard'
  | 'parted'
  | 'no-way'
  | 'window-missed'
  | 'ride-too-long'
  | 'shift-too-long'
  | 'times-cannot-all-be-kept'
  | 'present-vehicle-twice'
  | 'present-vehicle-of-another-fleet'
  | 'frozen-vehicle-changed'
  | 'frozen-request-moved'

const sentences: Record<Rule, string> = {
  'unknown-fleet': 'is of a fleet that does not exist',
  'unknown-call': 'makes a call that is nobody’s',
  'called-twice': 'makes a call that has been made already',
  'wrong-session': 'carries somebody in another session than theirs',
  'dropped-off-before-picked-up': 'drops somebody off who is not aboard',
  'never-dropped-off': 'ends with somebody aboard',
  'more-vehicles-than-there-are': 'more vehicles of one fleet than there are',
  'no-layout-has-the-room': 'no layout has the room for the most that is aboard',
  'too-many-others-aboard': 'more others aboard than somebody may travel with',
  'kept-apart': 'two aboard who must be kept apart',
  'classes-kept-apart': 'two aboard whose classes must be kept apart',
  'another-school-aboard': 'somebody of another school aboard with a pupil who may not meet them',
  parted: 'requests that must share a vehicle are on several',
  'no-way': 'there is no way from one call to the next',
  'window-missed': 'a window cannot be kept',
  'ride-too-long': 'a longest ride cannot be kept',
  'shift-too-long': 'the longest shift cannot be kept',
  'times-cannot-all-be-kept': 'each limit could be kept alone, but no times keep all of them',
  'present-vehicle-twice': 'two vehicles of the plan are one vehicle of today',
  'present-vehicle-of-another-fleet': 'a vehicle of today is given to another fleet',
  'frozen-vehicle-changed': 'a frozen vehicle no longer makes its runs as they were',
  'frozen-request-moved': 'a frozen request is on another vehicle',
}

/** The breach as a sentence: where, what, whom, and the number found beside the number allowed. */
export function breachInWords({ rule, vehicle, session, day, requests, found, allowed }: Breach): string {
  const where = [
    vehicle === undefined ? [] : `vehicle ${vehicle}`,
    session === undefined ? [] : `session ${session}`,
    day === undefined ? [] : `day ${day}`,
  ].flat()
  const who = requests === undefined ? '' : ` (request ${requests.join(' and ')})`
  const much = found === undefined ? '' : `: ${found} found`
  const most = allowed === undefined ? '' : `, ${allowed} allowed`
  const place = where.length > 0 ? `${where.join(', ')}: ` : ''
  return `${place}${sentences[rule]}${who}${much}${most}`
}
