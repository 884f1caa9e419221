/** `firstbell plan policies` tells what the council has decided about planning; `plan policy` records another decision. */
import { author, type Command, refused, report } from '#cli/command.ts'
import { readPlainDate } from '#ground/time.ts'
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
    const on = options['on'] === undefined ? today : readPlainDate(String(options['on']))
    if (!on) return refused(`--on is "${options['on']}". Give a day like 2027-09-01.`)
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
    const from = readPlainDate(String(options['from'] ?? ''))
    if (!name)
      return refused(`"${typed}" is no policy about planning. Give one of ${policyNames.join(', ')}.`)
    if (!from) return refused(`--from is "${options['from'] ?? ''}". Give a day like 2027-09-01.`)
    if (!why.trim()) return refused('Say who decided it and why: it stays on record.')
    const value = readJson(text)
    if (value === undefined) return refused(`"${text}" is not JSON. Give a value like {"atMostPercent":30}.`)
    const read = readPolicy(name, value)
    if (!read.ok) return refused(`${policyTitle[name].title} is not recorded. ${read.refusal}.`)
    await decidePolicy(sql, { name, value, from, author: author(why) })
    return report(`Recorded: ${policyTitle[name].title}, from ${from}.`, { name, from, value })
  },
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
