/** `firstbell plan impact` tells what the plan found last does to people, on whom it falls and what it costs. */
import { type Command, refused, report } from '#cli/command.ts'
import { pupilNames } from '#pupils/name-store'
import { latestPlan } from '../found/found-plan-store.ts'
import { onScenario } from '../scenario/plan.command.ts'
import { policyRefusedInWords } from '../scenario/scenario.view.ts'
import { impactInWords, impactJson } from './impact-files.view.ts'
import { impactReportOf } from './impact-store.ts'

export const planImpactCommand: Command = {
  name: 'plan impact',
  summary: 'what the plan of a scenario found last does to people, and what it costs',
  takes: ['<name>'],
  options: [{ flags: '--publish', means: 'no name and no small number, with --json too' }],

  run: (asked) =>
    onScenario(asked, async ({ scenario }) => {
      const { sql, options, today, now } = asked
      const found = await latestPlan(sql, scenario.id)
      if (!found)
        return refused(`No plan of “${scenario.name}” was found yet. firstbell plan run looks for one.`)
      const reported = await impactReportOf(sql, scenario, found.id)
      if (!reported.ok) return refused(policyRefusedInWords(reported.refusal))
      if (!reported.value) throw new Error(`Plan ${found.id} has no baseline, and cannot be without one.`)
      const shown = { ...reported.value, scenario }
      const names = options['publish']
        ? undefined
        : await pupilNames(sql, shown.report.impact.pupils, { on: today, knownAt: now })
      return report(impactInWords(shown, names), impactJson(shown, names))
    }),
}
