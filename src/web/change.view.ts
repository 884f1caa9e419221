/** What a change would do, put before whoever asks for it. */
import type { Worsening } from '#changeover/store'
import type { PupilId } from '#ground/ids.ts'
import { dayInWords } from '#ground/time.ts'
import { tableView } from './listing.ts'
import type { Fields } from './page.ts'
import { paths } from './paths.ts'
import { directionInWords, travelStateView } from './travel-state.view.ts'

export type InterlockQuestion = {
  worse: readonly Worsening[]
  names: ReadonlyMap<PupilId, string>
  /** What is about to be done, as a button says it: `end the contract`. */
  doing: string
  mayAccept: boolean
  /** Whoever may, when the visitor may not. */
  managers: readonly string[]
  form: Fields
}

/** Who would be worse off, by name and day, and the form to accept it for those who may. */
export function interlockView({ worse, names, doing, mayAccept, managers, form }: InterlockQuestion) {
  const pupils = new Set(worse.map(({ pupil }) => pupil)).size
  const who = pupils === 1 ? 'One pupil' : `${pupils} pupils`
  return {
    title: `${who} would be worse off`,
    says: `It is refused to ${doing} while ${pupils === 1 ? 'this pupil has' : 'these pupils have'} no replacement. Put the replacement in place first, or have it accepted by name.`,
    list: tableView<Worsening>({
      caption: 'Pupils who would be worse off',
      columns: [
        {
          heading: 'Pupil',
          cell: ({ pupil }) => ({ text: names.get(pupil) ?? `Pupil ${pupil}`, href: paths.pupil(pupil) }),
        },
        { heading: 'Direction', cell: ({ direction }) => ({ text: directionInWords(direction) }) },
        { heading: 'From', cell: ({ firstDay }) => ({ text: dayInWords(firstDay) }) },
        { heading: 'School days', numeric: true, cell: ({ days }) => ({ text: days }) },
        {
          heading: 'Change',
          cell: ({ before, after }) => ({ state: travelStateView(before), becomes: travelStateView(after) }),
        },
      ],
      rows: worse,
      empty: { title: 'Nobody', says: 'Nobody would be worse off.' },
    }),
    mayAccept,
    whoMay:
      managers.length === 0
        ? 'Only a manager may accept it, and nobody holds that role today.'
        : `Only a manager may accept it: ${managers.join(', ')}.`,
    reason: form['reason'] ?? '',
    until: form['until'] ?? '',
    acceptButton: `Accept for ${who.toLowerCase()} and ${doing}`,
  }
}
