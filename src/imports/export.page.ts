/** Taking data out, and the empty layouts to fill in: CSV or Excel, for every kind. */
import { csvOf, type Table, workbookOf } from '#adapters/files/write-file.ts'
import type { PupilId } from '#ground/ids.ts'
import { tableView } from '#web/listing.ts'
import { download, notFound, type Page, type Reply, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { exportTables } from './export-store.ts'
import type { Kind } from './kind.ts'
import { kindNamed, kinds } from './kinds.ts'
import { templateOf } from './template.ts'
import { importReaders } from './upload-preview.page.ts'

const EVERYTHING = 'everything'
const exporters = ['manager', 'auditor', 'administrator'] as const

const filesTable = (caption: string, hrefOf: (file: string) => string) =>
  tableView<Kind>({
    caption,
    columns: [
      { heading: 'File', cell: ({ title, says }) => ({ text: title, hint: says }) },
      { heading: 'Text', cell: ({ name }) => ({ text: 'CSV', href: hrefOf(`${name}.csv`) }) },
      { heading: 'Excel', cell: ({ name }) => ({ text: 'Excel', href: hrefOf(`${name}.xlsx`) }) },
    ],
    rows: kinds,
    empty: { title: 'No files', says: 'Firstbell knows no kind of file.' },
  })

export const templatesPage: Page = {
  path: paths.templates,
  allow: importReaders,
  get: async () =>
    show('imports/files.njk', {
      title: 'Templates',
      back: paths.imports,
      errors: [],
      says: 'The layouts Firstbell reads, empty. The Excel ones have a second sheet that explains every column. Your own headings will often do: send your files as they are first.',
      everything: false,
      list: filesTable('Templates', paths.template),
    }),
}

export const templatePage: Page = {
  path: '/imports/templates/:file',
  allow: importReaders,
  async get({ params }) {
    const asked = askedFile(params['file'])
    const kind = asked && kindNamed(asked.name)
    if (!asked || !kind) return notFound
    const { empty, explained } = templateOf(kind)
    return await fileReply(asked, asked.ending === 'csv' ? [empty] : [empty, explained], [])
  },
}

export const exportPage: Page = {
  path: paths.exportFiles,
  allow: exporters,
  get: async () =>
    show('imports/files.njk', {
      title: 'Export',
      back: paths.imports,
      errors: [],
      says: 'Everything on the register as it is believed now, in the layouts in which it can be brought in again. What you take is on record, with every pupil it is about.',
      everything: paths.exportFile(`${EVERYTHING}.xlsx`),
      list: filesTable('One kind at a time', paths.exportFile),
    }),
}

export const exportFilePage: Page = {
  path: '/imports/export/:file',
  allow: exporters,
  async get({ params, sql }) {
    const asked = askedFile(params['file'])
    const kind = asked && kindNamed(asked.name)
    const all = asked?.name === EVERYTHING && asked.ending === 'xlsx'
    if (!asked || !(kind || all)) return notFound
    const tables = await Array.fromAsync(exportTables(sql, kind ? [kind] : kinds))
    const pupils = [...new Set(tables.flatMap((table) => table.pupils))]
    return await fileReply(
      asked,
      tables.map((table) => ({ ...table, name: all ? table.kind.name : table.kind.title })),
      pupils,
    )
  },
}

type Asked = { name: string; ending: 'csv' | 'xlsx' }

function askedFile(file = ''): Asked | undefined {
  const [, name, ending] = /^([a-z-]+)\.(csv|xlsx)$/.exec(file) ?? []
  return name === undefined ? undefined : { name, ending: ending as Asked['ending'] }
}

async function fileReply(
  { name, ending }: Asked,
  tables: readonly Table[],
  pupils: readonly PupilId[],
): Promise<Reply> {
  const [first] = tables
  if (!first) return notFound
  const file =
    ending === 'csv'
      ? { type: 'text/csv; charset=utf-8', body: csvOf(first) }
      : {
          type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
          body: await workbookOf(tables),
        }
  return download({ filename: `${name}.${ending}`, ...file }, { pupils })
}
