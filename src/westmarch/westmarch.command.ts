/** `firstbell westmarch`: makes the fictional county in an empty database. */
import { type Asked, type Command, refused, report } from '#cli/command.ts'
import { makeWestmarch, standingOf } from './store.ts'

export const SEED = 'westmarch'
export const SIZE = 1200
/** Two school years and as much of a third as there has been. */
export const YEARS = 3
const SMALLEST = 500
const LARGEST = 15_000
const MOST_YEARS = 10

export const westmarchCommand: Command = {
  name: 'westmarch',
  summary: 'make the fictional county of Westmarch in an empty database',
  options: [
    {
      flags: '--size <pupils>',
      means: `about how many pupils, ${SMALLEST} to ${LARGEST} (${SIZE} if not given)`,
    },
    { flags: '--years <years>', means: `school years of history, ${YEARS} (if not given) to ${MOST_YEARS}` },
    { flags: '--seed <words>', means: 'the same seed, size, years and day make the same county' },
  ],

  async run({ sql, options, today, say }: Asked) {
    const size = options['size'] === undefined ? SIZE : Number(options['size'])
    if (!Number.isInteger(size) || size < SMALLEST || size > LARGEST) {
      return refused(
        `--size is "${options['size']}". Expected a whole number from ${SMALLEST} to ${LARGEST}.`,
      )
    }
    const years = options['years'] === undefined ? YEARS : Number(options['years'])
    if (!Number.isInteger(years) || years < YEARS || years > MOST_YEARS) {
      return refused(
        `--years is "${options['years']}". Expected a whole number from ${YEARS} to ${MOST_YEARS}.`,
      )
    }
    const stands = await standingOf(sql)
    if (stands.standing === 'taken') {
      return refused(
        'This database already holds a county. Choose an empty one with --data DIR, or DATABASE_URL.',
      )
    }
    const seed = typeof options['seed'] === 'string' ? options['seed'] : SEED
    const unfinished = stands.standing === 'unfinished' ? stands : undefined
    const wanted = unfinished?.wanted ?? { seed, size, years, today }
    await makeWestmarch(sql, wanted, { say })
    return report(`Westmarch is made: about ${wanted.size} pupils, as of ${wanted.today}.`, wanted)
  },
}
