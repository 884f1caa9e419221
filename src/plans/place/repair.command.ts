/** `firstbell plan repair`: what becomes of everybody when a route or an operator is lost, with fewest others moved. */
import { type Answer, type Asked, type Command, readDayOption, refused, report } from '#cli/command.ts'
import { keepingAnswers } from '#distances/kept-answers-store'
import { readId } from '#ground/ids.ts'
import { revisionKnownAt } from '#knowledge/store'
import type { TravelTimes } from '#roads'
import { withRoads } from '../found-plan.command.ts'
import type { PlanCut } from '../people-store.ts'
import { mendNetwork } from './find-places.ts'
import { lostRoutes } from './network-store.ts'
import { notPlacedInWords, repairInWords } from './place.view.ts'
import { aroundSchools } from './place-store.ts'

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
    const lost = await lostRoutes(sql, { route, operator }, cut)
    if (lost.length === 0) return refused('No route to a school is lost by that on this day.')
    return await withRoads(asked, (roads) => mend(asked, { roads, cut, lost }))
  },
}

type Mending = { roads: TravelTimes; cut: PlanCut; lost: Awaited<ReturnType<typeof lostRoutes>> }

async function mend({ sql, options }: Asked, { roads, cut, lost }: Mending): Promise<Answer> {
  const estimated = options['crowFly'] === true
  const told: string[] = []
  const json: unknown[] = []
  for (const [school, theirs] of Map.groupBy(lost, (one) => one.school)) {
    const around = await aroundSchools(sql, [school], cut)
    if (!around.ok) return refused(notPlacedInWords(around.refusal))
    const isLost = new Set(theirs.map(({ route }) => route))
    const mended = await mendNetwork(keepingAnswers(sql, roads), around.value, {
      from: cut.on,
      estimated,
      isLost,
    })
    const names = new Map(around.value.people.map((one) => [one.pupil, one.name]))
    told.push(repairInWords(mended, names))
    json.push({ school, ...mended })
  }
  return report(told.join('\n'), { schools: json })
}
