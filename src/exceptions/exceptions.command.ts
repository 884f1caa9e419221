/** `firstbell exceptions`: the list of a day, on what was known at a moment, for a person or a program. */
import { type Asked, type Command, refused, report } from '#cli/command.ts'
import { type AsAt, dayInWords, earlierOf, momentInWords, readInstant, readPlainDate } from '#ground/time.ts'
import { answering, countsOf, type Exception, exceptionKinds } from './exception.ts'
import { exceptionInWords, kindInWords, nextStepOf, subjectOf } from './exceptions.view.ts'
import { exceptionsAsAt } from './store.ts'

export const exceptionsCommand: Command = {
  name: 'exceptions',
  summary: 'what about pupils and runs may not be left as it is',
  options: [
    { flags: '--on <day>', means: 'the day asked about, as 2022-02-14 (today if not given)' },
    { flags: '--known-at <moment>', means: 'what was known then, as 2022-02-14T07:00 (now if not given)' },
    { flags: '--kind <kind>', means: `one kind only: ${exceptionKinds.join(', ')}` },
  ],

  async run(asked) {
    const asAt = readAsAt(asked)
    if (typeof asAt === 'string') return refused(asAt)
    const kind = String(asked.options['kind'] ?? '')
    if (kind !== '' && !exceptionKinds.some((one) => one === kind)) {
      return refused(`"${kind}" is no kind of exception. Give one of ${exceptionKinds.join(', ')}.`)
    }
    const all = await exceptionsAsAt(asked.sql, asAt)
    const exceptions = answering(all, { kind, words: '' })
    return report(inWords(exceptions, asAt), { ...asAt, counts: countsOf(all), exceptions })
  },
}

function readAsAt({ options, today, now }: Asked): AsAt | string {
  const { on, knownAt } = options
  const day = on === undefined ? today : readPlainDate(String(on))
  if (day === undefined) return `"${on}" is not a day. Give one like 2022-02-14.`
  const moment = knownAt === undefined ? now : readInstant(String(knownAt))
  if (moment === undefined) return `"${knownAt}" is not a moment. Give one like 2022-02-14T07:00.`
  return { on: day, knownAt: earlierOf(moment, now) }
}

function inWords(exceptions: readonly Exception[], { on, knownAt }: AsAt): string {
  const heading = `${dayInWords(on)}, as known on ${momentInWords(knownAt)}: ${exceptions.length} exceptions`
  const found = exceptionKinds.flatMap((kind) => {
    const mine = exceptions.filter((one) => one.kind === kind)
    if (mine.length === 0) return []
    const lines = mine.map(
      (one) => `  ${subjectOf(one).text}. ${exceptionInWords(one)}. ${nextStepOf(one).text}.`,
    )
    return ['', `${kindInWords(kind).text}: ${mine.length}`, ...lines]
  })
  return [heading, ...found].join('\n')
}
