/** Where one pupil could ride in today's network, with what each place does to everybody aboard; one of them is kept. */
import { keepingAnswers } from '#distances/kept-answers-store'
import { type PupilId, readId } from '#ground/ids.ts'
import { daysInWords } from '#ground/pattern.ts'
import { ok, type Result, refuse } from '#ground/result.ts'
import { addDays, dayInWords, type PlainDate, readPlainDate } from '#ground/time.ts'
import { revisionKnownAt } from '#knowledge/store'
import { pupilNames } from '#pupils/name-store'
import { crowFly } from '#roads'
import type { PlanRefused } from '#routes/write-store'
import type { SeatRefused } from '#travel-arrangements/arrangement-store'
import { type FieldError, fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { placesPupils } from '../roles.ts'
import { findPlaces, type Places } from './find-places.ts'
import { type Chosen, keepPlaces } from './keep-place-store.ts'
import {
  companionsInWords,
  lookedAtInWords,
  newRunInWords,
  notPlacedInWords,
  placeInWords,
  rideInWords,
} from './place.view.ts'
import { aroundPupil } from './place-store.ts'
import type { Placing } from './places.ts'

type Subject = {
  pupil: PupilId
  name: string
  from: PlainDate
  /** The places, or why nothing can be said. */
  found: Result<Places, string>
  names: ReadonlyMap<PupilId, string>
}

const NONE = 'none'
const fieldOf = ({ ride }: Placing, i: number) => `place-${ride.direction}-${i + 1}`
const placingsOf = ({ found }: Subject) => (found.ok ? found.value.placings : [])

async function subjectOf(visit: Visit): Promise<Subject | undefined> {
  const { sql, params, form, query, today, now } = visit
  const pupil = readId<'Pupil'>(params['pupilId'])
  if (!pupil) return undefined
  const from = readPlainDate(form['from'] ?? query['from'] ?? '') ?? addDays(today, 1)
  const name = (await pupilNames(sql, [pupil], { on: from, knownAt: now })).get(pupil)
  if (name === undefined) return undefined
  const around = await aroundPupil(sql, pupil, { on: from, revision: await revisionKnownAt(sql, now) })
  if (!around.ok)
    return { pupil, name, from, found: refuse(notPlacedInWords(around.refusal)), names: new Map() }
  const roads = await visit.roads()
  const found = await findPlaces(keepingAnswers(sql, roads ?? crowFly()), around.value, {
    from,
    estimated: !roads,
  })
  const names = new Map(around.value.people.map((one) => [one.pupil, one.name]))
  return { pupil, name, from, found: ok(found), names }
}

export const pupilPlacesPage = recordFormPage<Subject, { from: PlainDate; chosen: readonly Chosen[] }, null>({
  path: '/pupils/:pupilId/places',
  roles: placesPupils,
  subject: subjectOf,
  question: ({ name }) => `Where could ${name} ride?`,
  says: ({ found }) => (found.ok ? lookedAtInWords(found.value) : found.refusal),
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil, names }) => [pupil, ...names.keys()],
  standing: ({ from }) => ({ from }),
  questions: (subject) => [
    { ask: 'day', name: 'from', label: 'First day' },
    ...placingsOf(subject).map((placing, i) => ({
      ask: 'one' as const,
      name: fieldOf(placing, i),
      label: rideInWords(placing),
      options: [
        ...placing.places.map((place) => ({
          value: String(place.run.run),
          text: `${place.route.code}, ${place.route.operator}`,
          hint: [placeInWords(place), ...companionsInWords(place, subject.names)].join('. '),
        })),
        {
          value: NONE,
          text: placing.places.length > 0 ? 'None of these' : 'Not on today’s network',
          hint: newRunInWords(placing),
        },
      ],
    })),
  ],
  read(form, _lists, subject) {
    const read = reading(form)
    const from = read.day('from', 'the first day')
    if (!subject.found.ok) read.wrong('from', subject.found.refusal)
    const placings = placingsOf(subject)
    const chosen = placings.flatMap((placing, i): Chosen[] => {
      const value = form[fieldOf(placing, i)] ?? NONE
      const place = placing.places.find(({ run }) => String(run.run) === value)
      if (value !== NONE && !place) read.wrong(fieldOf(placing, i), 'That place is gone. Choose one of these')
      return place ? [{ ride: placing.ride, place }] : []
    })
    const [first] = placings
    if (chosen.length === 0 && first)
      read.wrong(fieldOf(first, 0), 'Choose a place, in one direction at least')
    return read.answer(from && { from, chosen })
  },
  title: ({ name }, { from, chosen }) =>
    `${name} rides on ${[...new Set(chosen.map(({ place }) => place.route.code))].join(' and ')} from ${dayInWords(from)}`,
  doing: 'give the place',
  async work(tx, { pupil }, change) {
    const done = await keepPlaces(tx, { pupil, ...change })
    return done.ok ? ok(null) : refuse([refusalInWords(done.refusal)])
  },
  told: ({ names, name }, { chosen }) =>
    chosen.flatMap(({ place }) => [
      `${place.route.code}: ${placeInWords(place)}`,
      ...companionsInWords(place, names),
      `${name} is not confirmed on it until the family and the school are told; nor is anybody told of a time that changed.`,
    ]),
})

function refusalInWords(refusal: PlanRefused | SeatRefused): FieldError {
  switch (refusal.because) {
    case 'already-seated': {
      const seats = refusal.held.map(({ code, days }) => `${code}, ${daysInWords(days)}`)
      return fieldError(
        'from',
        `Already seated on ${seats.join('; ')}. End that first, or choose another day`,
      )
    }
    case 'stop-before-the-one-ahead':
      return fieldError(
        'from',
        `${refusal.place} would be called at before the stop ahead of it. Plan that run anew first`,
      )
    case 'no-layout':
      return fieldError('from', 'The run has no layout. Plan it first')
    case 'run-not-known':
      return fieldError('from', 'The run is not there any more. Choose again')
    case 'ends-before-it-starts':
      return fieldError('from', 'The seat would end before it begins. Choose another day')
  }
}
