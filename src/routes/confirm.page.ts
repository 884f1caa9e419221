/** The rungs of a run that are somebody's word: what has been said, and the form to record what was said today. */
import { recordChange } from '#changeover/store'
import { readId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate, plainDate } from '#ground/time.ts'
import { rungs } from '#travel-arrangements'
import { confirm, type Word } from '#travel-arrangements/confirmation-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import { notFound, type Page, redirect, show, showAgain, type Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { directionInWords, rungInWords } from '#web/travel-state.view.ts'
import { type RunRecord, runsAsAt } from './run-store.ts'

export const runConfirmPage: Page = {
  path: '/runs/:runId/confirm',
  allow: ['transport-officer', 'commissioner', 'manager'],
  change: ['transport-officer', 'commissioner', 'manager'],

  async get(visit) {
    const run = await runOf(visit)
    return run ? page(visit, run, []) : notFound
  },

  async post(visit) {
    const run = await runOf(visit)
    if (!run) return notFound
    const { contract } = run
    if (contract === null)
      return page(visit, run, [
        fieldError(
          'rung',
          `${run.code} is under no contract: nothing can be confirmed. Put the route under a contract first`,
        ),
      ])
    const read = reading(visit.form)
    const rung = read.choice(
      'rung',
      rungs.map((one) => one.rung),
      'Choose what was confirmed',
    )
    const evidence = read.text('evidence', 'Enter what shows it: an email, a signed copy, a delivery report')
    const givenOn = read.day('given-on', 'the day it was given')
    const told = (visit.formLists['pupils'] ?? []).flatMap((text) => readId<'Pupil'>(text) ?? [])
    if (rung === 'family-told' && told.length === 0) read.wrong('pupils', 'Choose whose family was told')
    const answer = read.answer(rung && evidence && givenOn && { rung, evidence, givenOn })
    if (!answer.ok) return page(visit, run, answer.refusal)
    const words = wordsOf({ ...run, contract }, answer.value.rung, told)
    const reason = `${rungInWords(answer.value.rung).name}: ${run.code}`
    await recordChange(visit.sql, { by: visit.person.id, request: visit.request, reason }, async (tx) => {
      for (const word of words)
        await confirm(tx, word, { ...answer.value, from: visit.today, until: goodUntil(word, visit.today) })
      return ok(null)
    })
    return redirect(paths.runConfirm(run.run), `Recorded: ${reason}.`)
  },
}

async function runOf({ params, sql, today, now }: Visit): Promise<RunRecord | undefined> {
  const run = readId<'Run'>(params['runId'])
  return run && (await runsAsAt(sql, { run }, { on: today, knownAt: now }))[0]
}

function wordsOf(
  { contract, run }: RunRecord & { contract: NonNullable<RunRecord['contract']> },
  rung: Word['rung'],
  told: readonly RunRecord['riders'][number]['pupil'][],
): Word[] {
  if (rung === 'contract-signed') return [{ rung, contract }]
  if (rung === 'family-told') return told.map((pupil) => ({ rung, contract, run, pupil }))
  return [{ rung, contract, run }]
}

/** Families and schools are told anew each school year: times change. The rest holds as long as the contract does. */
function goodUntil({ rung }: Word, today: PlainDate): PlainDate | null {
  if (rung !== 'family-told' && rung !== 'school-told') return null
  const year = Number(today.slice(0, 4)) + (today.slice(5) < '08-01' ? 0 : 1)
  return plainDate(`${year}-08-01`)
}

function page({ form, formLists, today }: Visit, run: RunRecord, errors: readonly FieldError[]) {
  const said = new Map(run.words.map((word) => [word.kind, word]))
  const untold = run.riders.filter(({ told }) => !told).length
  const view = {
    title: `${run.code}, ${directionInWords(run.direction).toLowerCase()}`,
    back: paths.route(run.route),
    errors,
    ladder: rungs.map(({ rung }) => {
      const word = said.get(rung)
      const done = rung === 'family-told' ? untold === 0 : word !== undefined
      const note =
        rung === 'family-told'
          ? `${run.riders.length - untold} of ${run.riders.length} families told`
          : word
            ? `${dayInWords(word.givenOn)}: ${word.evidence}`
            : rungInWords(rung).toDo
      return { name: rungInWords(rung).name, standing: done ? 'done' : 'missing', note }
    }),
    rungs: rungs.map(({ rung }) => ({ value: rung, text: rungInWords(rung).name })),
    riders: run.riders.map(({ pupil, name, told, carer, phone }) => ({
      value: String(pupil),
      text: name,
      hint: {
        text: told ? 'Told already' : [carer, phone].filter(Boolean).join(', ') || 'No verified carer',
      },
    })),
    chosen: formLists['pupils'] ?? [],
    rung: form['rung'] ?? (untold > 0 && said.size >= 4 ? 'family-told' : ''),
    evidence: form['evidence'] ?? '',
    givenOn: form['given-on'] ?? today,
  }
  const about = { pupils: run.riders.map(({ pupil }) => pupil) }
  return errors.length > 0
    ? showAgain('routes/confirm.njk', view, about)
    : show('routes/confirm.njk', view, about)
}
