/** Whether what is aboard fits the inside of a vehicle, in any of its layouts, on every class of day. */
import type { Model } from './model.ts'

/** Whether a type of vehicle takes `peak[from…]` of each kind and this many shared assistants, each day in some layout. */
export function fits(
  model: Model,
  type: number,
  peak: Int32Array,
  from: number,
  assistants: number,
): boolean {
  const { kinds } = model.problem
  for (let day = from; day < from + model.kinds; day += kinds) {
    if (!fitsOnDay(model, type, peak, day, assistants)) return false
  }
  return true
}

function fitsOnDay(model: Model, type: number, peak: Int32Array, from: number, assistants: number): boolean {
  const { kinds, assistantRoom } = model.problem
  const layouts = model.fleets.layouts[type]
  for (let layout = 0; layout < layouts.length; layout += kinds) {
    let kind = 0
    while (kind < kinds && peak[from + kind] + assistants * assistantRoom[kind] <= layouts[layout + kind])
      kind++
    if (kind === kinds) return true
  }
  return false
}
