/** What is asked of the optimiser about a scenario as it stands. */
import type { Oddness } from '../anomalies/anomaly.ts'
import { notAskedOf, type Travel, withoutKept } from '../found/found-plan.ts'
import type { Person } from '../scenario/person.ts'
import { type Asking, questionOf } from '../translation/question.ts'
import type { Frozen } from './frozen.ts'

/** The question of these people, who stays on a route that is kept as it is, and what will be found odd. */
export function frozenOf(
  asking: Asking,
  { onKeptRoutes, oddness }: { onKeptRoutes: readonly Travel[]; oddness: Oddness },
): Frozen {
  const { people } = asking
  const question = questionOf({ ...asking, people: withoutKept(people, onKeptRoutes) })
  return {
    question,
    known: people.map(knownOf),
    oddness,
    onKeptRoutes,
    notAsked: notAskedOf(people, question, onKeptRoutes),
  }
}

const knownOf = ({ pupil, need, keptApartFrom }: Person) => ({
  pupil,
  alone: need?.alone ?? false,
  aloneReason: need?.aloneReason ?? null,
  keptApartFrom,
})
