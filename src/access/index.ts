/** People, what they may do, and whether they are signed in. */
export type { ChangingRole, Role, SignedIn } from './role.ts'
export { isRole, roleDoes, roleInWords, roles } from './role.ts'
