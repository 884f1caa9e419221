/** Names and values out of a URL or a form, whichever way they were sent. */
import type { Fields, Lists } from './page.ts'

type Parsed = Readonly<Record<string, unknown>>

/** The first value of each name. */
export const firstOf = (parsed: Parsed): Fields =>
  Object.fromEntries(Object.entries(listsOf(parsed)).map(([name, values]) => [name, values[0] ?? '']))

/** Every value of each name, in the order they were sent. What is not text is left out. */
export const listsOf = (parsed: Parsed): Lists =>
  Object.fromEntries(
    Object.entries(parsed).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string'),
    ]),
  )
