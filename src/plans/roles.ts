/** Who may look at plans, and who may make them. */
import type { ChangingRole, Role } from '#access'

/** Everybody who answers for how children travel, or for what it costs. */
export const seesPlans = [
  'transport-officer',
  'eligibility-officer',
  'commissioner',
  'manager',
  'auditor',
] as const satisfies readonly Role[]

/** Those who plan. */
export const makesPlans = [
  'transport-officer',
  'commissioner',
  'manager',
] as const satisfies readonly ChangingRole[]

/** Those who give pupils their places in the network of today. */
export const placesPupils = ['transport-officer', 'manager'] as const satisfies readonly ChangingRole[]

/** Whether somebody is one of those who plan. */
export const mayPlan = ({ roles }: { roles: readonly Role[] }): boolean =>
  makesPlans.some((role) => roles.includes(role))
