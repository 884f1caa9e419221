/** `firstbell plan reviews`: which schools have not agreed to the plan found last, and since when they are asked. */
import { type Command, refused, report } from '#cli/command.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { latestPlan } from '../found/found-plan-store.ts'
import { counted } from '../scenario/scenario.view.ts'
import { scenarios } from '../scenario/scenario-store.ts'
import { forwardOf } from './forward-store.ts'
import { type SchoolRow, schoolRows } from './review.view.ts'
import { askedOf } from './review-store.ts'

export const planReviewsCommand: Command = {
  name: 'plan reviews',
  summary:
    'what each school says of the plan found last, who has not answered, and since when they are asked',
  takes: ['<name>'],

  async run({ sql, words: [name = ''], today, now }) {
    const scenario = (await scenarios(sql)).find((one) => one.name === name)
    if (!scenario) return refused(`No scenario is called "${name}". firstbell plan list names them.`)
    const plan = (await latestPlan(sql, scenario.id))?.id ?? 0
    const asked = { today, revision: await revisionKnownAt(sql, now) }
    const forward = await forwardOf(sql, { scenario: scenario.id, plan }, asked)
    if (!forward) return refused(`No plan of “${name}” was found yet. firstbell plan run looks for one.`)
    const schools = schoolRows(forward, await askedOf(sql, plan))
    return report(schools.map(schoolInWords).join('\n') || 'The plan carries nobody to a school.', {
      plan,
      schools,
    })
  },
}

function schoolInWords({ name, runs, accepted, rejected, unanswered, asked }: SchoolRow): string {
  const since = asked
    ? `asked ${momentInWords(asked.askedAt)}, reminded ${counted(asked.reminders, 'time')}, link until ${dayInWords(asked.lastDay)}`
    : 'not asked yet'
  return `${name}: ${accepted} of ${counted(runs, 'run')} agreed, ${rejected} rejected, ${unanswered} without an answer; ${since}`
}
