/** What a plan does to people: its page, the named journeys behind each figure, and the report to take away. */
import { pupilNames } from '#pupils/name-store'
import { readListing } from '#web/listing.ts'
import { notFound, type Page, type Reply, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type FileKind, printedBy, reportFile } from '#web/report-file.ts'
import { planIn } from '../found/found-plan.page.ts'
import { seesPlans } from '../roles.ts'
import { policyRefusedInWords } from '../scenario/scenario.view.ts'
import { type ImpactShown, impactView } from './impact.view.ts'
import { chosenJourneys, readImpactChoice } from './impact-choice.ts'
import { impactJson, impactPaper, namedTables, publishedTables } from './impact-files.view.ts'
import { impactPupilsView, journeySorts, listJourneys } from './impact-pupils.view.ts'
import { impactReportOf } from './impact-store.ts'

export const impactPage: Page = {
  path: '/plans/:scenarioId/found/:planId/impact',
  allow: seesPlans,
  get: (visit) => withReport(visit, async (shown) => show('plans/impact/impact.njk', impactView(shown))),
}

export const impactPupilsPage: Page = {
  path: '/plans/:scenarioId/found/:planId/impact/pupils',
  allow: seesPlans,

  get: (visit) =>
    withReport(visit, async (shown) => {
      const { query } = visit
      const listing = readListing(query, { sorts: journeySorts, first: '-longer' })
      const choice = readImpactChoice(query)
      const names = await namesIn(visit, shown)
      const journeys = listJourneys(chosenJourneys(shown.report, choice), {
        names,
        search: query['q']?.trim() ?? '',
        ...listing,
      })
      const rows = journeys.slice(listing.offset, listing.offset + listing.limit)
      const view = impactPupilsView(visit, { shown, choice, names, rows, journeys, listing })
      return show('plans/impact/impact-pupils.njk', view, { pupils: rows.map(({ pupil }) => pupil) })
    }),
}

const files: Record<string, { kind: FileKind; names: boolean }> = {
  'published.pdf': { kind: 'pdf', names: false },
  'published.xlsx': { kind: 'xlsx', names: false },
  'published.json': { kind: 'json', names: false },
  'pupils.xlsx': { kind: 'xlsx', names: true },
  'pupils.json': { kind: 'json', names: true },
}

export const impactFilePage: Page = {
  path: '/plans/:scenarioId/found/:planId/impact/:file',
  allow: seesPlans,

  get: (visit) =>
    withReport(visit, async (shown) => {
      const file = files[visit.params['file'] ?? '']
      if (!file) return notFound
      const names = file.names ? await namesIn(visit, shown) : undefined
      const parts = {
        tables: () => (names ? namedTables(shown, names) : publishedTables(shown)),
        paper: () => impactPaper(shown, printedBy(visit)),
        json: () => impactJson(shown, names),
      }
      const pupils = file.names ? shown.report.impact.pupils : []
      const name = `plan-${shown.kept.id}-impact${file.names ? '-pupils' : ''}`
      return await reportFile(file.kind, parts, { name, pupils })
    }),
}

const namesIn = ({ sql, today, now }: Visit, { report }: ImpactShown) =>
  pupilNames(sql, report.impact.pupils, { on: today, knownAt: now })

/** The report of the plan in the address, or why it cannot be measured. */
async function withReport(visit: Visit, answer: (shown: ImpactShown) => Promise<Reply>): Promise<Reply> {
  const found = await planIn(visit)
  if (!found) return notFound
  const { scenario, plan } = found
  const reported = await impactReportOf(visit.sql, scenario, plan.id)
  if (!reported.ok)
    return show('plans/found/not-measured.njk', {
      title: 'What the plan does to people',
      plan: `Plan ${plan.id}`,
      back: paths.foundPlan(scenario.id, plan.id),
      says: policyRefusedInWords(reported.refusal),
    })
  return reported.value ? await answer({ ...reported.value, scenario }) : notFound
}
