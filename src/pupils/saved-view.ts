/** What of an address makes a view of the list of pupils: what is asked for and in which order, but not the day. */

const kept = ['q', 'state', 'missing', 'way', 'school', 'area', 'sort']

/** The query of a view from that of an address: the same for two addresses that ask the same, empty for the whole list. */
export function viewQuery(query: string): string {
  const given = new URLSearchParams(query.replace(/^\?/, ''))
  const asked = kept.flatMap((name) => {
    const value = given.get(name)?.trim()
    return value ? [[name, value]] : []
  })
  return new URLSearchParams(asked).toString()
}
