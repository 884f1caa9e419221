/**
 * What a person may be in Firstbell. Which page a role may see or use is said by the page itself (`allow`,
 * `change`), so that the answer stands beside the thing it guards.
 */
import type { PersonId } from '#ground/ids.ts'

export const roles = [
  'transport-officer',
  'eligibility-officer',
  'commissioner',
  'manager',
  'auditor',
  'administrator',
] as const

export type Role = (typeof roles)[number]

/** Every role but the auditor's: an auditor reads everything and changes nothing, and the compiler says so. */
export type ChangingRole = Exclude<Role, 'auditor'>

/** Somebody who has signed in, with every role they hold today. */
export type SignedIn = { id: PersonId; name: string; roles: readonly Role[] }

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

const words: Record<Role, { name: string; does: string }> = {
  'transport-officer': {
    name: 'Transport officer',
    does: 'Arranges travel, keeps routes and runs, tells families and schools',
  },
  'eligibility-officer': {
    name: 'Eligibility officer',
    does: 'Decides who must be carried and records what each child needs',
  },
  commissioner: {
    name: 'Commissioner',
    does: 'Keeps operators, contracts and what they cost',
  },
  manager: {
    name: 'Manager',
    does: 'Answers for the service, publishes reports and accepts risks by name',
  },
  auditor: {
    name: 'Auditor',
    does: 'Reads everything and changes nothing',
  },
  administrator: {
    name: 'Administrator',
    does: 'Keeps people, roles and imports',
  },
}

/** `Transport officer`. */
export const roleInWords = (role: Role): string => words[role].name

/** One line of what the role is for, as the sign-in page and the list of people show it. */
export const roleDoes = (role: Role): string => words[role].does
