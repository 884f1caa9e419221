/** Everything ever believed about a pupil, in words: what happened, and each fact on both clocks. */
import { dayInWords, momentInWords, type PlainDate } from '#ground/time.ts'
import type { Belief } from '#knowledge/store'
import { directionInWords } from '#web/travel-state.view.ts'

const kinds: Readonly<Record<string, string>> = {
  pupil_registration: 'On the register',
  pupil_particulars: 'Particulars',
  pupil_home: 'Home',
  pupil_carer: 'Carer',
  placement: 'School place',
  pupil_absence: 'Absence',
  travel_need: 'Travel need',
  pupil_pairing: 'Travelling together',
  eligibility: 'Eligibility',
  travel_arrangement: 'Travel',
  travel_consent: 'Consent',
  confirmation: 'Confirmation',
  accepted_gap: 'Accepted gap',
  school_distance: 'Distance to school',
}

type Named = { schools: ReadonlyMap<number, string>; runs: ReadonlyMap<number, string>; maySeeHome: boolean }

/** What a belief says, in a few words. */
export function beliefInWords({ table, fact }: Belief, { schools, runs, maySeeHome }: Named): string {
  const text = (name: string) => (fact[name] === null || fact[name] === undefined ? '' : String(fact[name]))
  const way = () => directionInWords(Number(fact['direction']))
  const says: Record<string, () => string> = {
    pupil_particulars: () => `${text('given_name')} ${text('family_name')}, ${text('primary_need')}`,
    pupil_home: () =>
      fact['protected'] === true && !maySeeHome
        ? 'Protected address'
        : [text('address'), text('postcode')].filter(Boolean).join(', '),
    placement: () =>
      [
        schools.get(Number(fact['school_id'])) ?? `School ${text('school_id')}`,
        text('year_group') && `year ${text('year_group')}`,
      ]
        .filter(Boolean)
        .join(', '),
    pupil_absence: () => text('reason'),
    travel_need: () =>
      [
        text('mobility') === 'wheelchair' ? 'Wheelchair' : 'Seat',
        `assistant: ${text('assistant')}`,
        fact['single_occupancy'] === true ? 'travels alone' : '',
      ]
        .filter(Boolean)
        .join(', '),
    eligibility: () => text('state'),
    travel_arrangement: () =>
      `${way()}: ${fact['run_id'] === null ? text('kind').replaceAll('-', ' ') : (runs.get(Number(fact['run_id'])) ?? `run ${text('run_id')}`)}`,
    travel_consent: () => text('kind').replaceAll('-', ' '),
    confirmation: () => `${text('kind').replaceAll('-', ' ')}: ${text('evidence')}`,
    accepted_gap: () => `${way()}: ${text('reason')}`,
    pupil_pairing: () => text('kind').replaceAll('-', ' '),
    pupil_carer: () => text('relationship'),
    school_distance: () =>
      [
        text('drive_metres') && `${text('drive_metres')} m by road`,
        text('walk_metres') && `${text('walk_metres')} m on foot`,
      ]
        .filter(Boolean)
        .join(', '),
  }
  const said = says[table]?.() ?? ''
  return said === '' ? (kinds[table] ?? table) : `${kinds[table] ?? table}: ${said}`
}

const daysInWords = (from: PlainDate, until: PlainDate | null): string =>
  until === null ? `from ${dayInWords(from)}` : `${dayInWords(from)} to before ${dayInWords(until)}`

/** One row for each belief, the latest first; what is no longer believed stays, struck out. */
export function historyView(beliefs: readonly Belief[], named: Named) {
  return beliefs.map((belief) => ({
    says: beliefInWords(belief, named),
    valid: daysInWords(belief.validFrom, belief.validUntil),
    known:
      belief.knownUntil === null
        ? `since ${momentInWords(belief.knownFrom)}`
        : `from ${momentInWords(belief.knownFrom)} until ${momentInWords(belief.knownUntil)}`,
    by: belief.by,
    why: belief.reason,
    superseded: belief.knownUntil !== null,
  }))
}

const AT_MOST = 8

/** What was recorded, one event a revision, the latest first: its reason, when, by whom, and the kinds it touched. */
export function timelineView(beliefs: readonly Belief[], named: Named) {
  const events = new Map<string, Belief[]>()
  // Roads are measured again with every new network: nothing happened to the pupil.
  for (const belief of beliefs.filter(({ table }) => table !== 'school_distance'))
    events.set(belief.knownFrom, [...(events.get(belief.knownFrom) ?? []), belief])
  return [...events.values()].slice(0, AT_MOST).map((facts) => {
    const [first] = facts as [Belief, ...Belief[]]
    const said = [...new Set(facts.map((one) => beliefInWords(one, named)))]
    const more = said.length > 3 ? ` And ${said.length - 3} more.` : ''
    return {
      title: first.reason,
      when: momentInWords(first.knownFrom),
      by: first.by,
      text: `${said.slice(0, 3).join('. ')}.${more}`,
      tone: 'plain',
    }
  })
}
