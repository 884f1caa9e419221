import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { linearSolver } from '#adapters/highs/linear.ts'
import { solve } from '#optimiser'
import { trialsIn } from './recognise.ts'

const solveProgramme = await linearSolver()
const shared = process.env['FIRSTBELL_SHARED'] ?? '../shared'
const published = `${shared}/benchmarks/darp-cordeau-a`

test.skipIf(!existsSync(published)).each(['a2-16', 'a3-18', 'a4-16'])(
  'the plan of %s is proved to be the best, and is as long as the best published',
  (name) => {
    const trial = trialsIn(published).find((one) => one.name === name)
    if (!trial) throw new Error(`${published} holds no ${name}.`)
    const { plan, cost, bound } = solve(trial.problem(), { seed: 1, shouldStop: () => false, solveProgramme })

    expect(bound).toBe(cost)
    expect(trial.judge(plan).cost).toBeCloseTo(trial.best?.value ?? 0, 2)
  },
  60_000,
)
