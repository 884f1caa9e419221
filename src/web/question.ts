/** What a form asks: each question with its label, the shape of its answer, and what may be chosen. */
export type Option = { value: string; text: string; hint?: string }
export type Question = { name: string; label: string; hint?: string } & (
  | { ask: 'text' | 'day' | 'time'; width?: 3 | 5 | 10 | 20 }
  | { ask: 'lines'; rows: number }
  /** `none`: what it says to choose none, where that may be; otherwise one must be chosen. */
  | { ask: 'one' | 'choice' | 'several'; options: readonly Option[]; none?: string }
  | { ask: 'yes' }
)
