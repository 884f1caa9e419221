/** What one run of the search gave, for a program to read, and tables of many for a person. */
export type Row = {
  readonly instance: string
  readonly set: string
  readonly seed: number
  readonly threads: number
  readonly seconds: number
  readonly iterations: number
  readonly cost: number
  readonly vehicles: number
  readonly best: number | null
  readonly gapPercent: number | null
  readonly bound: number | null
  readonly broken: readonly string[]
}

const HEAD =
  '| instance | seeds | threads | seconds | iterations | cost, mean | cost, best | vehicles | best known | gap %, mean | gap %, best | bound | broken |\n|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|'

/** A line for each instance, and one for each set with the means of its lines. */
export function tableOf(rows: readonly Row[]): string {
  const sets = [...Map.groupBy(rows, ({ set }) => set)]
  return sets.map(([set, ofSet]) => `### ${set}\n\n${setTable(ofSet)}`).join('\n\n')
}

function setTable(rows: readonly Row[]): string {
  const instances = [...Map.groupBy(rows, ({ instance }) => instance)]
  const lines = instances.map(([instance, seeds]) => line(instance, seeds))
  const gaps = instances.map(([, seeds]) => gapsOf(seeds)).filter((gap) => gap.length > 0)
  const vehicles = sum(instances.map(([, seeds]) => Math.min(...seeds.map((row) => row.vehicles))))
  const all = `| **all ${instances.length}** | ${rows.length} runs | | | | | | ${vehicles} | | ${percent(mean(gaps.map(mean)))} | ${percent(mean(gaps.map(least)))} | | ${sum(rows.map(({ broken }) => broken.length))} |`
  return [HEAD, ...lines, all].join('\n')
}

function line(instance: string, seeds: readonly Row[]): string {
  const [first] = seeds
  const gaps = gapsOf(seeds)
  const bounds = seeds.flatMap(({ bound }) => bound ?? [])
  const cells = [
    instance,
    seeds.length,
    first?.threads,
    amount(mean(seeds.map(({ seconds }) => seconds))),
    Math.round(mean(seeds.map(({ iterations }) => iterations))),
    amount(mean(seeds.map(({ cost }) => cost))),
    amount(least(seeds.map(({ cost }) => cost))),
    least(seeds.map(({ vehicles }) => vehicles)),
    first?.best === null ? '' : amount(first?.best ?? 0),
    percent(mean(gaps)),
    percent(least(gaps)),
    bounds.length === 0 ? '' : amount(Math.max(...bounds)),
    sum(seeds.map(({ broken }) => broken.length)),
  ]
  return `| ${cells.join(' | ')} |`
}

function gapsOf(rows: readonly Row[]): number[] {
  return rows.flatMap(({ gapPercent }) => gapPercent ?? [])
}

function percent(gap: number): string {
  return Number.isFinite(gap) ? gap.toFixed(3) : ''
}

function amount(number: number): string {
  return number.toLocaleString('en-GB', { maximumFractionDigits: number < 10_000 ? 2 : 0 })
}

function mean(numbers: readonly number[]): number {
  return numbers.length === 0 ? Number.NaN : sum(numbers) / numbers.length
}

function least(numbers: readonly number[]): number {
  return numbers.length === 0 ? Number.NaN : Math.min(...numbers)
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
