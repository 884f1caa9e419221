/** Two pupils who must be kept apart, or travel well together: whoever plans runs and finds seats goes by it. */
import { type PupilId, readId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { runsTogether, type SharedRun } from '#routes/seat-store'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type Reading, reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import { type FoundPupil, pupilNames, pupilsCalled } from './name-store.ts'
import { endPairing, recordPairing } from './write-store.ts'

type Subject = {
  pupil: PupilId
  name: string
  /** Who the one that was typed may be. */
  found: readonly FoundPupil[]
  /** The runs on which both have a seat, where it is known who the other is. */
  together: readonly SharedRun[]
}

async function subject({ sql, params, form, today, now }: Visit): Promise<Subject | undefined> {
  const asAt = { on: today, knownAt: now }
  const pupil = readId<'Pupil'>(params['pupilId'])
  const name = pupil && (await pupilNames(sql, [pupil], asAt)).get(pupil)
  if (!pupil || !name) return undefined
  const found = await pupilsCalled(sql, form['other']?.trim() ?? '', asAt)
  const [other, ...others] = found
  const together = other && others.length === 0 ? await runsTogether(sql, [pupil, other.pupil], asAt) : []
  return { pupil, name, found, together }
}

const kinds = [
  { value: 'keep-apart', text: 'Must be kept apart', hint: 'Never on one run at once' },
  { value: 'travel-well-with', text: 'Travel well together', hint: 'Put on one run where it can be' },
  { value: 'neither', text: 'Neither any more', hint: 'Ends what was recorded of the two' },
] as const

type Pairing = {
  other: FoundPupil
  kind: (typeof kinds)[number]['value']
  reason: string | undefined
  from: PlainDate
}

export const pairingPage = recordFormPage<Subject, Pairing, null>({
  path: '/pupils/:pupilId/pairing',
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  subject,
  question: ({ name }) => `Who must ${name} travel with, or not?`,
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil, found }) => [pupil, ...found.map((one) => one.pupil)],
  questions: () => [
    {
      ask: 'text',
      name: 'other',
      label: 'The other pupil',
      hint: 'Their unique pupil number, council number or whole name',
    },
    { ask: 'one', name: 'kind', label: 'The two', options: kinds },
    { ask: 'text', name: 'why', label: 'Why', hint: 'Whoever plans their runs reads it' },
    { ask: 'day', name: 'from', label: 'From' },
  ],
  asksWhy: true,
  standing: (_subject, { today }) => ({ from: today }),
  read(form, _lists, { pupil, name, found }) {
    const read = reading(form)
    const other = otherIn(read, found)
    if (other?.pupil === pupil) read.wrong('other', `That is ${name} too. Enter the other of the two`)
    const kind = read.choice(
      'kind',
      kinds.map(({ value }) => value),
      'Say what the two are to each other',
    )
    const reason = read.optional('why')
    if (kind === 'keep-apart' && reason === undefined)
      read.wrong('why', 'Enter why they must be kept apart: whoever plans their runs has to judge by it')
    const from = read.day('from', 'the first day of it')
    return read.answer(other && kind && from && { other, kind, reason, from })
  },
  title: ({ name }, { other, kind, from }) =>
    `${name} and ${other.name}: ${kinds.find(({ value }) => value === kind)?.text.toLowerCase()}, from ${dayInWords(from)}`,
  doing: 'record it',
  async work(tx, { pupil }, { other, kind, reason, from }) {
    const pair = [pupil, other.pupil] as const
    if (kind === 'neither') await endPairing(tx, pair, from)
    else await recordPairing(tx, pair, { kind, from, ...(reason && { reason }) })
    return ok(null)
  },
  told: toldOf,
})

function otherIn(read: Reading, found: readonly FoundPupil[]): FoundPupil | undefined {
  const typed = read.text('other', 'Enter who the other pupil is')
  if (typed === undefined) return undefined
  const [one, ...more] = found
  if (one === undefined)
    return read.wrong(
      'other',
      `Nobody on the register is "${typed}". Enter a unique pupil number, a council number or a whole name`,
    )
  if (more.length === 0) return one
  const who = found.map(({ name, upn, bornOn }) => `${name}, born ${dayInWords(bornOn)}, ${upn ?? 'no UPN'}`)
  return read.wrong('other', `"${typed}" may be ${who.join('; or ')}. Enter the number of the one you mean`)
}

function toldOf({ together }: Subject, { kind, other }: Pairing): string[] {
  if (kind !== 'keep-apart') return ['No seat is touched.']
  if (together.length === 0)
    return [
      `They share no run. Where a seat is looked for beside ${other.name}, it will say that they must be kept apart.`,
    ]
  const runs = together.map(({ code, direction }) => `${code} (${directionInWords(direction).toLowerCase()})`)
  return [
    `Both have a seat on ${runs.join(' and ')}. No seat is touched: it stands among the exceptions until one of them is moved.`,
  ]
}
