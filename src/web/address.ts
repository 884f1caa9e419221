/** URLs made from the one in hand: a filter added, a page turned, the day kept. */
import type { Lists } from './page.ts'

export type Changes = Readonly<Record<string, string | readonly string[] | undefined>>

/** The same page with some of its query changed. An empty or absent value removes the name. */
export function withQuery(path: string, query: Lists, changes: Changes = {}): string {
  const search = new URLSearchParams()
  for (const [name, values] of Object.entries({ ...query, ...changes })) {
    for (const value of typeof values === 'string' ? [values] : (values ?? [])) {
      if (value !== '') search.append(name, value)
    }
  }
  // Times in a URL that people read aloud and paste: a colon need not be written %3A (RFC 3986, 3.4).
  const text = search.toString().replaceAll('%3A', ':')
  return text === '' ? path : `${path}?${text}`
}

/** The day and moment alone, for a link to another page about the same past. */
export const sameMoment = (query: Lists): Lists =>
  Object.fromEntries(Object.entries(query).filter(([name]) => name === 'on' || name === 'known-at'))
