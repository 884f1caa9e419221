/** What a visitor asks to be done to a run by hand, read from the address or the form. */
import type { PupilId } from '#ground/ids.ts'
import { type FieldError, fieldError } from '#web/forms.ts'
import type { Visit } from '#web/page.ts'
import type { PlanRun } from '../translation/runs-of.ts'
import { NEW_VEHICLE } from './change.view.ts'
import { type ChangeKind, changeKinds, type Doing } from './hand-change.ts'
import type { Target } from './target-store.ts'

export type AskedChange = {
  kind: ChangeKind | undefined
  pupils: readonly PupilId[]
  to: string
  offer: string
}

/** What is asked, as far as it is said yet. */
export function askedChange({ query, queryLists, form, formLists }: Visit): AskedChange {
  const said = (field: string) => form[field] ?? query[field] ?? ''
  const pupils = formLists['pupil'] ?? queryLists['pupil'] ?? []
  return {
    kind: changeKinds.find((kind) => kind === said('kind')),
    pupils: pupils.map(Number) as PupilId[],
    to: said('to'),
    offer: said('offer'),
  }
}

/** What is there to choose from. */
type There = {
  run: PlanRun
  targets: readonly Target[]
  offers: readonly string[]
  /** The number of a vehicle that the plan does not have yet. */
  fresh: number
}

export type Decided = { doing: Doing; numbers: readonly number[]; pupils: readonly PupilId[] }
type Decision = Decided | readonly FieldError[]

/** What is to be done to which vehicles; nothing, or what is wrong, where that is not said yet. */
export const decided = (asked: AskedChange, there: There): Decision =>
  asked.kind ? decisions[asked.kind](asked, there) : []

const decisions: Record<ChangeKind, (asked: AskedChange, there: There) => Decision> = {
  move({ pupils, to }, { run, targets, fresh }) {
    const riders = among(run, pupils)
    if (riders.length === 0) return pupils.length > 0 ? [fieldError('pupil', 'Select who is to move')] : []
    const vehicle = to === NEW_VEHICLE ? fresh : vehicleOf(to, targets)
    return vehicle === undefined ? notThere('to', to, 'Select a run') : carrying(run, riders, vehicle)
  },
  split({ pupils }, { run, fresh }) {
    const riders = among(run, pupils)
    if (riders.length === 0) return []
    return riders.length < run.riders.length
      ? carrying(run, riders, fresh)
      : [fieldError('pupil', 'Leave at least one pupil where they are')]
  },
  merge({ to }, { run, targets }) {
    const vehicle = vehicleOf(to, targets)
    return vehicle === undefined ? notThere('to', to, 'Select a run') : carrying(run, run.riders, vehicle)
  },
  reverse: (_, { run }) => ({
    doing: { does: 'reverse', rides: run.riders.map(({ ride }) => ride) },
    numbers: [run.vehicle],
    pupils: [],
  }),
  vehicle: ({ offer }, { run, offers }) =>
    offers.includes(offer)
      ? { doing: { does: 'become', offer }, numbers: [run.vehicle], pupils: [] }
      : notThere('offer', offer, 'Select a kind of vehicle'),
}

const among = ({ riders }: PlanRun, pupils: readonly PupilId[]) =>
  riders.filter(({ pupil }) => pupils.includes(pupil))

const vehicleOf = (to: string, targets: readonly Target[]) =>
  targets.find(({ number }) => String(number) === to)?.vehicle

/** Nothing is wrong before anything is chosen. */
const notThere = (field: string, said: string, asks: string) => (said === '' ? [] : [fieldError(field, asks)])

const carrying = (run: PlanRun, riders: PlanRun['riders'], vehicle: number): Decided => ({
  doing: { does: 'carry', rides: riders.map(({ ride }) => ride) },
  numbers: [run.vehicle, vehicle],
  pupils: [...new Set(riders.map(({ pupil }) => pupil))],
})
