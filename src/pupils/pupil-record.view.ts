/** What is known of a pupil besides their travel, as rows of a record. */

import type { CarerId, PupilId } from '#ground/ids.ts'
import {
  type DayPattern,
  daysInWords,
  daysOfHalfDays,
  everyHalfDay,
  type HalfDayPattern,
} from '#ground/pattern.ts'
import { ageOn, dayInWords, type PlainDate } from '#ground/time.ts'
import { paths } from '#web/paths.ts'
import { directionInWords } from '#web/travel-state.view.ts'
import type { PupilRecord } from './pupil-store.ts'

type Row = { key: string; text?: string; href?: string; lines: readonly string[]; hint?: string }
const row = (key: string, text: string | null | undefined, hint = ''): Row[] =>
  text ? [{ key, text, lines: [], hint }] : []

/** Who the pupil is. */
export function identityRows({ particulars: who }: PupilRecord, on: PlainDate): Row[] {
  return [
    ...row('Born', dayInWords(who.born_on), `${ageOn(who.born_on, on)} years old`),
    ...row('Called', who.known_as),
    ...row('Primary need', who.primary_need),
    ...row('UPN', who.upn),
    ...row('Council number', who.council_reference),
    ...row('EHC plan', who.ehc_plan_number),
    ...(who.looked_after ? row('Looked after', 'Yes', 'A social worker is told of every change') : []),
  ]
}

/** Where they live; a protected address only for whoever may see it. */
export function homeRows({ homes }: PupilRecord, maySeeProtected: boolean): Row[] {
  return homes.map((home) => {
    const hidden = home.protected && !maySeeProtected
    const days =
      home.pattern === everyHalfDay ? '' : daysInWords(daysOfHalfDays(home.pattern as HalfDayPattern))
    return {
      key: 'Lives at',
      lines: hidden ? ['Protected address'] : [home.address, home.postcode ?? ''].filter(Boolean),
      hint: [days, home.area, home.protected && !hidden ? 'Protected: tell nobody outside the council' : '']
        .filter(Boolean)
        .join('. '),
    }
  })
}

/** Where they learn, now and from a planned day on. */
export function placementRows({ placements }: PupilRecord, on: PlainDate): Row[] {
  return placements.map((placed) => ({
    key: placed.first_day > on ? `From ${dayInWords(placed.first_day)}` : 'Attends',
    text: placed.school ?? `School ${placed.school_id}`,
    href: paths.school(placed.school_id),
    lines: [],
    hint: [
      placed.year_group === null ? '' : yearInWords(placed.year_group),
      daysAttended(placed.pattern as HalfDayPattern),
      placed.boarding === 'day' ? '' : `boards ${placed.boarding}`,
      placed.last_day === null ? '' : `until ${dayInWords(placed.last_day)}`,
    ]
      .filter(Boolean)
      .join(', '),
  }))
}

const yearInWords = (year: string): string => (/^\d+$/.test(year) ? `Year ${year}` : year)
const daysAttended = (pattern: HalfDayPattern): string => daysInWords(daysOfHalfDays(pattern) as DayPattern)

const assistants: Readonly<Record<string, string>> = {
  none: 'No passenger assistant',
  shared: 'A passenger assistant, shared',
  own: 'A passenger assistant of their own',
}
const chairs: Readonly<Record<string, string>> = { 'ride-on': 'rides in it', transfer: 'moves to a seat' }

/** What they need on the way. Medical answers only for whoever may see them. */
export function needRows({ need, pairings }: PupilRecord, maySeeMedical: boolean): Row[] {
  if (!need) return [{ key: 'Travel need', text: 'No form has been taken', lines: [] }]
  const chair =
    [need.wheelchair_make, need.wheelchair_model].filter(Boolean).join(' ') || 'make and model not known'
  const hint =
    need.mobility === 'wheelchair'
      ? `${chair}; ${chairs[need.wheelchair_travel ?? ''] ?? 'not said whether it is ridden in'}`
      : ''
  return [
    ...row('Travels', need.mobility === 'wheelchair' ? 'In a wheelchair' : 'In a seat', hint),
    ...row('Restraint', need.restraint),
    ...row('With', assistants[need.assistant]),
    ...(need.single_occupancy
      ? row(
          'Alone',
          need.single_occupancy_reason ?? 'Must travel alone',
          need.single_occupancy_review_on
            ? `Review on ${dayInWords(need.single_occupancy_review_on)}`
            : 'No review date',
        )
      : []),
    ...row(
      'Longest ride',
      need.longest_ride_minutes === null ? null : `${need.longest_ride_minutes} minutes`,
    ),
    ...pairings.map(({ other, name, kind, reason }) => ({
      key: kind === 'keep-apart' ? 'Keep apart from' : 'Travels well with',
      text: name,
      href: paths.pupil(other),
      lines: [],
      hint: reason ?? '',
    })),
    ...answerRows(need.answers, maySeeMedical),
    ...(need.missing.length > 0
      ? row(
          'Not answered',
          need.missing.map(questionInWords).join(', '),
          'The form is incomplete: ask its sender',
        )
      : []),
  ]
}

const medical = new Set(['medicalPlan', 'medicines', 'medicalPlanActedOnBy', 'medicalPlanReviewOn'])

function answerRows(answers: Readonly<Record<string, unknown>>, maySeeMedical: boolean): Row[] {
  return Object.entries(answers)
    .filter(([question]) => maySeeMedical || !medical.has(question))
    .flatMap(([question, answer]) => row(questionInWords(question), answerInWords(answer)))
}

const answerInWords = (answer: unknown): string => {
  if (Array.isArray(answer)) return answer.join(', ')
  if (typeof answer === 'boolean') return answer ? 'Yes' : ''
  return typeof answer === 'string' ? answer.replaceAll('-', ' ') : ''
}

/** `medicalPlanActedOnBy` as people say it: `Medical plan acted on by`. */
export function questionInWords(question: string): string {
  const words = question.replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Why, since when and until when they are carried. */
export function eligibilityRows({ eligibility, accepted }: PupilRecord): Row[] {
  if (!eligibility) return [{ key: 'Eligibility', text: 'No decision is recorded', lines: [] }]
  const states: Record<string, string> = {
    eligible: 'Eligible',
    pending: 'Being decided',
    'under-appeal': 'Under appeal',
    refused: 'Refused',
  }
  const { decided_on: day, decided_by: by, review_on: review } = eligibility
  return [
    ...row(
      'Eligibility',
      states[eligibility.state] ?? eligibility.state,
      day ? `Decided ${dayInWords(day)} by ${by}` : '',
    ),
    ...row('Because', eligibility.grounds.join('; ')),
    ...row('Review', review && dayInWords(review)),
    ...row('Conditions', eligibility.conditions),
    ...accepted.map((gap) => ({
      key: 'Accepted gap',
      text: `${directionInWords(gap.direction)}, until ${dayInWords(gap.until)}`,
      lines: [],
      hint: `${gap.by}: ${gap.reason}`,
    })),
  ]
}

/** Who is told, how they are reached, and whether that was ever verified; with what may be changed, for who may. */
export function carerViews({ carers }: PupilRecord, changeable?: PupilId) {
  return carers.map((carer) => ({
    name: carer.name,
    actions: changeable === undefined ? [] : carerActions(changeable, carer.carer_id),
    rows: carerRows(carer),
  }))
}

const carerActions = (pupil: PupilId, carer: CarerId) => [
  { text: 'Verify or change how they are reached', href: paths.carerContact(pupil, carer) },
  { text: 'Change what is known of them', href: paths.carer(pupil, carer) },
]

function carerRows(carer: PupilRecord['carers'][number]): Row[] {
  return [
    ...row(
      'Relationship',
      carer.relationship,
      carer.parental_responsibility ? 'Has parental responsibility' : '',
    ),
    ...(carer.language === 'English' && !carer.interpreter
      ? []
      : row('Language', carer.language, carer.interpreter ? 'Wants an interpreter' : '')),
    ...(carer.format === 'standard' ? [] : row('Letters', carer.format.replace('-', ' '))),
    ...(carer.may_see_address ? [] : row('Address', 'Must not be told where the pupil lives')),
    ...carer.points.map(({ kind, address, verified_on: on, verified_how: how }) => ({
      key: kind === 'phone' ? 'Telephone' : kind === 'email' ? 'Email' : 'Post',
      text: address,
      lines: [],
      hint: on ? `Verified ${dayInWords(on)}: ${how}` : 'Never verified',
    })),
  ]
}
