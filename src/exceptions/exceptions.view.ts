/** The list of exceptions in words: what is wrong, since when, and what to do next. */
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { checkInWords } from '#operators'
import { paths } from '#web/paths.ts'
import { directionInWords, type Tone } from '#web/travel-state.view.ts'
import type { Exception, ExceptionKind } from './exception.ts'

type KindInWords = { text: string; means: string; tone: Tone }

const kinds: Record<ExceptionKind, KindInWords> = {
  'orphaned-by-a-move': {
    text: 'Left off after a move',
    means: 'Moved home or school, and nothing has been arranged since',
    tone: 'stop',
  },
  'past-its-contract': {
    text: 'On a run past its contract',
    means: 'Has a seat on school days on which no contract carries it',
    tone: 'stop',
  },
  'acceptance-lapsing': {
    text: 'Acceptance lapsing',
    means: 'Somebody accepted that they are worse off, and the day is near or past',
    tone: 'stop',
  },
  'keep-apart': {
    text: 'Kept apart, and together',
    means: 'Two pupils who must not travel together are on one run, or in one vehicle on cover',
    tone: 'stop',
  },
  'solo-need-shared': {
    text: 'Must travel alone',
    means: 'Has a seat on a run that others ride on',
    tone: 'stop',
  },
  'more-than-places': {
    text: 'More than places',
    means: 'More are to ride than the vehicle has seats and wheelchair places for',
    tone: 'stop',
  },
  'check-expiring': {
    text: 'Check running out',
    means: 'Of crew or a vehicle on a run with pupils',
    tone: 'care',
  },
  'temporary-expiring': {
    text: 'Temporary vehicle ends',
    means: 'A temporary arrangement reaches its last day',
    tone: 'care',
  },
  'form-incomplete': {
    text: 'Form incomplete',
    means: 'The travel need form lacks answers, was refused, or was never sent',
    tone: 'care',
  },
  'ghost-route': {
    text: 'Ghost route',
    means: 'Planned and under contract, and nobody is aboard',
    tone: 'care',
  },
  'contact-unverified': {
    text: 'Contact not verified',
    means: 'Carried, and nobody has made sure that a number or address of the family is right',
    tone: 'none',
  },
}

/** What a kind is called, and what it means. */
export const kindInWords = (kind: ExceptionKind): KindInWords => kinds[kind]

/** Who or what an exception is about, with its page. */
export function subjectOf(one: Exception): { text: string; href: string } {
  if (one.pupil !== null) {
    const other = one.other === null ? '' : ` and ${one.otherName ?? `pupil ${one.other}`}`
    return { text: `${one.name ?? `Pupil ${one.pupil}`}${other}`, href: paths.pupil(one.pupil) }
  }
  if (one.holder !== null) {
    return { text: one.holder, href: one.operator === null ? '' : paths.operator(one.operator) }
  }
  return { text: one.code ?? `Route ${one.route}`, href: one.route === null ? '' : paths.route(one.route) }
}

const on = (day: PlainDate | null): string => (day === null ? '' : dayInWords(day))
const run = ({ code }: Exception): string => code ?? 'A run'

const says: Record<ExceptionKind, (one: Exception) => string> = {
  'orphaned-by-a-move': ({ note, since }) =>
    `Moved ${note?.split(' ')[0]} on ${on(since)}. Nothing is arranged ${waysIn(note ?? '')} after it`,
  'past-its-contract': (one) =>
    `${run(one)}: no contract in force from ${on(one.since)}${one.reference ? `, after ${one.reference}` : ''}`,
  'acceptance-lapsing': ({ due, note }) => `Accepted as worse off until ${on(due)}: ${note}`,
  'keep-apart': togetherInWords,
  'solo-need-shared': (one) => `On ${run(one)} with ${one.note === '1' ? 'one other' : `${one.note} others`}`,
  'more-than-places': (one) => `${run(one)}: ${crowdInWords(one.note ?? '')}`,
  'check-expiring': (one) =>
    `${lapseInWords(one)}. ${one.pupils.length === 1 ? 'One pupil rides' : `${one.pupils.length} pupils ride`} with them`,
  'temporary-expiring': ({ due, note }) =>
    `Ends on ${on(due)}. ${note === 'followed' ? 'Another arrangement takes over: make sure that it will run' : 'Nothing follows'}`,
  'form-incomplete': ({ note }) => formInWords(note ?? ''),
  'ghost-route': ({ since, reference }) =>
    `${since === null ? 'Nobody has ever been aboard' : `Nobody aboard since ${on(since)}`}, and still under ${reference ?? 'contract'}`,
  'contact-unverified': () => 'No number or address of a parent or carer has been verified',
}

/** What is wrong, in one sentence. */
export const exceptionInWords = (one: Exception): string => says[one.kind](one)

type Step = { text: string; href: string }
const step = <Id>(text: string, id: Id | null, page: (id: Id) => string): Step => ({
  text,
  href: id === null ? '' : page(id),
})
const findASeat = ({ pupil }: Exception): Step => step('Find a seat', pupil, paths.pupilSeat)

const steps: Record<ExceptionKind, (one: Exception) => Step> = {
  'orphaned-by-a-move': findASeat,
  'past-its-contract': (one) =>
    one.contract === null
      ? findASeat(one)
      : step('Let the contract run on', one.contract, paths.contractRunsOn),
  'acceptance-lapsing': findASeat,
  'keep-apart': ({ pupil }) => step('Find one of them another seat', pupil, paths.pupilSeat),
  'solo-need-shared': findASeat,
  'more-than-places': ({ route }) => step('Change the vehicle or move a seat', route, paths.route),
  'check-expiring': ({ operator }) => step('Ask for the new certificate', operator, paths.operator),
  'temporary-expiring': findASeat,
  'form-incomplete': ({ pupil }) => step('Complete the form', pupil, paths.pupilNeed),
  'ghost-route': ({ route }) => step('End it, or give its seats', route, paths.route),
  'contact-unverified': ({ pupil }) => step('Ring and verify', pupil, paths.pupil),
}

/** What to do next, and where. */
export const nextStepOf = (one: Exception): Step => steps[one.kind](one)

/** `vehicle WQ07 KES` does the run of each at one time; `temporary Spot hire` carries both; nothing: they share a run. */
function togetherInWords(one: Exception): string {
  const [how, ...name] = (one.note ?? '').split(' ')
  if (how === 'vehicle')
    return `Both in ${name.join(' ')}, which does ${run(one)} and another run at one time`
  if (how === 'temporary')
    return `Both have a temporary vehicle of ${name.join(' ')} on the same days: make sure that it is not one`
  return `Both on ${run(one)}`
}

const waysIn = (note: string): string =>
  (note.split(' ')[1] ?? '')
    .split('')
    .map((direction) => directionInWords(Number(direction)).toLowerCase())
    .join(' or ')

/** `9 1 1 8+0,5+1`: seats wanted, wheelchairs, assistants among the seats, and what the vehicle can hold. */
function crowdInWords(note: string): string {
  const [seats = '', chairs = '0', assistants = '0', layouts = ''] = note.split(' ')
  const wanted = `${seats} seats${assistants === '0' ? '' : ` (${assistants} for assistants)`}${
    chairs === '0' ? '' : ` and ${chairs} wheelchair places`
  }`
  const held = layouts
    .split(',')
    .map((layout) => layout.split('+'))
    .map(([places, rides]) => (rides === '0' ? `${places}` : `${places} and ${rides} wheelchairs`))
  return `${wanted} wanted, and the vehicle has ${held.join(', or ')}`
}

function lapseInWords({ note, due, since }: Exception): string {
  const check = checkInWords(note ?? '')
  if (due === null) return `${check} has never been seen`
  return since !== null && since > due
    ? `${check} ran out on ${dayInWords(due)}`
    : `${check} runs out on ${dayInWords(due)}`
}

const questions: Readonly<Record<string, string>> = {
  mobility: 'seat or wheelchair',
  wheelchairTravel: 'ride-on or transfer',
  wheelchairMake: 'make of the wheelchair',
  wheelchairModel: 'model of the wheelchair',
  assistant: 'passenger assistant',
  assistantFor: 'what the assistant is for',
  singleOccupancyReason: 'why they travel alone',
  singleOccupancyReviewOn: 'when travelling alone is reviewed',
  medicines: 'medicines',
  medicalPlanActedOnBy: 'who may act on the medical plan',
  medicalPlanReviewOn: 'when the medical plan is reviewed',
  handover: 'handover',
  handoverAdults: 'who may be handed over to',
  communication: 'communication',
  triggers: 'what upsets them',
}

function formInWords(note: string): string {
  const [how, missing = ''] = note.split(' ')
  if (how === 'none') return 'Has a seat, and no form was ever sent'
  const named = missing.split(',').map((question) => questions[question] ?? question)
  return `${how === 'refused' ? 'The last form was refused. ' : ''}Missing: ${named.join(', ')}`
}
