/** Every URL of the product. A test pins them: a bookmark is a promise. */
import type { ContractId, OperatorId, PupilId, RouteId, RunId, SchoolId } from '#ground/ids.ts'

export const paths = {
  today: '/',
  situationPupils: '/situation/pupils',
  signIn: '/sign-in',
  signInAs: '/sign-in/as',
  signOut: '/sign-out',
  account: '/account',
  design: '/design',
  pupils: '/pupils',
  pupil: (id: PupilId) => `/pupils/${id}`,
  schools: '/schools',
  school: (id: SchoolId) => `/schools/${id}`,
  operators: '/operators',
  operator: (id: OperatorId) => `/operators/${id}`,
  contracts: '/contracts',
  contract: (id: ContractId) => `/contracts/${id}`,
  routes: '/routes',
  route: (id: RouteId) => `/routes/${id}`,
  runSheet: (id: RunId) => `/runs/${id}/sheet`,
  exceptions: '/exceptions',
  imports: '/imports',
  audit: '/audit',
} as const
