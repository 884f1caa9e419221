/** The sheet a crew drives by: on screen, on paper, as a PDF, in large print. Only what this crew needs of these pupils. */

import type { Role } from '#access'
import { renderPaper } from '#adapters/pdf/document.ts'
import { readId } from '#ground/ids.ts'
import { dayInWords, earlierOf, timeInWords, wallTimeOf } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { download, notFound, type Page, show, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { runMap } from '#web/run-map.view.ts'
import { runSheetPaper, runSheetView } from './run-sheet.view.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'
import { runWay } from './run-way.ts'

const readers = ['transport-officer', 'commissioner', 'manager', 'auditor'] as const
const planners: readonly Role[] = ['transport-officer', 'manager']

export const runSheetPage: Page = {
  path: '/runs/:runId/sheet',
  allow: readers,

  async get(visit) {
    const run = await runOf(visit)
    if (!run) return notFound
    const { asAt, path, query, queryLists, person } = visit
    const moment = sameMoment(queryLists)
    const mayPlan = person.roles.some((role) => planners.includes(role))
    const way = await runWay(await visit.roads(), run)
    const pdf = paths.runSheetPdf(run.run)
    const view = {
      ...runSheetView(run, { on: asAt.on, way, plan: mayPlan ? paths.runPlan(run.run) : '' }),
      errors: asAt.errors,
      back: withQuery(paths.route(run.route), moment),
      asAt: asAtView(asAt, { path, query }),
      pdf: withQuery(pdf, moment),
      large: withQuery(pdf, moment, { large: 'yes' }),
      printed: printedOn(visit),
      map: runMap(run, way),
    }
    return show('routes/run-sheet.njk', view, { pupils: run.riders.map(({ pupil }) => pupil) })
  },
}

export const runSheetPdfPage: Page = {
  path: '/runs/:runId/sheet.pdf',
  allow: readers,

  async get(visit) {
    const run = await runOf(visit)
    if (!run) return notFound
    const paper = runSheetPaper(run, {
      on: visit.asAt.on,
      printed: printedOn(visit),
      largePrint: visit.query['large'] === 'yes',
    })
    const filename = `${run.code}-${run.direction === 1 ? 'to-school' : 'home'}-${visit.asAt.on}.pdf`
    return download(
      { filename, type: 'application/pdf', body: await renderPaper(paper) },
      { pupils: run.riders.map(({ pupil }) => pupil) },
    )
  },
}

async function runOf({ sql, params, asAt, now }: Visit): Promise<RunRecord | undefined> {
  const run = readId<'Run'>(params['runId'])
  return run && (await runsAsAt(sql, { run }, { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) }))[0]
}

const printedOn = ({ today, now }: Visit): string =>
  `Printed ${dayInWords(today)} at ${timeInWords(wallTimeOf(now))}. Destroy after use.`
