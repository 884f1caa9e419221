/** `firstbell plan policies` tells what the council has decided about planning; `plan policy` records another decision. */
import { recordChange } from '#changeover/store'
import { author, type Command, readDayOption, refused, report } from '#cli/command.ts'
import { invariant } from '#ground/present.ts'
import { revisionKnownAt } from '#knowledge/store'
import { policyNamed, policyNames, readPolicy } from './council-policy.ts'
import { decidedInWords, rowsOf } from './policies.view.ts'
import { decidePolicy, standingPolicies } from './policy-store.ts'
import { policyTitle } from './policy-words.view.ts'

export const planPoliciesCommand: Command = {
  name: 'plan policies',
  summary: 'what the council has decided about planning, and what stands where it has said nothing',
  options: [{ flags: '--on <day>', means: 'on another day than today, as 2027-09-01' }],

  async run({ sql, options, today, now }) {
    const day = readDayOption({ options }, 'on', { like: '2027-09-01', otherwise: today })
    if (!day.ok) return refused(day.refusal)
    const on = day.value
    const decided = await standingPolicies(sql, { on, revision: await revisionKnownAt(sql, now) })
    const lines = policyNames.flatMap((name) => {
      const one = decided.find((policy) => policy.name === name)
      const rows = rowsOf(name, one).map(({ key, text }) => `  ${key}: ${text}`)
      return [`${policyTitle[name].title} (${name})`, ...rows, `  ${decidedInWords(one)}`]
    })
    return report(lines.join('\n'), { on, policies: decided })
  },
}

export const planPolicyCommand: Command = {
  name: 'plan policy',
  summary: 'record what the council decided of one policy about planning, from a day on',
  takes: ['<name>', '<value>', '<why>'],
  options: [{ flags: '--from <day>', means: 'the first day it holds, as 2027-09-01' }],

  async run({ sql, words: [typed, text = '', why = ''], options }) {
    const name = policyNamed(typed)
    const from = readDayOption({ options }, 'from', { like: '2027-09-01' })
    if (!name)
      return refused(`"${typed}" is no policy about planning. Give one of ${policyNames.join(', ')}.`)
    if (!from.ok) return refused(from.refusal)
    if (!why.trim()) return refused('Say who decided it and why: it stays on record.')
    const value = readJson(text)
    if (value === undefined) return refused(`"${text}" is not JSON. Give a value like {"atMostPercent":30}.`)
    const read = readPolicy(name, value)
    if (!read.ok) return refused(`${policyTitle[name].title} is not recorded. ${read.refusal}.`)
    const done = await recordChange(sql, author(why), (tx) =>
      decidePolicy(tx, { name, value, from: from.value }),
    )
    invariant(done.ok, `No travel hangs on ${name}, so nobody can be worse off by it.`)
    return report(`Recorded: ${policyTitle[name].title}, from ${from.value}.`, {
      name,
      from: from.value,
      value,
    })
  },
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
