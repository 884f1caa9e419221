/** Gives homes and entrances their point from the directory of postcodes, where a file gives a postcode alone. */
import type { Place } from './places.ts'
import type { FactStated } from './plan.ts'

const PLACED = ['pupil_home', 'school_entrance']

/** The postcodes whose place is wanted. */
export const postcodesWanted = (facts: readonly FactStated[]): string[] => [
  ...new Set(facts.filter(wantsPoint).map(({ columns }) => String(columns['postcode']))),
]

/** The facts with their points. A file's own point is kept; a postcode nobody knows has none. */
export const placed = (facts: readonly FactStated[], places: ReadonlyMap<string, Place>): FactStated[] =>
  facts.map((fact) => {
    if (!wantsPoint(fact)) return fact
    const {
      latitude = null,
      longitude = null,
      area = null,
    } = places.get(String(fact.columns['postcode'])) ?? {}
    const areaColumn = fact.table === 'pupil_home' ? { area: fact.columns['area'] ?? area } : {}
    return { ...fact, columns: { ...fact.columns, latitude, longitude, ...areaColumn } }
  })

const wantsPoint = ({ table, columns, pointGiven }: FactStated) =>
  PLACED.includes(table) && !pointGiven && typeof columns['postcode'] === 'string'
