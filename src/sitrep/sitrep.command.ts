/** `firstbell sitrep`: the situation of any day, on what was known at any moment, for a person or a program. */
import { type Asked, type Command, refused, report } from '#cli/command.ts'
import { type AsAt, dayInWords, earlierOf, readInstant, readPlainDate } from '#ground/time.ts'
import { pupilNamesAt } from './around-store.ts'
import { cohortsKnownAt } from './cohort-store.ts'
import { reportAt } from './report-store.ts'
import { pupilsNamedIn } from './sitrep.ts'
import { reportInWords } from './sitrep-words.view.ts'
import { cutAt, sameTimeOn } from './store.ts'

export const sitrepCommand: Command = {
  name: 'sitrep',
  summary: 'who has transport on a day, who has not, and what changed',
  options: [
    { flags: '--on <day>', means: 'the day asked about, as 2022-02-14 (today if not given)' },
    { flags: '--known-at <moment>', means: 'what was known then, as 2022-02-14T07:00 (now if not given)' },
    { flags: '--cohort <name>', means: 'show a frozen cohort, and apart from it whoever came after' },
    { flags: '--since <day>', means: 'compare with that day (the weekday before if not given)' },
  ],

  async run(asked) {
    const { sql, say } = asked
    const asAt = readAsAt(asked)
    if (typeof asAt === 'string') return refused(asAt)
    const since = readSince(asked, asAt)
    if (typeof since === 'string') return refused(since)
    const cut = await cutAt(sql, asAt)
    const cohort = asked.options['cohort'] === undefined ? undefined : String(asked.options['cohort'])
    const cohorts = await cohortsKnownAt(sql, cut.revision)
    if (cohort !== undefined && !cohorts.some(({ name }) => name === cohort)) {
      return refused(
        noCohort(
          cohort,
          cohorts.map(({ name }) => name),
        ),
      )
    }
    const counting = (left: number) => {
      if (left % 10 === 0) say(`Counting mornings of this school year, ${left} to go…`)
    }
    const counted = await reportAt(sql, cut, { since, cohort, counting })
    const named = await pupilNamesAt(sql, cut, pupilsNamedIn(counted))
    const names = Object.fromEntries(named.map(({ pupil, name }) => [pupil, name]))
    return report(reportInWords(counted, names), { ...counted, names })
  },
}

/** The day and moment that `--on` and `--known-at` mean, or the sentence that says why they mean none. */
export function readAsAt({ options, today, now }: Asked): AsAt | string {
  const { on, knownAt } = options
  const day = on === undefined ? today : readPlainDate(String(on))
  if (day === undefined) return `"${on}" is not a day. Give one like 2022-02-14.`
  const moment = knownAt === undefined ? now : readInstant(String(knownAt))
  if (moment === undefined) return `"${knownAt}" is not a moment. Give one like 2022-02-14T07:00.`
  return { on: day, knownAt: earlierOf(moment, now) }
}

function readSince({ options }: Asked, asAt: AsAt): AsAt | undefined | string {
  if (options['since'] === undefined) return undefined
  const day = readPlainDate(String(options['since']))
  if (day === undefined) return `"${options['since']}" is not a day. Give one like 2022-02-11.`
  if (day >= asAt.on) return `--since is ${dayInWords(day)}. Expected a day before ${dayInWords(asAt.on)}.`
  return sameTimeOn(day, asAt)
}

const noCohort = (asked: string, known: readonly string[]): string =>
  `No cohort is called "${asked}". ${
    known.length === 0
      ? 'None was frozen by then: firstbell cohort freeze makes one.'
      : `Choose one of: ${known.join(', ')}.`
  }`
