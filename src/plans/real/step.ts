/** How far a found plan has gone: told by its last step, for every step can be taken back. */

export const planSteps = [
  'accepted',
  'acceptance-taken-back',
  'made-real',
  'later-waves-taken-back',
  'taken-back',
] as const
export type PlanStep = (typeof planSteps)[number]

export type PlanStanding = 'found' | 'accepted' | 'real'

/** Where the last step leaves a plan; one that was made real and taken back is accepted still. */
export function planStanding(last: PlanStep | undefined): PlanStanding {
  switch (last) {
    case undefined:
    case 'acceptance-taken-back':
      return 'found'
    case 'accepted':
    case 'taken-back':
      return 'accepted'
    case 'made-real':
    case 'later-waves-taken-back':
      return 'real'
  }
}
