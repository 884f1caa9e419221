/** Who works for the council of Westmarch: one for each role, in the order in which they are made. */
import type { Role } from '#access'
import type { Author } from './chronicle.ts'

export const cast: readonly { role: Role; name: string }[] = [
  { role: 'transport-officer', name: 'Asha Kaur' },
  { role: 'eligibility-officer', name: 'Priya Nair' },
  { role: 'commissioner', name: 'Tom Reeve' },
  { role: 'manager', name: 'Helen Marsh' },
  { role: 'auditor', name: 'David Okafor' },
  { role: 'administrator', name: 'Wen Li' },
]

// The first person of a database is Firstbell itself.
const FIRST = 2
/** The number a member of the cast has in the database. */
export const numberOf = (role: Author | Role): number => FIRST + cast.findIndex((one) => one.role === role)
export const MANAGER = numberOf('manager')
