import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { PupilId } from '#ground/ids.ts'
import { instant } from '#ground/time.ts'
import type { Change } from './change-store.ts'
import { changeToTakeBack } from './history.ts'

const aChange = (but: Partial<Change>): Change => ({
  kind: 'reverse',
  pupils: [] as PupilId[],
  direction: 1,
  from: 0,
  to: null,
  offer: null,
  others: 0,
  restores: null,
  plan: 2,
  changedFrom: 1,
  by: 'Helen Marsh',
  at: instant('2022-02-14T18:30'),
  why: 'The quay first',
  ...but,
})

test('nothing is to be taken back of a plan as it was found', () => {
  expect(changeToTakeBack([], 1)).toBeUndefined()
})

test('however changes and taking back follow each other, the plan restored is the one before the last that stands', () => {
  fc.assert(
    fc.property(fc.array(fc.boolean(), { maxLength: 20 }), (steps) => {
      const history: Change[] = []
      // What each plan holds, by the plan that first held it; and what a person would expect to come back.
      const holds = new Map([[1, 1]])
      const before: number[] = []
      let plan = 1
      for (const takesBack of steps) {
        const change = changeToTakeBack(history, plan)
        expect(change === undefined).toBe(before.length === 0)
        const [changedFrom, next] = [plan, plan + 1]
        if (takesBack && change) {
          const expected = before.pop()
          history.push(aChange({ plan: next, changedFrom, kind: 'undo', restores: change.changedFrom }))
          holds.set(next, holds.get(change.changedFrom) ?? 0)
          expect(holds.get(next)).toBe(expected)
        } else {
          before.push(holds.get(plan) ?? 0)
          history.push(aChange({ plan: next, changedFrom }))
          holds.set(next, next)
        }
        plan = next
      }
    }),
  )
})
