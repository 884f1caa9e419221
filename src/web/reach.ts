/** No link leads to a refusal: what is shown keeps its words, and loses the way to pages its reader may not open. */
import type { SignedIn } from '#access'
import { maySee } from './navigation.ts'
import type { OpenPage, Page } from './page.ts'

/** Whether an address is that of a page these roles may open. An address of no page, as that of a style sheet, is open. */
export function reachOf(
  pages: readonly (Page | OpenPage)[],
  roles: SignedIn['roles'],
): (href: string) => boolean {
  const drawn = pages.map((page) => ({ open: maySee(page, roles), parts: page.path.split('/') }))
  const byLength = Map.groupBy(drawn, ({ parts }) => parts.length)
  return (href) => {
    const parts = (href.split(/[?#]/)[0] ?? '').split('/')
    const [nearest] = (byLength.get(parts.length) ?? [])
      .filter((page) => page.parts.every((part, i) => part === parts[i] || part.startsWith(':')))
      .toSorted((a, b) => parametersIn(a.parts) - parametersIn(b.parts))
    return nearest?.open ?? true
  }
}

const parametersIn = (parts: readonly string[]): number => parts.filter((part) => part.startsWith(':')).length

/**
 * A view in which every `href` that is out of reach is empty, as it is for what leads nowhere; and from a list of links,
 * which say nothing beside where they lead, those are gone.
 */
export function withinReach<View>(view: View, isOpen: (href: string) => boolean): View {
  if (Array.isArray(view)) {
    const kept = view.filter((one) => !isLinkAlone(one) || isOpen(one.href))
    return kept.map((one) => withinReach(one, isOpen)) as View
  }
  if (view === null || typeof view !== 'object' || Object.getPrototypeOf(view) !== Object.prototype)
    return view
  const parts = Object.entries(view).map(([name, value]) =>
    name === 'href' && typeof value === 'string' && value.startsWith('/') && !isOpen(value)
      ? [name, '']
      : [name, withinReach(value, isOpen)],
  )
  return Object.fromEntries(parts) as View
}

const isLinkAlone = (one: unknown): one is { text: string; href: string } =>
  one !== null && typeof one === 'object' && Object.keys(one).sort().join() === 'href,text'
