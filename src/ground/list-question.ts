/** What the page of a list asks of its store. */
export type ListQuestion = {
  search: string
  /** What was chosen in each filter; empty for any. */
  chosen: Readonly<Record<string, string>>
  by: string
  descending: boolean
  limit: number
  offset: number
}
