/** What managers have accepted and stands open on the day: in the report, so that nobody can forget that it lapses. */
import type { AcceptancesOpen } from '#changeover/acceptance-store'
import { dayInWords } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'

/** The rows of the card, each leading to the list with its pupils. */
export function acceptedView(
  { acceptances, pupils, firstLapses }: AcceptancesOpen,
  { queryLists }: Pick<Visit, 'queryLists'>,
) {
  const href = withQuery(paths.acceptances, sameMoment(queryLists))
  return [
    { key: 'Gaps accepted', text: acceptances.toLocaleString('en-GB'), href, lines: [] },
    { key: 'For pupils', text: pupils.toLocaleString('en-GB'), lines: [] },
    ...(firstLapses === null
      ? []
      : [{ key: 'The first lapses after', text: dayInWords(firstLapses), lines: [] }]),
  ]
}
