/** Which column of a file is which of ours, said by hand: once, and kept for every file with the same headings. */
import { readFile } from '#adapters/files/read-file.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import {
  type Fields,
  notFound,
  type Page,
  type Reply,
  redirect,
  show,
  showAgain,
  type Visit,
} from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Kind } from './kind.ts'
import { kindNamed, kinds } from './kinds.ts'
import { headingKeys, matchSheet, type Source, sourcesOf } from './mapping.ts'
import { keepMapping, keptMappings } from './mapping-store.ts'
import type { Sheet } from './sheet.ts'
import { meaningOf } from './template.ts'
import { importers } from './upload-preview.page.ts'
import { forgetPreview, type Upload, uploadNamed } from './upload-store.ts'

type Table = { upload: Upload; sheet: Sheet; kind: Kind | undefined; said: Readonly<Record<string, Source>> }

export const columnsPage: Page = {
  path: '/imports/uploads/:uploadId/columns',
  allow: importers,
  change: importers,

  async get(visit) {
    const table = await tableOf(visit)
    return table ? columnsReply(visit, table, []) : notFound
  },

  async post(visit) {
    const table = await tableOf(visit)
    if (!table?.kind)
      return table ? columnsReply(visit, table, [fieldError('kind', 'Choose what it holds')]) : notFound
    const { upload, sheet, kind } = table
    const { columns, errors } = chosenIn(visit.form, sheet)
    const kept = { headings: headingKeys(sheet), kind: kind.name, columns }
    const [read] = matchSheet(sheet, undefined, [kept])
    if (errors.length === 0 && read && 'says' in read)
      errors.push(fieldError('column-0', `${missingIn(kind, columns)} Choose the heading that holds it`))
    if (errors.length > 0) return columnsReply(visit, table, errors)
    await keepMapping(visit.sql, kept, { by: visit.person.id, at: visit.now })
    await forgetPreview(visit.sql, upload.id)
    return redirect(paths.upload(upload.id), 'The columns are kept, for every file with these headings.')
  },
}

/** Which heading was chosen for which of our columns; two for one is wrong. */
function chosenIn(form: Fields, { headings }: Sheet) {
  const columns: Record<string, Source> = {}
  const errors: FieldError[] = []
  for (const [i, heading] of headings.entries()) {
    const ours = form[`column-${i}`] ?? ''
    if (ours === '') continue
    const other = columns[ours]?.column
    if (other === undefined) columns[ours] = { column: heading }
    else errors.push(fieldError(`column-${i}`, `“${other}” is ${ours} already. Choose one of the two`))
  }
  return { columns, errors }
}

const missingIn = ({ title, columns }: Kind, said: Readonly<Record<string, Source>>): string => {
  const missing = columns
    .filter(({ needed, heading }) => needed && !said[heading])
    .map(({ heading }) => heading)
  return `${title} need ${missing.join(' and ')}.`
}

async function tableOf({ sql, params, query, form }: Visit): Promise<Table | undefined> {
  const upload = await uploadNamed(sql, params['uploadId'] ?? '')
  const from = form['sheet'] ?? query['sheet'] ?? ''
  const file = upload?.files.find(({ name }) => from === name || from.startsWith(`${name}, `))
  const read = file && (await readFile(file))
  const sheet = read?.ok ? read.value.find((one) => one.from === from) : undefined
  if (!upload || !sheet) return undefined
  const [found] = matchSheet(sheet, undefined, await keptMappings(sql))
  const matched = found && 'kind' in found ? found : undefined
  const asked = form['kind'] ?? query['kind']
  const kind = asked === undefined ? matched?.kind : kindNamed(asked)
  return {
    upload,
    sheet,
    kind,
    said: matched && matched.kind === kind ? sourcesOf(matched) : guess(sheet, kind),
  }
}

/** Where a kind is chosen by hand, the headings it would know by itself are chosen for it. */
function guess(sheet: Sheet, kind: Kind | undefined): Readonly<Record<string, Source>> {
  if (!kind) return {}
  return Object.fromEntries(
    kind.columns.flatMap((column) => {
      const names = headingKeys({ ...sheet, headings: [column.heading, ...column.also] })
      const at = headingKeys(sheet).findIndex((key) => names.includes(key))
      return at < 0 ? [] : [[column.heading, { column: sheet.headings[at] }]]
    }),
  )
}

function columnsReply(
  { form }: Visit,
  { upload, sheet, kind, said }: Table,
  errors: readonly FieldError[],
): Reply {
  const oursFor = (heading: string, i: number): string =>
    form[`column-${i}`] ?? Object.entries(said).find(([, { column }]) => column === heading)?.[0] ?? ''
  const view = {
    title: `What ${sheet.from} holds`,
    back: paths.upload(upload.id),
    errors,
    sheet: sheet.from,
    kind: kind?.name ?? '',
    kinds: [{ value: '', text: 'Choose' }, ...kinds.map(({ name, title }) => ({ value: name, text: title }))],
    columns: kind
      ? sheet.headings.map((heading, i) => ({
          name: `column-${i}`,
          heading,
          sample: samples(sheet, i),
          value: oursFor(heading, i),
          items: [
            { value: '', text: 'Do not read it' },
            ...kind.columns.map((column) => ({
              value: column.heading,
              text: `${column.heading}${column.needed ? ' (needed)' : ''}`,
            })),
          ],
        }))
      : [],
    meanings: (kind?.columns ?? []).map((column) => ({
      key: `${column.heading}${column.needed ? ' (needed)' : ''}`,
      text: meaningOf(column),
    })),
  }
  return (errors.length > 0 ? showAgain : show)('imports/columns.njk', view)
}

/** The first few things a column holds, for a person to know it by. */
function samples({ rows }: Sheet, at: number): string {
  const values = rows.slice(0, 50).map(({ cells }) => cells[at] ?? '')
  const some = [...new Set(values.filter((value) => value !== ''))].slice(0, 3)
  return some.length === 0 ? 'Empty in the first rows' : `For example ${some.join(', ')}`
}
