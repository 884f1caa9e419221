/** Every kind of file there is, in the order they are brought in: what others name comes before what names it. */
import { carrierKinds } from './carrier-kinds.ts'
import type { Kind } from './kind.ts'
import { placeKinds } from './place-kinds.ts'
import { pupilKinds } from './pupil-kinds.ts'
import { schoolKinds } from './school-kinds.ts'
import { travelKinds } from './travel-kinds.ts'

export const kinds: readonly Kind[] = [
  ...placeKinds,
  ...schoolKinds,
  ...pupilKinds,
  ...carrierKinds,
  ...travelKinds,
]

/** The kind of this name, `placements`. */
export const kindNamed = (name: string): Kind | undefined => kinds.find((kind) => kind.name === name)
