/** The council's policies about planning, each by itself: what it is read as, and what is asked of whoever changes it. */
import { ok, type Result, refuse } from '#ground/result.ts'
import { yardstickShapes } from '../found/yardstick.ts'
import { policyShapes } from './policy.ts'

const shapes = { ...policyShapes.shape, ...yardstickShapes.shape }

export type PolicyName = keyof typeof shapes
export const policyNames = Object.keys(shapes) as PolicyName[]

/** The policy a word names, or nothing. */
export const policyNamed = (text: string | undefined): PolicyName | undefined =>
  policyNames.find((name) => name === text)

/** One value as it is understood, with what stands for what it does not say; or where in it what is wrong. */
export function readPolicy(name: PolicyName, value: unknown): Result<unknown, string> {
  const read = shapes[name].safeParse(value)
  if (read.success) return ok(read.data)
  const [issue] = read.error.issues
  return refuse(`${issue?.path.join(', ') || name}: ${issue?.message ?? 'not understood'}`)
}

/** What stands while the council has said nothing. */
export function untilDecided(name: PolicyName): unknown {
  const read = readPolicy(name, name === 'plan-vehicles' ? [] : {})
  return read.ok ? read.value : undefined
}

/** Each single thing a policy says, by its path: `longestRideMinutes.primary` and 45. */
export function partsOf(value: unknown, path: readonly string[] = []): [path: string, says: string][] {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return [[path.join('.'), typeof value === 'object' ? JSON.stringify(value) : String(value)]]
  }
  return Object.entries(value).flatMap(([key, one]) => partsOf(one, [...path, key]))
}

/** A policy put together again from its single things; a number where one was typed. */
export function putTogether(parts: readonly (readonly [path: string, says: string])[]): unknown {
  const value: Record<string, unknown> = {}
  for (const [path, says] of parts) {
    const keys = path.split('.')
    const last = keys.pop() ?? path
    let within = value
    for (const key of keys) {
      within[key] ??= {}
      within = within[key] as Record<string, unknown>
    }
    within[last] = /^\d+(\.\d+)?$/.test(says) ? Number(says) : says
  }
  return value
}
