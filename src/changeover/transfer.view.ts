/** What a transfer does, in sentences: first how many, then whose travel it touches, by name. */
import { effectsInWords } from './pupil-change.view.ts'
import { type Transferred, yearInWords } from './transfer.ts'

const ways = { moves: 'move school', stays: 'stay', leaves: 'leave' } as const

/** The lines told before it is recorded. */
export function transferTold(
  transferred: readonly Transferred[],
  { undecided, next }: { undecided: number; next: string },
): string[] {
  const counts = (['moves', 'stays', 'leaves'] as const)
    .map((does) => ({ does, count: transferred.filter((one) => one.does === does).length }))
    .filter(({ count }) => count > 0)
    .map(({ does, count }) => `${count} ${ways[does]}${does === 'stays' ? `, in ${yearInWords(next)}` : ''}`)
  const touched = transferred.filter(({ effects }) => effects.released.length + effects.doubtful.length > 0)
  const untouched = transferred.length - touched.length
  return [
    `${counts.join('; ')}${undecided > 0 ? `; ${undecided} are left as they are` : ''}.`,
    ...touched.map((one) => `${whatBecomesOf(one)}: ${effectsInWords(one.effects).join(' ')}`),
    ...(untouched > 0 ? [`No seat is touched of ${untouched === 1 ? 'one' : untouched} of them.`] : []),
    ...(transferred.some(({ does }) => does === 'moves')
      ? ['Who moves stays eligible until an eligibility officer decides again for the new school.']
      : []),
  ]
}

function whatBecomesOf(one: Transferred): string {
  if (one.does === 'moves') return `${one.name} moves to ${one.toName}`
  return one.does === 'leaves' ? `${one.name} leaves` : `${one.name} stays`
}
