import { describe, expect, test } from 'vitest'
import { instant } from '#ground/time.ts'
import { type AnomalyStep, anomalyStanding, mayGoForward } from './gate.ts'

const asha = { by: 'Asha Kaur', at: instant('2026-11-24T09:00') }
const found = (plan: number): AnomalyStep => ({ step: 'found', plan, ...asha })
const reported: AnomalyStep = { step: 'reported', plan: 1, ...asha }
const owned: AnomalyStep = { step: 'owned', owner: 'Helen Marsh', ...asha }
const resolved: AnomalyStep = { step: 'resolved', says: 'Amara boards last', ...asha }
const accepted: AnomalyStep = { step: 'accepted', owner: 'Helen Marsh', says: 'No nearer road', ...asha }

describe('scenario 34: no plan goes forward with an anomaly open', () => {
  test.each<[string, AnomalyStep[], string]>([
    ['found', [found(1)], 'open'],
    ['found, and somebody owns it', [found(1), owned], 'open'],
    ['reported by a person', [reported], 'open'],
    ['resolved', [found(1), resolved], 'resolved'],
    ['resolved, and found in the next plan', [found(1), resolved, found(2)], 'found-again'],
    ['found again, and resolved for good', [found(1), resolved, found(2), resolved], 'resolved'],
    ['accepted by a named owner', [found(1), accepted], 'accepted'],
    ['accepted, and found in the next plan', [found(1), accepted, found(2)], 'accepted'],
  ])('%s', (_what, steps, standing) => {
    expect(anomalyStanding({ steps })).toBe(standing)
  })

  test('of 37 anomalies the one that is open is named', () => {
    const closed = Array.from({ length: 36 }, (_, i) => ({ key: `a${i}`, steps: [found(2), resolved] }))
    const open = { key: 'past-own-school 1 7', steps: [found(1), resolved, found(2)] }

    expect(mayGoForward([...closed, open], 2)).toEqual({ ok: false, refusal: { open: [open] } })
    expect(mayGoForward(closed, 2)).toEqual({ ok: true, value: true })
  })

  test('what only another plan has does not stop this one; what a person reported stops every one', () => {
    expect(mayGoForward([{ steps: [found(1)] }], 2)).toEqual({ ok: true, value: true })
    expect(mayGoForward([{ steps: [found(1)] }], 1)).toMatchObject({ ok: false })
    expect(mayGoForward([{ steps: [reported] }], 2)).toMatchObject({ ok: false })
  })
})
