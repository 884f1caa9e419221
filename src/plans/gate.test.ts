import { describe, expect, test } from 'vitest'
import { type AnomalyStep, anomalyStanding, mayGoForward } from './gate.ts'

const found = (plan: number): AnomalyStep => ({ step: 'found', plan })
const owned: AnomalyStep = { step: 'owned', owner: 'Helen Marsh' }
const resolved: AnomalyStep = { step: 'resolved', by: 'Asha Kaur', how: 'Amara boards last' }
const accepted: AnomalyStep = { step: 'accepted', owner: 'Helen Marsh', reason: 'No nearer road' }

describe('scenario 34: no plan goes forward with an anomaly open', () => {
  test.each<[string, AnomalyStep[], string]>([
    ['found', [found(1)], 'open'],
    ['found, and somebody owns it', [found(1), owned], 'open'],
    ['reported by a person', [{ step: 'reported', by: 'Oakfield School' }], 'open'],
    ['resolved', [found(1), resolved], 'resolved'],
    ['resolved, and found in the next plan', [found(1), resolved, found(2)], 'found-again'],
    ['found again, and resolved for good', [found(1), resolved, found(2), resolved], 'resolved'],
    ['accepted by a named owner', [found(1), accepted], 'accepted'],
    ['accepted, and found in the next plan', [found(1), accepted, found(2)], 'accepted'],
  ])('%s', (_what, steps, standing) => {
    expect(anomalyStanding(steps)).toBe(standing)
  })

  test('of 37 anomalies the one that is open is named', () => {
    const closed = Array.from({ length: 36 }, (_, i) => ({ key: `a${i}`, steps: [found(1), resolved] }))
    const open = { key: 'past-own-school 1 7', steps: [found(1), resolved, found(2)] }

    expect(mayGoForward([...closed, open])).toEqual({ ok: false, refusal: { open: [open] } })
    expect(mayGoForward(closed)).toEqual({ ok: true, value: true })
  })
})
