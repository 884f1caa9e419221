/** `firstbell council`: whose database this is. */
import { type Command, refused, report } from '#cli/command.ts'
import { nameCouncil } from './council-store.ts'

export const councilCommand: Command = {
  name: 'council',
  summary: 'say whose children these are: the first thing done to a council’s own database',
  takes: ['<name>'],

  async run({ sql, words: [typed = ''] }) {
    const name = typed.trim()
    if (name === '') return refused('The name is empty. Give the council’s, as "Westmarch County Council".')
    const named = await nameCouncil(sql, name)
    if (named.ok) return report(`This is the database of ${name}.`, { council: name })
    return refused(
      `This database is the demonstration of ${named.refusal.demonstration}, whose people do not exist. Set DATABASE_URL to an empty database for ${name}, or choose another folder with --data.`,
    )
  },
}
