/** How cost grows: with pupils, and with years. Linear growth keeps what each pupil costs level. */
import { previewChange } from '#changeover/store'
import { endContract } from '#contracts/write-store'
import type { PersonId } from '#ground/ids.ts'
import { addDays, momentAt, type WallTime } from '#ground/time.ts'
import { everyoneAsAt } from '#sitrep/listed-store'
import { paths } from '#web/paths.ts'
import { countsAsAt, someoneIn } from './county-store.ts'
import type { Bench, CountySize, Figure, Part } from './part.ts'
import { siteOf } from './site.ts'

const sizes: readonly CountySize[] = [
  { pupils: 1500, years: 3 },
  { pupils: 3000, years: 3 },
  { pupils: 6500, years: 3 },
  { pupils: 15_000, years: 3 },
  { pupils: 1500, years: 10 },
  { pupils: 6500, years: 10 },
]

export const curvePart: Part = {
  name: 'curve',
  about:
    'The same questions as the county grows and its history lengthens. Cost grows no worse than linearly when what each pupil costs does not rise with their number, and rises with the years at most as these do. Counties are made first, the largest in a quarter of an hour.',

  async measure(bench) {
    const figures: Figure[] = []
    for (const size of sizes) figures.push(...(await at(size, bench)))
    return figures
  },
}

async function at(size: CountySize, { county, time }: Bench): Promise<Figure[]> {
  const made = await county(size)
  const { sql, today } = made
  const { pupils, contracts } = await someoneIn(sql, today)
  const knownAt = momentAt(today, '07:00' as WallTime)
  const site = await siteOf(made, 'transport-officer')
  const where = `${size.pupils.toLocaleString('en-GB')} pupils, ${size.years} years`
  const author = { by: 5 as PersonId, reason: 'What would end' }
  const lastDay = addDays(today, 14)
  let i = 0
  const next = <T>(list: readonly T[]): T => list[i++ % list.length] as T
  const times = 7
  try {
    const situation = await time(
      `${where}: situation at the database`,
      () => countsAsAt(sql, { on: today, knownAt }),
      { times },
    )
    const everyone = await time(
      `${where}: every pupil with their state`,
      () => everyoneAsAt(sql, { on: today, knownAt }),
      { times },
    )
    return [
      situation,
      forEachPupil(situation, size),
      everyone,
      forEachPupil(everyone, size),
      await time(`${where}: a pupil, as a page`, () => site.open(paths.pupil(next(pupils))), { times }),
      await time(
        `${where}: a contract’s end foretold`,
        () => previewChange(sql, author, (tx) => endContract(tx, { contract: next(contracts), lastDay })),
        { times },
      ),
    ]
  } finally {
    await site.close()
  }
}

/** The same figure shared among the pupils: level where cost grows as they do. */
function forEachPupil(figure: Figure, { pupils }: CountySize): Figure {
  const shared = (ms: number) => (1000 * ms) / pupils
  return {
    ...figure,
    what: `${figure.what}, for each pupil`,
    unit: 'µs',
    median: shared(figure.median),
    lowest: shared(figure.lowest),
    highest: shared(figure.highest),
  }
}
