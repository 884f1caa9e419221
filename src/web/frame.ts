/** What surrounds every page: who is here, where they may go, and what they should be told once. */
import type { SignedIn } from '#access'
import { roleInWords } from '#access'
import { navigationFor } from './navigation.ts'
import type { Lists, OpenPage, Page } from './page.ts'

export type Frame = ReturnType<typeof frameOf>

export type Surroundings = {
  installation: { name: string; demonstration: boolean }
  person: SignedIn | undefined
  pages: readonly (Page | OpenPage)[]
  path: string
  query: Lists
  csrf: string
  nonce: string
  notice: string | null
  assets: { css: string; js: string; icon: string; map: { js: string; css: string } }
  /** The address of the county’s map, or nothing where none was made. */
  map: string
}

/** The frame of one answer. */
export function frameOf({ person, pages, path, query, installation, ...rest }: Surroundings) {
  return {
    ...rest,
    county: installation.name,
    demonstration: installation.demonstration,
    path,
    person: person ? { name: person.name, roles: person.roles.map(roleInWords).join(', ') } : null,
    navigation: person ? navigationFor(person, pages, { path, query }) : { items: [], part: '', within: [] },
  }
}
