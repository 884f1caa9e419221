/** Solves linear programmes with HiGHS, compiled to WebAssembly and run in this process. */
import highsLoader from 'highs'
import type { Programme, SolveProgramme } from '#optimiser'

// Its types are written for CommonJS, its module is not: what they call `default.default` is the default.
const load = highsLoader as unknown as typeof highsLoader.default

/** Loads HiGHS once; the function it gives solves programmes one after another, and throws where there is no optimum. */
export async function linearSolver(): Promise<SolveProgramme> {
  const highs = await load()
  return (programme) => {
    const solved = highs.solve(inWords(programme), { mip_rel_gap: 0, mip_abs_gap: 0 })
    if (solved.Status !== 'Optimal') throw new Error(`HiGHS found no optimum: ${solved.Status}.`)
    const prices = solved.Rows.map((row) => ('Dual' in row ? row.Dual : 0))
    const amounts = programme.columns.map((_, c) => solved.Columns[`x${c}`]?.Primal ?? 0)
    return { prices, amounts }
  }
}

/** The CPLEX LP format. */
function inWords({ rows, columns, whole }: Programme): string {
  const terms = rows.map((): string[] => [])
  columns.forEach(({ takes }, c) => {
    for (const { row, by } of takes) terms[row]?.push(`${by < 0 ? '-' : '+'} ${Math.abs(by)} x${c}`)
  })
  const constraints = rows.map(
    ({ sense, amount }, r) =>
      ` r${r}: ${terms[r]?.join(' ') || '0 x0'} ${sense === 'exactly' ? '=' : '<='} ${amount}`,
  )
  const cost = columns.map(({ cost: each }, c) => `+ ${each} x${c}`).join(' ')
  const names = columns.map((_, c) => ` x${c}`).join('\n')
  const kinds = whole ? `General\n${names}\n` : ''
  return `Minimize\n obj: ${cost}\nSubject To\n${constraints.join('\n')}\n${kinds}End\n`
}
