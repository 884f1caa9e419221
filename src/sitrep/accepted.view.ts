/** What managers have accepted and stands open on the day: in the report, so that nobody can forget that it lapses. */
import type { AcceptancesOpen } from '#changeover'
import { dayInWords } from '#ground/time.ts'

/** The rows of the card, the first leading to the list with its pupils. */
export function acceptedView({ acceptances, pupils, firstLapses }: AcceptancesOpen, href: string) {
  return [
    { key: 'Gaps accepted', text: acceptances.toLocaleString('en-GB'), href, lines: [] },
    { key: 'For pupils', text: pupils.toLocaleString('en-GB'), lines: [] },
    ...(firstLapses === null
      ? []
      : [{ key: 'The first lapses after', text: dayInWords(firstLapses), lines: [] }]),
  ]
}
