/** Reports that were published: the list, each as it was, and the form that publishes one. */
import { readId } from '#ground/ids.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import type { FieldError } from '#web/forms.ts'
import {
  download,
  everyRole,
  notFound,
  type Page,
  type Reply,
  redirect,
  show,
  showAgain,
  type Visit,
} from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { cohortsKnownAt } from './cohort-store.ts'
import { publishedListView, publishedView } from './published.view.ts'
import { type Published, publishedBytes, publishedReports, publishReport } from './published-store.ts'
import { fileOf, mayPublish, namesIn } from './report.page.ts'
import { pupilsNamedIn, type Report } from './sitrep.ts'
import { cutOf, sinceIn } from './situation-pupils.page.ts'
import { cutAt, sitrepAsAt } from './store.ts'
import { headlineView, linkOn } from './today.view.ts'

export const publishedListPage: Page = {
  path: paths.publishedReports,
  allow: everyRole,

  async get(visit) {
    const reports = await publishedReports(visit.sql)
    return show('sitrep/published-list.njk', publishedListView(reports, mayPublish(visit)))
  },
}

export const publishedPage: Page = {
  path: '/situation/published/:reportId',
  allow: everyRole,

  async get(visit) {
    const found = await reportIn(visit)
    if (!found) return notFound
    const names = await namesIn(visit.sql, found.published, found.report)
    return show('sitrep/report.njk', publishedView(found, names), { pupils: pupilsNamedIn(found.report) })
  },
}

export const publishedFilePage: Page = {
  path: '/situation/published/:reportId/:kind',
  allow: everyRole,

  async get(visit) {
    const found = await reportIn(visit)
    const kind = (['csv', 'xlsx', 'pdf'] as const).find((one) => one === visit.params['kind'])
    if (!found) return notFound
    const { published, report, bytes } = found
    if (visit.params['kind'] === 'json') return bytesOf(published, bytes)
    if (!kind) return notFound
    const names = await namesIn(visit.sql, published, report)
    return await fileOf(visit, kind, { report, names, commentary: published.commentary })
  },
}

/** The very bytes that were hashed: whoever holds them can check the hash with their own tools. */
const bytesOf = ({ id, on }: Published, body: Uint8Array): Reply =>
  download({ filename: `situation-${on}-report-${id}.json`, type: 'application/json; charset=utf-8', body })

async function reportIn({ sql, params }: Visit) {
  const id = readId<'Report'>(params['reportId'])
  const [published] = id === undefined ? [] : await publishedReports(sql, id)
  const bytes = published && (await publishedBytes(sql, published.id))
  if (!published || !bytes) return undefined
  return { published, bytes, report: JSON.parse(Buffer.from(bytes).toString('utf8')) as Report }
}

export const publishPage: Page = {
  path: paths.publish,
  allow: ['manager', 'commissioner'],
  change: ['manager', 'commissioner'],

  async get(visit) {
    return show('sitrep/publish.njk', await publishView(visit, []))
  },

  async post(visit) {
    const { sql, person, form, request } = visit
    const cut = cutOf(visit)
    const form_ = reading(form)
    const title = form_.text('title', 'Enter a title, like “Situation for the board”')
    const read = form_.answer(title && { title, commentary: form_.optional('commentary') ?? '' })
    if (!read.ok) return showAgain('sitrep/publish.njk', await publishView(visit, read.refusal))
    const id = await publishReport(sql, {
      asAt: cut,
      since: sinceIn(visit.query, cut),
      cohort: form['cohort'] || undefined,
      ...read.value,
      author: { by: person.id, request, reason: `Report published: ${read.value.title}` },
    })
    return redirect(paths.publishedReport(id), 'The report is published')
  },
}

async function publishView(visit: Visit, errors: readonly FieldError[]) {
  const { sql, asAt, path, query, queryLists, form } = visit
  const cut = await cutAt(sql, cutOf(visit))
  const sitrep = await sitrepAsAt(sql, cut)
  const cohorts = await cohortsKnownAt(sql, cut.revision)
  return {
    title: `Publish the situation on ${dayInWords(cut.on)}`,
    errors: [...asAt.errors, ...errors],
    back: withQuery(paths.report, sameMoment(queryLists)),
    submit: 'Publish it',
    asAt: asAtView(asAt, { path, query }),
    sitrep: headlineView(sitrep, linkOn({ queryLists })),
    says: `The figures are those known on ${momentInWords(cut.knownAt)}. Once published they cannot be changed by anybody; every night they are computed again and compared.`,
    typed: {
      title: form['title'] ?? `Situation on ${dayInWords(cut.on)}`,
      commentary: form['commentary'] ?? '',
    },
    cohorts: [{ value: '', text: 'None' }, ...cohorts.map(({ name }) => ({ value: name, text: name }))].map(
      (item) => ({ ...item, selected: item.value === (form['cohort'] ?? '') }),
    ),
  }
}
