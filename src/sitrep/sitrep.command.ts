/** `firstbell sitrep`: the situation of any day, on what was known at any moment, for a person or a program. */
import { type Asked, author, type Command, refused, report } from '#cli/command.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { type AsAt, dayInWords, earlierOf, readInstant, readPlainDate } from '#ground/time.ts'
import { pupilNamesAt } from './around-store.ts'
import { cohortsKnownAt } from './cohort-store.ts'
import { forgetRemembered } from './morning-store.ts'
import { checkPublished, publishedReports, publishReport } from './published-store.ts'
import { reportAt } from './report-store.ts'
import { type Cut, pupilsNamedIn } from './sitrep.ts'
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
    const cohort = await readCohort(asked, cut)
    if (!cohort.ok) return refused(cohort.refusal)
    const counted = await reportAt(sql, cut, { since, cohort: cohort.value, counting: countingTo(say) })
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

/** The cohort that `--cohort` names, none, or the sentence that says which there are. */
async function readCohort(
  { sql, options }: Asked,
  { revision }: Cut,
): Promise<Result<string | undefined, string>> {
  if (options['cohort'] === undefined) return ok(undefined)
  const asked = String(options['cohort'])
  const known = (await cohortsKnownAt(sql, revision)).map(({ name }) => name)
  if (known.includes(asked)) return ok(asked)
  return refuse(
    `No cohort is called "${asked}". ${
      known.length === 0
        ? 'None was frozen by then: firstbell cohort freeze makes one.'
        : `Choose one of: ${known.join(', ')}.`
    }`,
  )
}

const countingTo = (say: Asked['say']) => (left: number) => {
  if (left % 10 === 0) say(`Counting mornings of this school year, ${left} to go…`)
}

export const sitrepPublishCommand: Command = {
  name: 'sitrep publish',
  summary: 'freeze a report: its figures can never change again, and every night they are checked',
  takes: ['<title>'],
  options: [{ flags: '--commentary <words>', means: 'words beside the figures, in a box of their own' }],

  async run(asked) {
    const { sql, say, words, options } = asked
    const [title = ''] = words
    const asAt = readAsAt(asked)
    if (typeof asAt === 'string') return refused(asAt)
    const since = readSince(asked, asAt)
    if (typeof since === 'string') return refused(since)
    const cohort = await readCohort(asked, await cutAt(sql, asAt))
    if (!cohort.ok) return refused(cohort.refusal)
    const publishing = {
      asAt,
      since,
      cohort: cohort.value,
      title,
      commentary: typeof options['commentary'] === 'string' ? options['commentary'] : '',
      author: author(`Report published: ${title}`),
    }
    const id = await publishReport(sql, publishing, { counting: countingTo(say) })
    const [published] = await publishedReports(sql, id)
    return report(
      `Published as number ${id}: ${title}.\nData cut: revision ${published?.revision}. SHA-256: ${published?.sha256}`,
      published,
    )
  },
}

export const sitrepCheckCommand: Command = {
  name: 'sitrep check',
  summary: 'compute every published report again, and say whether each comes out the same',

  async run({ sql, now }) {
    await forgetRemembered(sql)
    const checks = []
    for (const published of await publishedReports(sql)) {
      checks.push({
        id: published.id,
        title: published.title,
        outcome: await checkPublished(sql, published, now),
      })
    }
    const lines = checks.map(({ id, title, outcome }) => `${id}  ${outcome}  ${title}`)
    if (checks.some(({ outcome }) => outcome === 'differs')) {
      return refused(`Not every published report comes out as it was published:\n${lines.join('\n')}`)
    }
    return report(lines.join('\n') || 'No report is published.', { checks })
  },
}
