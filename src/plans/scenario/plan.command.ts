/** `firstbell plan …`: scenarios made, decided about and frozen. */
import { keepRoads, roadsFileIn } from '#adapters/roads/kept-roads.ts'
import {
  type Answer,
  type Asked,
  author,
  type Command,
  readDayOption,
  refused,
  report,
} from '#cli/command.ts'
import { readId } from '#ground/ids.ts'
import { pence } from '#ground/money.ts'
import { dayInWords } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { countBaseline } from '../baseline/baseline.ts'
import { freezeBaseline } from '../baseline/baseline-store.ts'
import { choices, type Scenario, type Scope, type Terms } from './scenario.ts'
import { baselineInWords, counted, notMadeInWords, scopeInWords } from './scenario.view.ts'
import { choose, except, makeScenario, scenarios } from './scenario-store.ts'
import { type Standing, standingOf } from './standing-store.ts'

export const planNewCommand: Command = {
  name: 'plan new',
  summary: 'begin a scenario: freeze who is to be planned for, from a day on',
  takes: ['<name>'],
  options: [
    { flags: '--from <day>', means: 'the day on which it would begin, as 2027-09-01' },
    { flags: '--schools <numbers>', means: 'for these schools, as 3,8' },
    { flags: '--area <name>', means: 'for pupils who live in an area' },
    { flags: '--county', means: 'for everybody' },
    { flags: '--mix-schools', means: 'pupils of different schools may be aboard together' },
    { flags: '--change <pence>', means: 'what sparing a pupil a change of vehicle is worth, a day (200)' },
    { flags: '--keep-routes <numbers>', means: 'routes that stay as they are, as 12,40' },
  ],

  async run({ sql, words: [name = ''], options, today }) {
    const from = readDayOption({ options }, 'from', { like: '2027-09-01' })
    if (!from.ok) return refused(from.refusal)
    const beginsOn = from.value
    const scope = readScope(options)
    const terms = readTerms(options)
    if (typeof scope === 'string') return refused(scope)
    if (typeof terms === 'string') return refused(terms)
    const wanted = { name, scope, beginsOn, terms }
    const made = await makeScenario(sql, { wanted, today, author: author(`Scenario begun: ${name}`) })
    if (!made.ok) return refused(notMadeInWords(made.refusal, name))
    return report(`Scenario “${name}” is begun, from ${dayInWords(beginsOn)}. Freeze its baseline next.`, {
      id: made.value,
      name,
      beginsOn,
    })
  },
}

function readScope(options: Asked['options']): Scope | string {
  const { schools, area, county } = options
  if ([schools, area, county].filter((one) => one !== undefined).length !== 1)
    return 'Say for whom: one of --schools 3,8, --area Saltmouth or --county.'
  if (typeof area === 'string') return { area }
  if (county) return { county: true }
  const ids = readIds<'School'>(String(schools))
  return ids ? { schools: ids } : `--schools is "${schools}". Give school numbers like 3,8.`
}

function readTerms({ change = '200', keepRoutes, mixSchools }: Asked['options']): Terms | string {
  if (!/^\d{1,6}$/.test(String(change))) return `--change is "${change}". Give pence a day, like 200.`
  const fixedRoutes = keepRoutes === undefined ? [] : readIds<'Route'>(String(keepRoutes))
  if (!fixedRoutes) return `--keep-routes is "${keepRoutes}". Give route numbers like 12,40.`
  return {
    mixesSchools: mixSchools === true,
    times: 'measured',
    change: pence(Number(change)),
    beyondDirectMinutes: 5,
    fixedRoutes,
  }
}

function readIds<Name extends string>(text: string) {
  const ids = text.split(',').map((one) => readId<Name>(one.trim()))
  return ids.every((id) => id !== undefined) ? ids : undefined
}

export const planListCommand: Command = {
  name: 'plan list',
  summary: 'the scenarios there are',

  async run({ sql }) {
    const found = await scenarios(sql)
    const lines = found.map(
      (one) =>
        `${one.name}: ${scopeInWords(one)}, ${counted(one.members.length, 'pupil')}, from ${dayInWords(one.beginsOn)}`,
    )
    const json = found.map(({ id, name, beginsOn, members }) => ({
      id,
      name,
      beginsOn,
      members: members.length,
    }))
    return report(lines.join('\n') || 'There is no scenario. firstbell plan new begins one.', {
      scenarios: json,
    })
  },
}

export const planChooseCommand: Command = {
  name: 'plan choose',
  summary: 'say how a pupil of whom too little is known is planned: as-known, left-out or waits',
  takes: ['<name>', '<pupil>', '<choice>', '<reason>'],

  run: (asked) =>
    onScenario(asked, async (standing) => {
      const [, number = '', typed, reason = ''] = asked.words
      const choice = choices.find((one) => one === typed)
      const person = standing.people.find(({ pupil }) => String(pupil) === number)
      if (!choice) return refused(`"${typed}" is no choice. Give one of ${choices.join(', ')}.`)
      if (!person)
        return refused(`No pupil ${number} is in this scenario. firstbell plan show lists who blocks it.`)
      if (!reason.trim()) return refused('Say why: the reason stays on record.')
      await choose(asked.sql, {
        scenario: standing.scenario.id,
        pupil: person.pupil,
        choice,
        author: author(reason),
      })
      return report(`Pupil ${number}: ${choice}.`, { pupil: person.pupil, choice })
    }),
}

export const planExceptCommand: Command = {
  name: 'plan except',
  summary: 'give one pupil a longest ride of their own, with who approved it',
  takes: ['<name>', '<pupil>', '<minutes>', '<reason>'],
  options: [{ flags: '--approved-by <person>', means: 'who approved it' }],

  run: (asked) =>
    onScenario(asked, async (standing) => {
      const [, number = '', minutes = '', reason = ''] = asked.words
      const approvedBy = String(asked.options['approvedBy'] ?? '').trim()
      const person = standing.people.find(({ pupil }) => String(pupil) === number)
      if (!person) return refused(`No pupil ${number} is in this scenario.`)
      if (!/^[1-9]\d{0,2}$/.test(minutes))
        return refused(`"${minutes}" is no ride. Give minutes from 1 to 999.`)
      if (!approvedBy || !reason.trim())
        return refused('Say who approved it (--approved-by) and why: both stay on record.')
      await except(asked.sql, {
        scenario: standing.scenario.id,
        pupil: person.pupil,
        longestRideMinutes: Number(minutes),
        approvedBy,
        author: author(reason),
      })
      return report(`Pupil ${number} may ride ${minutes} minutes, as approved by ${approvedBy}.`, {
        pupil: person.pupil,
        longestRideMinutes: Number(minutes),
      })
    }),
}

export const planFreezeCommand: Command = {
  name: 'plan freeze',
  summary: 'keep how a scenario’s people travel today, so that a plan can be told against it',
  takes: ['<name>'],

  run: (asked) =>
    onScenario(asked, async ({ scenario }) => {
      const { sql, today, now } = asked
      const kept = keepRoads(asked.folder && roadsFileIn(asked.folder), asked.say)
      try {
        const cut = { on: today, revision: await revisionKnownAt(sql, now) }
        const frozen = await freezeBaseline(sql, {
          scenario,
          cut,
          roads: await kept.ask(),
          author: author(`Baseline frozen: ${scenario.name}`),
        })
        if (!frozen.ok)
          return refused(`The baseline of “${scenario.name}” is frozen already, once and for all.`)
        const count = countBaseline(frozen.value)
        return report(`The baseline is frozen. ${baselineInWords(count)}`, count)
      } finally {
        await kept.close()
      }
    }),
}

/** Does the work on the scenario that the first word names, as it stands now; refused where there is none. */
export async function onScenario(
  asked: Asked,
  work: (standing: Standing) => Promise<Answer>,
): Promise<Answer> {
  const [name = ''] = asked.words
  const found = (await scenarios(asked.sql)).find((one: Scenario) => one.name === name)
  const standing = found && (await standingOf(asked.sql, found.id, asked.now))
  return standing
    ? work(standing)
    : refused(`No scenario is called "${name}". firstbell plan list names them.`)
}
