/** The whole report of any day as known at any moment, as a page and as files; and each breakdown in full. */
import type { Sql } from 'postgres'
import { dayInWords } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { everyRole, notFound, type Page, type Reply, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type FileKind, fileKinds, printedBy, reportFile } from '#web/report-file.ts'
import { pupilNamesAt } from './around-store.ts'
import { breakdownKind, breakdownView } from './breakdown.view.ts'
import { type Names, reportView } from './report.view.ts'
import { reportPaper, reportTables } from './report-files.view.ts'
import { breakdownsOf, reportAt, reportSoFarAt } from './report-store.ts'
import { type Cut, pupilsNamedIn, type ReportSoFar } from './sitrep.ts'
import { cutOf, sinceIn } from './situation-pupils.page.ts'
import { cutAt, peopleAt } from './store.ts'
import { linkOn } from './today.view.ts'

export const reportPage: Page = {
  path: paths.report,
  allow: everyRole,

  async get(visit) {
    const { sql, query, queryLists, asAt, path } = visit
    const cut = await cutAt(sql, cutOf(visit))
    const report = await reportSoFarAt(sql, cut, { since: sinceIn(query, cut) })
    const names = await namesIn(sql, cut, report)
    const moment = sameMoment(queryLists)
    const view = {
      title: asAt.chosen ? `Report of ${dayInWords(cut.on)}` : 'Report of today',
      caption: '',
      errors: asAt.errors,
      back: withQuery(paths.today, moment),
      backText: 'Situation',
      asAt: asAtView(asAt, { path, query }),
      alarm: false,
      commentary: false,
      proof: '',
      publish: mayPublish(visit) ? withQuery(paths.publish, moment) : '',
      files: fileKinds.map((kind) => ({
        text: kind.toUpperCase(),
        href: withQuery(paths.reportFile(kind), { ...moment, since: queryLists['since'] ?? [] }),
      })),
      report: reportView(report, {
        names,
        link: linkOn({ queryLists }),
        breakdown: (kind) => withQuery(paths.breakdown(kind), moment),
        acceptances: withQuery(paths.acceptances, moment),
      }),
    }
    return show('sitrep/report.njk', view, { pupils: pupilsNamedIn(report) })
  },
}

/** Whoever answers for the service, or buys for it, may put its figures before others. */
export const mayPublish = ({ person }: Pick<Visit, 'person'>): boolean =>
  person.roles.some((role) => role === 'manager' || role === 'commissioner')

export const reportFilePage: Page = {
  path: '/situation/report/:kind',
  allow: everyRole,

  async get(visit) {
    const { sql, query, params } = visit
    const kind = fileKinds.find((one) => one === params['kind'])
    if (!kind) return notFound
    const cut = await cutAt(sql, cutOf(visit))
    const report = await reportAt(sql, cut, { since: sinceIn(query, cut) })
    const names = await namesIn(sql, cut, report)
    return await fileOf(visit, kind, { report, names })
  },
}

/** What the pupils a report speaks of were called on its day. */
export async function namesIn(sql: Sql, cut: Cut, report: ReportSoFar): Promise<Names> {
  const named = await pupilNamesAt(sql, cut, pupilsNamedIn(report))
  return new Map(named.map(({ pupil, name }) => [pupil, name]))
}

type Filed = { report: ReportSoFar; names: Names; commentary?: string }

/** A report as a file to download. */
export async function fileOf(
  visit: Visit,
  kind: FileKind,
  { report, names, commentary }: Filed,
): Promise<Reply> {
  const foot = `${printedBy(visit)} Names children: destroy after use.`
  return await reportFile(
    kind,
    {
      tables: () => reportTables(report, names),
      paper: () => reportPaper(report, { names, foot, commentary }),
      json: () => ({ ...report, names: Object.fromEntries(names) }),
    },
    { name: `situation-${report.on}`, pupils: pupilsNamedIn(report) },
  )
}

export const breakdownPage: Page = {
  path: '/situation/by/:kind',
  allow: everyRole,

  async get(visit) {
    const kind = breakdownKind(visit.params['kind'])
    if (!kind) return notFound
    const cut = await cutAt(visit.sql, cutOf(visit))
    const rows = (await breakdownsOf(visit.sql, cut, await peopleAt(visit.sql, cut)))[kind]
    return show('sitrep/breakdown.njk', breakdownView(visit, kind, rows))
  },
}
