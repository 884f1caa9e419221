/** `firstbell cohort freeze|list|plan`: who was to be carried on a day, kept, and what has become of them. */
import { author, type Command, readDayOption, refused, report } from '#cli/command.ts'
import { dayInWords } from '#ground/time.ts'
import { cohortsKnownAt, freezeCohort, planCohort } from './cohort-store.ts'
import { planBegins, readPlanPoints } from './projection.ts'
import { readAsAt } from './sitrep.command.ts'
import { cutAt } from './store.ts'

export const cohortFreezeCommand: Command = {
  name: 'cohort freeze',
  summary: 'keep who is to be carried on a day, so that what becomes of them can be counted',
  takes: ['<name>'],
  options: [
    { flags: '--on <day>', means: 'the day, as 2021-12-07 (today if not given)' },
    { flags: '--known-at <moment>', means: 'as known then (now if not given)' },
  ],

  async run(asked) {
    const [name = ''] = asked.words
    const asAt = readAsAt(asked)
    if (typeof asAt === 'string') return refused(asAt)
    const cut = await cutAt(asked.sql, asAt)
    const frozen = await freezeCohort(asked.sql, { name, cut, author: author(`Cohort frozen: ${name}`) })
    if (!frozen.ok) return refused(whyNot[frozen.refusal](name, dayInWords(asAt.on)))
    const { frozenOn, members } = frozen.value
    return report(
      `Cohort “${name}” is frozen: ${members.length} pupils who were eligible on ${dayInWords(frozenOn)}.`,
      { name, frozenOn, members: members.length },
    )
  },
}

const whyNot = {
  'name-is-taken': (name: string) => `A cohort called "${name}" is already frozen. Choose another name.`,
  'nobody-is-eligible': (_name: string, day: string) =>
    `Nobody was eligible for travel on ${day}: choose another day.`,
}

export const cohortListCommand: Command = {
  name: 'cohort list',
  summary: 'the cohorts that were frozen',

  async run({ sql, today, now }) {
    const cut = await cutAt(sql, { on: today, knownAt: now })
    const cohorts = (await cohortsKnownAt(sql, cut.revision)).map(({ name, frozenOn, members }) => ({
      name,
      frozenOn,
      members: members.length,
    }))
    const lines = cohorts.map(
      ({ name, frozenOn, members }) => `${name}: ${members} pupils, frozen on ${dayInWords(frozenOn)}`,
    )
    return report(lines.join('\n') || 'No cohort is frozen. firstbell cohort freeze makes one.', { cohorts })
  },
}

export const cohortPlanCommand: Command = {
  name: 'cohort plan',
  summary: 'say when a cohort’s travel begins, and how much of it should be confirmed by when',
  takes: ['<name>', '<points...>'],
  options: [{ flags: '--begins <day>', means: 'the day on which travel begins, as 2022-02-14' }],

  async run({ sql, words: [name = '', ...typed], options, today, now }) {
    const cut = await cutAt(sql, { on: today, knownAt: now })
    const cohort = (await cohortsKnownAt(sql, cut.revision)).find((one) => one.name === name)
    if (!cohort) return refused(`No cohort is called "${name}". firstbell cohort list names them.`)
    const begins = readDayOption({ options }, 'begins', { like: '2022-02-14' })
    if (!begins.ok) return refused(begins.refusal)
    const beginsOn = begins.value
    const points = readPlanPoints(typed.join(' '))
    if (!points.ok) return refused(points.refusal)
    const plan = planBegins(beginsOn, points.value)
    await planCohort(sql, cohort.id, {
      plan,
      from: cohort.frozenOn,
      author: author(`Plan of cohort ${name}`),
    })
    return report(`“${name}” is planned: travel begins on ${dayInWords(beginsOn)}.`, { name, ...plan })
  },
}
