/** `firstbell roads build`: makes the network of roads from an OpenStreetMap extract. */
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { type Answer, type Asked, type Command, refused, report } from '#cli/command.ts'
import { recordBuilt } from '#distances/road-build-store'
import { speedsOn } from '#distances/speed-store'
import { askToMeasure } from '#distances/store'
import { FIRSTBELL } from '#knowledge/store'
import { type BuildSettings, buildRoads, type Step } from './answers/build-roads.ts'
import { type Drive, TIMES_OF_DAY, VEHICLES } from './answers/travel-times.ts'
import { readSpeedTable } from './network/speed-table.ts'
import { BadExtract } from './osm/bad-extract.ts'
import { builtInWords } from './roads.view.ts'

export const roadsBuildCommand: Command = {
  name: 'roads build',
  summary: 'make the network of roads from an OpenStreetMap extract (.osm.pbf)',
  takes: ['<extract>'],
  options: [
    {
      flags: '--out <file>',
      means: 'where to keep it (beside the database if not given, as the county’s own)',
    },
    { flags: '--vehicles <list>', means: `which of ${VEHICLES.join(',')} it is made ready for (all)` },
    { flags: '--times <list>', means: `which of ${TIMES_OF_DAY.join(',')} (school-morning)` },
    {
      flags: '--speeds <file>',
      means: 'a table of speeds of your own, as `roads speeds` prints it (the one on the page Speeds)',
    },
    {
      flags: '--no-turns',
      means: 'neither obey turn restrictions nor count the time of turns: quicker to make',
    },
  ],

  async run(asked) {
    try {
      const settings = await readSettings(asked)
      return typeof settings === 'string' ? refused(settings) : await build(asked, settings)
    } catch (cause) {
      if (cause instanceof BadExtract) return refused(cause.message)
      throw cause
    }
  },
}

async function build(
  { words, options, sql, folder = '.firstbell', now, say }: Asked,
  settings: BuildSettings,
): Promise<Answer> {
  const ours = roadsFileIn(folder)
  const out = typeof options['out'] === 'string' ? options['out'] : ours
  await mkdir(dirname(out), { recursive: true })
  const built = await buildRoads(words[0] ?? '', out, settings, sayingEachTenth(say))
  if (resolve(out) === resolve(ours)) {
    await recordBuilt(sql, { extract: built.extract, network: built.network, by: FIRSTBELL, at: now })
    await askToMeasure(sql)
  }
  return report(builtInWords(built, out), { ...built, file: out })
}

/** Progress comes thousands of times; a person is told of each tenth. */
function sayingEachTenth(say: (line: string) => void): (step: Step) => void {
  let last = ''
  return ({ doing, done }) => {
    const line = `${doing}… ${Math.floor(done * 10) * 10}%`
    if (line !== last) say(line)
    last = line
  }
}

async function readSettings({ options, sql, today }: Asked): Promise<BuildSettings | string> {
  const vehicles = readList(options['vehicles'], VEHICLES, VEHICLES)
  const times = readList(options['times'], TIMES_OF_DAY, ['school-morning'])
  if (typeof vehicles === 'string') return vehicles
  if (typeof times === 'string') return times
  const drives: Drive[] = vehicles.flatMap((vehicle) => times.map((at) => ({ vehicle, at })))
  const file = options['speeds']
  const speeds =
    typeof file === 'string' ? readSpeedTable(await readFile(file, 'utf8')) : await speedsOn(sql, today)
  // commander gives `false` for an option that is said as `--no-…`.
  const turns = (options['turns'] as unknown) !== false
  return { drives, turns, speeds }
}

function readList<T extends string>(
  typed: string | true | undefined,
  known: readonly T[],
  otherwise: readonly T[],
): readonly T[] | string {
  if (typeof typed !== 'string') return otherwise
  const words = typed.split(',').map((word) => word.trim())
  const strange = words.find((word) => !known.some((one) => one === word))
  return strange === undefined
    ? known.filter((one) => words.includes(one))
    : `"${strange}" is none of ${known.join(', ')}. Give one or more of them, with commas between.`
}
