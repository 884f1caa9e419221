/**
 * The way round the service, in two lines: what people come for, and below it the rooms of the part they stand in.
 * Only rooms that are built, and only those a person may enter.
 */
import type { SignedIn } from '#access'
import { sameMoment, withQuery } from './address.ts'
import type { Lists, OpenPage, Page } from './page.ts'
import { paths } from './paths.ts'

/** `beneath`: what is reached from it and has an address elsewhere. */
type Room = { text: string; href: string; beneath?: readonly string[] }
type Part = { text: string; rooms: readonly [Room, ...Room[]] }

const alone = (text: string, href: string, beneath: readonly string[] = []): Part => ({
  text,
  rooms: [{ text, href, beneath }],
})

const parts: readonly Part[] = [
  {
    text: 'Today',
    rooms: [
      { text: 'Situation', href: paths.today, beneath: ['/situation'] },
      { text: 'Full report', href: paths.report, beneath: ['/situation/by'] },
      { text: 'Trend', href: paths.trend },
      { text: 'Cohorts', href: paths.cohorts },
      { text: 'Published', href: paths.publishedReports, beneath: [paths.publish] },
    ],
  },
  {
    text: 'Exceptions',
    rooms: [
      { text: 'To put right', href: paths.exceptions },
      { text: 'Accepted gaps', href: paths.acceptances },
    ],
  },
  alone('Pupils', paths.pupils),
  alone('Schools', paths.schools),
  alone('Routes', paths.routes, ['/runs']),
  alone('Plans', paths.plans),
  alone('Contracts', paths.contracts),
  alone('Operators', paths.operators),
  {
    text: 'Roads',
    rooms: [
      { text: 'Network', href: paths.roads },
      { text: 'Unsafe roads', href: paths.unsafeWays },
      { text: 'Speeds', href: paths.speeds },
    ],
  },
  {
    text: 'Records',
    rooms: [
      { text: 'Imports', href: paths.imports },
      { text: 'Export', href: paths.exportFiles },
      { text: 'Audit', href: paths.audit },
      { text: 'People', href: paths.people },
    ],
  },
]

export type NavigationItem = { text: string; href: string; active: boolean; current: boolean }
/** The bar under the header, and the line below it: nothing where a part is one room. */
export type Navigation = { items: NavigationItem[]; part: string; within: NavigationItem[] }

type Place = { path: string; query: Lists }

/** The links for a person standing at `path`. Those of one part keep the day and moment that is looked at. */
export function navigationFor(
  { roles }: Pick<SignedIn, 'roles'>,
  pages: readonly (Page | OpenPage)[],
  { path, query }: Place,
): Navigation {
  const open = new Set(pages.filter((page) => maySee(page, roles)).map((page) => page.path))
  const seen = parts
    .map(({ text, rooms }) => ({ text, rooms: rooms.filter(({ href }) => open.has(href)) }))
    .filter(({ rooms }) => rooms.length > 0)
  const here = roomAt(
    path,
    seen.flatMap(({ rooms }) => rooms),
  )
  const part = seen.find(({ rooms }) => rooms.some((room) => room === here))
  const within = part !== undefined && part.rooms.length > 1 ? part.rooms : []
  return {
    items: seen.map(({ text, rooms }) => ({
      text,
      href: rooms[0]?.href ?? paths.today,
      current: rooms.length === 1 && rooms[0]?.href === path,
      active: rooms.some((room) => room === here),
    })),
    part: part?.text ?? '',
    within: within.map((room) => ({
      text: room.text,
      href: withQuery(room.href, sameMoment(query)),
      current: room.href === path,
      active: room === here,
    })),
  }
}

/** The room a page is in: the one whose address, or what is beneath it, says most of the page's. */
function roomAt(path: string, rooms: readonly Room[]): Room | undefined {
  const holds = (address: string) => path === address || path.startsWith(`${address}/`)
  const reach = ({ href, beneath = [] }: Room) =>
    Math.max(0, ...[href, ...beneath].filter(holds).map((address) => address.length))
  return rooms
    .filter((room) => reach(room) > 0)
    .toSorted((a, b) => reach(b) - reach(a))
    .at(0)
}

/** Whether any of these roles may look at a page. */
export const maySee = (page: Page | OpenPage, roles: SignedIn['roles']): boolean =>
  page.allow === 'anyone' || page.allow.some((role) => roles.includes(role))

/** Whether any of these roles may use the form on a page. */
export const mayChange = (page: Page | OpenPage, roles: SignedIn['roles']): boolean =>
  page.allow === 'anyone' || (maySee(page, roles) && (page.change ?? []).some((role) => roles.includes(role)))
