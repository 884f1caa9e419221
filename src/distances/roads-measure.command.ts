/** `firstbell roads measure`: the distance to school of every pupil who is not measured. */
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { roadsNow } from '#adapters/roads/roads-now.ts'
import { type Command, refused, report } from '#cli/command.ts'
import { BadExtract } from '#roads'
import { measurePupils, type Outcome } from './measure-store.ts'

export const roadsMeasureCommand: Command = {
  name: 'roads measure',
  summary: 'measure how far from school every pupil lives of whom something changed',

  async run({ sql, folder = '.firstbell', today, say }) {
    try {
      const { roads, close } = await roadsNow(roadsFileIn(folder))
      try {
        const onStep = (done: number, of: number) => say(`Measured ${done} of ${of} pupils`)
        const outcome = await measurePupils(sql, roads, { today, onStep })
        return report(outcomeInWords(outcome), outcome)
      } finally {
        await close()
      }
    } catch (cause) {
      if (cause instanceof BadExtract) return refused(cause.message)
      throw cause
    }
  },
}

function outcomeInWords(outcome: Outcome): string {
  const { network, pupils, estimated, tooFarFromAnyRoad, noWay, unplaced } = outcome
  const told = (count: number, what: string) =>
    count > 0 ? [`${count.toLocaleString('en-GB')} ${what}`] : []
  return [
    pupils === 0
      ? `Every pupil who can be is measured by network ${network}.`
      : `${pupils.toLocaleString('en-GB')} pupils were measured by network ${network}.`,
    ...told(
      estimated,
      'are estimated by straight line, because no network was built: firstbell roads build FILE.osm.pbf',
    ),
    ...told(tooFarFromAnyRoad, 'live or learn too far from any road: check the place of home and school.'),
    ...told(noWay, 'have no way from home to school.'),
    ...told(unplaced, 'are not measured: nobody has said where on the map their home or school is.'),
  ].join('\n')
}
