/** The council's policies about planning as their page tells them, each with who decided it; or what stands instead. */
import type { Role } from '#access'
import { inPounds, pence } from '#ground/money.ts'
import { dayInWords } from '#ground/time.ts'
import { paths } from '#web/paths.ts'
import { type PolicyName, partsOf, policyNames, readPolicy, untilDecided } from './council-policy.ts'
import type { VehicleOffer } from './policy.ts'
import type { StandingPolicy } from './policy-store.ts'
import { partInWords, policyTitle } from './policy-words.view.ts'

/** What plans/policy/policies.njk shows. */
export function policiesView(decided: readonly StandingPolicy[], roles: readonly Role[]) {
  const byName = new Map(decided.map((one) => [one.name, one]))
  const mayDecide = roles.some((role) => role === 'manager' || role === 'commissioner')
  return {
    title: 'Policies for planning',
    back: paths.plans,
    policies: policyNames.map((name) => ({
      ...policyTitle[name],
      id: name,
      decided: decidedInWords(byName.get(name)),
      rows: rowsOf(name, byName.get(name)),
      change: mayDecide ? paths.planPolicy(name) : '',
    })),
  }
}

/** Who decided it and why; or that nobody has, and what stands instead. */
export function decidedInWords(one: StandingPolicy | undefined): string {
  if (!one) return 'The council has said nothing: this stands until it does.'
  const { from, until, by, why } = one
  return `From ${dayInWords(from)}${until ? ` to before ${dayInWords(until)}` : ''}, recorded by ${by}: ${why}`
}

/** What a policy says, a row a thing; a value that cannot be read says so. */
export function rowsOf(name: PolicyName, one: StandingPolicy | undefined): { key: string; text: string }[] {
  const read = one && readPolicy(name, one.value)
  if (read && !read.ok) return [{ key: 'It cannot be read', text: read.refusal }]
  const value = read ? read.value : untilDecided(name)
  if (name === 'plan-vehicles') return (value as VehicleOffer[]).map(offerRow)
  return partsOf(value).map(([path, text]) => ({ key: partInWords(path), text }))
}

const offerRow = ({
  name,
  alsoCalled = [],
  layouts,
  pencePerDay,
  pencePerMile,
  pencePerAssistantDay,
  available,
}: VehicleOffer) => ({
  key: `${name} (${layouts.map(([seats, wheelchairs]) => `${seats}+${wheelchairs}`).join(' or ')} places${available === undefined ? '' : `, ${available} to be had`})${alsoCalled.length === 0 ? '' : `, also called ${alsoCalled.join(', ')}`}`,
  text: `${inPounds(pence(pencePerDay))} a day, ${inPounds(pence(pencePerMile))} a mile, ${inPounds(pence(pencePerAssistantDay))} an assistant`,
})
