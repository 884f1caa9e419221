/** What a change by hand does to everybody aboard, and to what the plan costs, as a page tells it. */
import { inMiles } from '#ground/distance.ts'
import { toMinutes } from '#ground/duration.ts'
import type { PupilId } from '#ground/ids.ts'
import { inPounds, pence } from '#ground/money.ts'
import { timeInWords } from '#ground/time.ts'
import { tableView } from '#web/listing.ts'
import { paths } from '#web/paths.ts'
import { longerInWords } from '../place/place.view.ts'
import { type EffectOnPupil, othersTouched } from './effect.ts'
import type { Changed } from './hand-change.ts'

type NameOf = (pupil: PupilId) => string

/** Its figures, and everybody aboard either vehicle before and after. */
export function effectView({ before, after }: Changed, effects: readonly EffectOnPupil[], name: NameOf) {
  const [money, weighed] = (['money', 'weighed'] as const).map((of) => after.cost[of] - before.cost[of])
  const others = othersTouched(effects)
  return {
    title: 'What it does',
    figures: [
      { text: signed(money ?? 0), label: 'a day', note: `${signed(weighed ?? 0)} with what hardship counts` },
      {
        count: others.length,
        label: others.length === 1 ? 'other pupil has another day' : 'other pupils have another day',
      },
      { text: 'Kept', label: 'every rule', note: 'Refereed anew', tone: 'good' },
    ],
    table: tableView<EffectOnPupil>({
      caption: 'Everybody aboard, before and after',
      columns: [
        { heading: 'Pupil', cell: ({ pupil }) => ({ text: name(pupil), href: paths.pupil(pupil) }) },
        {
          heading: 'Run',
          cell: (one) => ({
            text:
              one.before.name === one.after.name
                ? one.after.name
                : `${one.before.name} becomes ${one.after.name}`,
          }),
        },
        {
          heading: 'In and out',
          cell: (one) => ({
            text: spanOf(one.after),
            hint: spanOf(one.before) === spanOf(one.after) ? 'as before' : `was ${spanOf(one.before)}`,
          }),
        },
        {
          heading: 'Minutes',
          numeric: true,
          cell: (one) => {
            const change = toMinutes(one.after.ridden) - toMinutes(one.before.ridden)
            return {
              text: toMinutes(one.after.ridden),
              hint: change === 0 ? 'as before' : longerInWords(change),
            }
          },
        },
        {
          heading: 'Miles',
          numeric: true,
          cell: (one) => {
            const [was, is] = [inMiles(one.before.length), inMiles(one.after.length)]
            return { text: is.replace(/ miles?/, ''), hint: was === is ? 'as before' : `was ${was}` }
          },
        },
        {
          heading: 'Shares with',
          cell: (one) => ({
            text: one.after.sharesWith.map(name).join(', ') || 'Nobody',
            hint: companyInWords(one, name),
          }),
        },
      ],
      rows: effects,
      empty: { title: 'Nobody is aboard', says: 'This run carries nobody.' },
    }),
  }
}

const spanOf = ({ startsAt, endsAt }: EffectOnPupil['after']): string =>
  `${timeInWords(startsAt)} to ${timeInWords(endsAt)}`
/** The sign is held to its amount, on a narrow screen too. */
const signed = (change: number): string =>
  `${change > 0 ? '+\u2060' : change < 0 ? '−\u2060' : ''}${inPounds(pence(Math.abs(change)))}`

function companyInWords({ before, after }: EffectOnPupil, name: NameOf): string {
  const fresh = after.sharesWith.filter((pupil) => !before.sharesWith.includes(pupil))
  const gone = before.sharesWith.filter((pupil) => !after.sharesWith.includes(pupil))
  const told = [
    fresh.length > 0 ? `newly with ${fresh.map(name).join(', ')}` : '',
    gone.length > 0 ? `no longer with ${gone.map(name).join(', ')}` : '',
  ]
  return told.filter(Boolean).join('; ')
}
