/** The questions imports raised: each waits here until a person answers it. */
import type { PupilId } from '#ground/ids.ts'
import { tableView } from '#web/listing.ts'
import { type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import type { Question } from './question.ts'
import { listed } from './question.view.ts'
import { openQuestions, type PupilInShort, pupilsInShort } from './question-store.ts'
import { importReaders } from './upload-preview.page.ts'

export const questionsPage: Page = {
  path: paths.importQuestions,
  allow: importReaders,

  async get({ sql, today }) {
    const questions = await openQuestions(sql)
    const pupils = questions.flatMap((one): PupilId[] => (one.asks === 'missing' ? [one.pupil] : []))
    const shorts = new Map((await pupilsInShort(sql, pupils, today)).map((one) => [one.pupil, one]))
    const missing = questions.filter(({ asks }) => asks === 'missing')
    const held = questions.filter(({ asks }) => asks === 'held')
    const view = {
      title: 'Questions from imports',
      back: paths.imports,
      errors: [],
      count: questions.length,
      missing: missing.length > 0 && questionTable('Not in the latest extract any more', missing, shorts),
      held: held.length > 0 && questionTable('Rows that may be a child the register knows', held, shorts),
    }
    return show('imports/questions.njk', view, { pupils })
  },
}

function questionTable(
  caption: string,
  rows: readonly Question[],
  shorts: ReadonlyMap<PupilId, PupilInShort>,
) {
  return tableView({
    caption,
    columns: [
      {
        heading: 'Question',
        cell: ({ title, href, hint }: ReturnType<typeof listed>) => ({ text: title, href, hint }),
      },
      { heading: 'Raised by', cell: ({ raised }) => ({ text: raised }) },
    ],
    rows: rows.map((one) => listed(one, one.asks === 'missing' ? shorts.get(one.pupil) : undefined)),
    empty: { title: 'No question', says: 'Nobody has to be asked.' },
  })
}
