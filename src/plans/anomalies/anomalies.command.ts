/** `firstbell plan anomalies` tells what is odd in the plan found last, and how each stands. */
import { type Command, refused, report } from '#cli/command.ts'
import { latestPlan } from '../found/found-plan-store.ts'
import { onScenario } from '../scenario/plan.command.ts'
import { anomaliesInWords } from './anomaly.view.ts'
import { anomaliesOf } from './anomaly-store.ts'
import { anomalyStanding, bearsOn, mayGoForward } from './gate.ts'

export const planAnomaliesCommand: Command = {
  name: 'plan anomalies',
  summary: 'what is odd in the plan of a scenario found last, and whether that lets it go forward',
  takes: ['<name>'],

  run: (asked) =>
    onScenario(asked, async ({ scenario }) => {
      const found = await latestPlan(asked.sql, scenario.id)
      if (!found)
        return refused(`No plan of “${scenario.name}” was found yet. firstbell plan run looks for one.`)
      const anomalies = await anomaliesOf(asked.sql, { scenario: scenario.id, plan: found.id })
      return report(anomaliesInWords(anomalies, found.id), {
        plan: found.id,
        mayGoForward: mayGoForward(anomalies, found.id).ok,
        anomalies: anomalies.map((one) => ({
          ...one,
          standing: anomalyStanding(one),
          inThisPlan: bearsOn(one, found.id),
        })),
      })
    }),
}
