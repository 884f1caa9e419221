/** The way round the service: only rooms that are built, and only those a person may enter. */
import type { SignedIn } from '#access'
import type { OpenPage, Page } from './page.ts'
import { paths } from './paths.ts'

const rooms = [
  { text: 'Today', href: paths.today },
  { text: 'Pupils', href: paths.pupils },
  { text: 'Schools', href: paths.schools },
  { text: 'Operators', href: paths.operators },
  { text: 'Contracts', href: paths.contracts },
  { text: 'Routes', href: paths.routes },
  { text: 'Exceptions', href: paths.exceptions },
  { text: 'Accepted gaps', href: paths.acceptances },
  { text: 'Imports', href: paths.imports },
  { text: 'Audit', href: paths.audit },
]

export type NavigationItem = { text: string; href: string; active: boolean; current: boolean }

/** The links in the bar under the header for a person standing at `path`. */
export function navigationFor(
  { roles }: Pick<SignedIn, 'roles'>,
  pages: readonly (Page | OpenPage)[],
  path: string,
): NavigationItem[] {
  const open = new Set(pages.filter((page) => maySee(page, roles)).map((page) => page.path))
  return rooms
    .filter(({ href }) => open.has(href))
    .map(({ text, href }) => ({
      text,
      href,
      current: path === href,
      active: href === paths.today ? path === href : path === href || path.startsWith(`${href}/`),
    }))
}

/** Whether any of these roles may look at a page. */
export const maySee = (page: Page | OpenPage, roles: SignedIn['roles']): boolean =>
  page.allow === 'anyone' || page.allow.some((role) => roles.includes(role))

/** Whether any of these roles may use the form on a page. */
export const mayChange = (page: Page | OpenPage, roles: SignedIn['roles']): boolean =>
  page.allow === 'anyone' || (maySee(page, roles) && (page.change ?? []).some((role) => roles.includes(role)))
