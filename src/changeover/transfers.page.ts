/** Which year group is moved together: Year 6 to secondary school, Year 11 out; and the transfers made before. */
import { dayInWords, readPlainDate } from '#ground/time.ts'
import { schoolChoices } from '#schools/choice-store'
import { fieldError } from '#web/forms.ts'
import { tableView } from '#web/listing.ts'
import { type Page, show, showAgain } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { nextFirstDay, type Transfer, yearInWords } from './transfer.ts'
import { transfersMade, yearGroups } from './transfer-store.ts'

const movers = ['transport-officer', 'eligibility-officer', 'manager'] as const
const readers = [...movers, 'auditor'] as const

export const transfersPage: Page = {
  path: '/pupils/transfers',
  allow: readers,

  async get({ sql, today, now, person, query }) {
    const from = query['from'] ?? nextFirstDay(today)
    const errors = readPlainDate(from)
      ? []
      : [fieldError('from', `"${from}" is not a day. Enter one like ${nextFirstDay(today)}`)]
    const asAt = { on: today, knownAt: now }
    const [years, schools, made] = await Promise.all([
      yearGroups(sql, asAt),
      schoolChoices(sql, asAt),
      transfersMade(sql),
    ])
    return (errors.length > 0 ? showAgain : show)('changeover/transfers.njk', {
      title: 'Move a whole year group',
      errors,
      mayMove: person.roles.some((role) => movers.some((one) => one === role)),
      to: paths.transferYear,
      from,
      years: years.map(({ yearGroup, pupils }) => ({
        value: yearGroup,
        text: `${yearInWords(yearGroup)} (${pupils} ${pupils === 1 ? 'pupil' : 'pupils'})`,
        selected: yearGroup === (query['year'] ?? '6'),
      })),
      schools: [
        { value: '', text: 'Every school' },
        ...schools.map(({ school, name }) => ({ value: String(school), text: name })),
      ],
      made: tableView<Transfer>({
        caption: 'Moved together before',
        columns: [
          {
            heading: 'Year group',
            cell: ({ revision, yearGroup }) => ({
              text: yearInWords(yearGroup),
              href: paths.transfer(revision),
            }),
          },
          { heading: 'From', cell: ({ from }) => ({ text: dayInWords(from) }) },
          { heading: 'Pupils', cell: ({ pupils }) => ({ text: pupils, numeric: true }) },
          {
            heading: 'Standing',
            cell: ({ undoneBy }) => ({ text: undoneBy === null ? 'In force' : 'Undone' }),
          },
        ],
        rows: made,
        empty: {
          title: 'None yet',
          says: 'Transfers stand here once one is recorded, and can be undone from here.',
        },
      }),
    })
  },
}
