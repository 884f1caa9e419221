/** `firstbell plan phasing` tells how much of each school the plan found last changes at once, and in which waves instead. */
import { type Command, refused, report } from '#cli/command.ts'
import { latestPlan } from '../found/found-plan-store.ts'
import { onScenario } from '../scenario/plan.command.ts'
import { policyRefusedInWords } from '../scenario/scenario.view.ts'
import { phasingInWords } from './phasing.view.ts'
import { phasingOf } from './phasing-store.ts'

export const planPhasingCommand: Command = {
  name: 'plan phasing',
  summary: 'how many pupils of each school change crew on one day by the plan found last, and in which waves',
  takes: ['<name>'],

  run: (asked) =>
    onScenario(asked, async ({ scenario }) => {
      const kept = await latestPlan(asked.sql, scenario.id)
      if (!kept)
        return refused(`No plan of “${scenario.name}” was found yet. firstbell plan run looks for one.`)
      const phasing = await phasingOf(asked.sql, { scenario, kept })
      if (!phasing.ok) return refused(policyRefusedInWords(phasing.refusal))
      return report(phasingInWords(phasing.value), { plan: kept.id, ...phasing.value })
    }),
}
