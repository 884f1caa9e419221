/** `firstbell plan repair`: what becomes of everybody when a route or an operator is lost, with fewest others moved. */
import { type Command, readDayOption, refused, report } from '#cli/command.ts'
import { readId } from '#ground/ids.ts'
import { revisionKnownAt } from '#knowledge/store'
import { withRoads } from '../found/found-plan.command.ts'
import { notPlacedInWords, repairInWords } from './place.view.ts'
import { mendLost } from './repair-store.ts'

export const planRepairCommand: Command = {
  name: 'plan repair',
  summary: 'where everybody on a lost route, or on an operator’s routes, could ride with fewest others moved',
  options: [
    { flags: '--route <number>', means: 'the route that is lost' },
    { flags: '--operator <number>', means: 'the operator who is lost, with every route it drives' },
    { flags: '--from <day>', means: 'from which day, as 2027-09-06 (today)' },
    { flags: '--crow-fly', means: 'estimate times by a straight line instead of roads' },
  ],

  async run(asked) {
    const { sql, options, today, now } = asked
    const route = readId<'Route'>(String(options['route'] ?? ''))
    const operator = readId<'Operator'>(String(options['operator'] ?? ''))
    const from = readDayOption(asked, 'from', { like: '2027-09-06', otherwise: today })
    if ((route === undefined) === (operator === undefined))
      return refused('Say what is lost: one of --route 12 or --operator 7.')
    if (!from.ok) return refused(from.refusal)
    const cut = { on: from.value, revision: await revisionKnownAt(sql, now) }
    return await withRoads(asked, async (roads) => {
      const estimated = options['crowFly'] === true
      const found = await mendLost(sql, { route, operator }, { roads, estimated, cut })
      if (!found.ok) return refused(notPlacedInWords(found.refusal))
      if (found.value.length === 0) return refused('No route to a school is lost by that on this day.')
      return report(found.value.map(({ mended, names }) => repairInWords(mended, names)).join('\n'), {
        schools: found.value.map(({ school, mended }) => ({ school, ...mended })),
      })
    })
  },
}
