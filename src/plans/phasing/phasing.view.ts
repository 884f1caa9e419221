/** How much of each school changes at once, and in which waves instead, in words. */
import type { PupilId } from '#ground/ids.ts'
import { dayInWords, momentInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import type { Scenario } from '../scenario/scenario.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { Wave } from './phasing.ts'
import { type PlanPhasing, type SchoolPhasing, withoutWaves } from './phasing-store.ts'

type Names = ReadonlyMap<PupilId, string>
type Shown = { scenario: Scenario; plan: number; phasing: PlanPhasing; names: Names }

/** What plans/phasing/phasing.njk shows. */
export function phasingView({ scenario, plan, phasing, names }: Shown) {
  const { rule, schools } = phasing
  const required = schools.filter((one) => one.required)
  const missing = withoutWaves(phasing).length
  return {
    title: 'How much changes at once',
    caption: `Plan ${plan} of ${scenario.name}, from ${dayInWords(scenario.beginsOn)}`,
    plan: `Plan ${plan}`,
    back: paths.foundPlan(scenario.id, plan),
    next: nextView(required.length, missing),
    says: `Policy lets ${rule.atMostPercent} of a hundred pupils of a school change crew on one day, and asks for ${counted(rule.daysBetween, 'day')} from wave to wave. Until a crew is named for a run of the plan, whoever has a crew today changes it.`,
    schools: tableView<SchoolPhasing>({
      caption: 'Pupils changing crew on the first day, by school',
      columns: [
        { heading: 'School', cell: ({ name, school }) => ({ text: name, href: paths.school(school) }) },
        { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils }) },
        { heading: 'Changing crew', numeric: true, cell: ({ changing }) => ({ text: changing.length }) },
        { heading: 'Of a hundred', numeric: true, cell: (one) => ({ text: shareOf(one) }) },
        { heading: 'Waves', cell: (one) => ({ text: wavesInWords(one) }) },
      ],
      rows: schools,
      empty: { title: 'Nobody is in this plan', says: 'There is no school to tell of.' },
    }),
    asks: required.length > 0,
    least: rule.daysBetween,
    waves: required.map((one) => ({
      ...chosenOrProposed(one),
      table: wavesTable(one, names),
      beyond:
        one.beyondRule.length > 0 &&
        `${one.beyondRule.join(', ')} ${one.beyondRule.length === 1 ? 'carries' : 'carry'} more than one day may bear: each is a wave of its own, and whoever keeps these waves agrees to it.`,
    })),
  }
}

function nextView(required: number, missing: number) {
  if (required === 0)
    return {
      tone: 'good',
      title: 'It may come on one day',
      says: 'No school has more pupils changing crew than policy allows.',
      href: '',
    }
  if (missing === 0)
    return {
      tone: 'good',
      title: 'It comes in waves',
      says: 'Waves are kept for each school that needs them.',
      href: '',
    }
  const says =
    'More pupils would change crew on one day than policy allows. Keep waves, proposed below, before the plan goes forward.'
  return {
    tone: 'stop',
    title: `${counted(missing, 'school')} needs waves`.replace('schools needs', 'schools need'),
    says,
    href: '',
  }
}

/** The share of a school's pupils who change, in whole hundredths. */
export const shareOf = ({ changing, pupils }: Pick<SchoolPhasing, 'changing' | 'pupils'>): number =>
  pupils === 0 ? 0 : Math.round((changing.length / pupils) * 100)

function wavesInWords({ required, chosen, waves }: SchoolPhasing): string {
  if (!required) return 'One day is enough'
  return chosen ? `${counted(chosen.waves.length, 'wave')} kept` : `${counted(waves.length, 'wave')} proposed`
}

const chosenOrProposed = ({ name, chosen }: SchoolPhasing) => ({
  name,
  says: chosen
    ? `Kept by ${chosen.by}, ${momentInWords(chosen.at)}: ${chosen.reason}`
    : 'Proposed. Nobody has kept them yet.',
})

function wavesTable({ name, chosen, waves }: SchoolPhasing, names: Names) {
  return tableView<Wave>({
    caption: `Waves at ${name}`,
    captionHidden: true,
    columns: [
      { heading: 'From', cell: ({ on }) => ({ text: dayInWords(on) }) },
      { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils.length }) },
      { heading: 'Vehicles', cell: ({ runs }) => ({ text: runs.join(', ') }) },
      {
        heading: 'Who changes crew',
        cell: ({ pupils }) => ({
          text: pupils.map((pupil) => names.get(pupil) ?? `Pupil ${pupil}`).join(', '),
        }),
      },
    ],
    rows: chosen?.waves ?? waves,
    empty: { title: 'Nobody changes crew', says: '' },
  })
}

/** What `firstbell plan phasing` prints. */
export function phasingInWords({ rule, schools }: PlanPhasing): string {
  return [
    `At most ${rule.atMostPercent} of a hundred pupils of a school may change crew on one day, ${counted(rule.daysBetween, 'day')} from wave to wave.`,
    ...schools.flatMap((one) => [
      `${one.name}: ${one.changing.length} of ${counted(one.pupils, 'pupil')} (${shareOf(one)} of a hundred). ${wavesInWords(one)}.`,
      ...(one.required
        ? (one.chosen?.waves ?? one.waves).map(
            ({ on, runs, pupils }) =>
              `  ${dayInWords(on)}: ${counted(pupils.length, 'pupil')} on ${runs.join(', ')}`,
          )
        : []),
    ]),
  ].join('\n')
}
