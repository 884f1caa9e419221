/** `firstbell plan place`: where one more pupil could ride in today's network, and what that does to those aboard. */
import { type Command, readDayOption, refused, report } from '#cli/command.ts'
import { keepingAnswers } from '#distances/kept-answers-store'
import { readId } from '#ground/ids.ts'
import { revisionKnownAt } from '#knowledge/store'
import { withRoads } from '../found/found-plan.command.ts'
import { findPlaces } from './find-places.ts'
import { notPlacedInWords, placesInWords } from './place.view.ts'
import { aroundPupil } from './place-store.ts'

export const planPlaceCommand: Command = {
  name: 'plan place',
  summary: 'where one more pupil could ride in today’s network, and what that does to everybody aboard',
  takes: ['<pupil>'],
  options: [
    { flags: '--from <day>', means: 'from which day, as 2027-09-06 (today)' },
    { flags: '--crow-fly', means: 'estimate times by a straight line instead of roads' },
  ],

  async run(asked) {
    const {
      sql,
      words: [number = ''],
      options,
      today,
      now,
    } = asked
    const pupil = readId<'Pupil'>(number)
    const day = readDayOption(asked, 'from', { like: '2027-09-06', otherwise: today })
    if (!pupil) return refused(`"${number}" is no pupil. Give a pupil's number.`)
    if (!day.ok) return refused(day.refusal)
    const from = day.value
    const around = await aroundPupil(sql, pupil, { on: from, revision: await revisionKnownAt(sql, now) })
    if (!around.ok) return refused(`Pupil ${pupil}: ${notPlacedInWords(around.refusal)}`)
    return await withRoads(asked, async (roads) => {
      const began = performance.now()
      const estimated = options['crowFly'] === true
      const found = await findPlaces(keepingAnswers(sql, roads), around.value, { from, estimated })
      const milliseconds = Math.round(performance.now() - began)
      const names = new Map(around.value.people.map((one) => [one.pupil, one.name]))
      return report(`${placesInWords(found, names)}\nAnswered in ${milliseconds} ms.`, {
        ...found,
        milliseconds,
      })
    })
  },
}
