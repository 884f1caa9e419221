/** Published reports in words: when, by whom, and whether they still come out the same. */
import { dayInWords, momentInWords } from '#ground/time.ts'
import { withQuery } from '#web/address.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { Published } from './published-store.ts'
import { type Names, reportView } from './report.view.ts'
import type { Report } from './sitrep.ts'
import { linkOn } from './today.view.ts'

const outcomes = {
  same: 'Comes out the same',
  differs: 'DIFFERS from what was published',
  'other-definitions': 'Made by definitions this version does not know',
} as const

const checkInWords = ({ outcome, checkedAt }: Published): string =>
  outcome && checkedAt ? `${outcomes[outcome]}, checked ${momentInWords(checkedAt)}` : 'To be checked tonight'

/** What sitrep/published-list.njk shows. */
export function publishedListView(reports: readonly Published[], mayPublish: boolean) {
  return {
    title: 'Published reports',
    errors: [],
    alarm: alarmOf(reports.filter(({ outcome }) => outcome === 'differs')),
    publish: mayPublish ? paths.publish : '',
    list: tableView<Published>({
      caption: 'Published reports, the latest first',
      captionHidden: true,
      columns: [
        { heading: 'Report', cell: ({ id, title }) => ({ text: title, href: paths.publishedReport(id) }) },
        { heading: 'Day', cell: ({ on }) => ({ text: dayInWords(on) }) },
        { heading: 'As known', cell: ({ knownAt }) => ({ text: momentInWords(knownAt) }) },
        {
          heading: 'Published',
          cell: ({ by, publishedAt }) => ({ text: by, hint: momentInWords(publishedAt) }),
        },
        { heading: 'Nightly check', cell: (one) => ({ text: checkInWords(one) }) },
      ],
      rows: reports,
      empty: {
        title: 'No report is published',
        says: 'A manager or commissioner can publish the situation of any day.',
      },
    }),
  }
}

/** What every page of the situation says while a published report does not come out as it was published. */
export function alarmOf(differing: readonly Published[]) {
  if (differing.length === 0) return false
  const which = differing.map(({ id, title }) => `${title} (number ${id})`).join(', ')
  return {
    title:
      differing.length === 1
        ? 'A published report no longer comes out as it was published'
        : `${differing.length} published reports no longer come out as they were published`,
    says: `${which}. What was published stays as it was; what it was computed from has changed, which nobody may do. Tell the administrator now, and have the audit chain verified.`,
  }
}

type Found = { published: Published; report: Report }

/** A published report, with its commentary in a box of its own and the proof of its bytes at the foot. */
export function publishedView({ published, report }: Found, names: Names) {
  const { id, title, by, publishedAt, commentary, sha256, revision, on, knownAt, outcome } = published
  const pinned = { on: [on], 'known-at': [knownAt] }
  return {
    title,
    caption: `${dayInWords(on)}, as known on ${momentInWords(knownAt)}. Published by ${by} on ${momentInWords(publishedAt)}`,
    errors: [],
    back: paths.publishedReports,
    backText: 'Published reports',
    asAt: false,
    alarm: outcome === 'differs' && alarmOf([published]),
    commentary: commentary !== '' && {
      lines: commentary.split(/\r?\n/).filter((line) => line.trim() !== ''),
      by: `Written by ${by}. No figure of this report comes from here.`,
    },
    publish: '',
    proof: `${checkInWords(published)}. Data cut: revision ${revision}. SHA-256 of the JSON file: ${sha256}`,
    files: ['csv', 'xlsx', 'pdf', 'json'].map((kind) => ({
      text: kind.toUpperCase(),
      href: paths.publishedFile(id, kind),
    })),
    report: reportView(report, {
      names,
      link: linkOn({ queryLists: pinned }),
      breakdown: (kind) => withQuery(paths.breakdown(kind), pinned),
      acceptances: withQuery(paths.acceptances, pinned),
    }),
  }
}
