/** `firstbell roads ask`: how long, how far and which way, from one place to another. */
import { roadsFileIn } from '#adapters/roads/kept-roads.ts'
import { type Answer, type Asked, type Command, refused, report } from '#cli/command.ts'
import { crowFly } from './answers/crow-fly.ts'
import { openRoads } from './answers/own-roads.ts'
import { type Place, TIMES_OF_DAY, type TravelTimes, VEHICLES } from './answers/travel-times.ts'
import { ServerUnanswered } from './http/ask-server.ts'
import { BadExtract } from './osm/bad-extract.ts'
import { openOsrm } from './osrm/osrm.ts'
import { noAnswerInWords, pathInWords, walkInWords } from './roads.view.ts'
import { openValhalla } from './valhalla/valhalla.ts'

export const roadsAskCommand: Command = {
  name: 'roads ask',
  summary: 'how long, how far and which way from one place to another',
  takes: ['<from>', '<to>'],
  options: [
    { flags: '--roads <file>', means: 'the network to ask (the one beside the database if not given)' },
    { flags: '--osrm <url>', means: 'ask an OSRM server instead, as http://localhost:5000' },
    { flags: '--valhalla <url>', means: 'ask a Valhalla server instead, as http://localhost:8002' },
    { flags: '--crow-fly', means: 'estimate by a straight line instead' },
    { flags: '--vehicle <name>', means: `one of ${VEHICLES.join(', ')} (car)` },
    { flags: '--at <time>', means: `one of ${TIMES_OF_DAY.join(', ')} (school-morning)` },
    { flags: '--walk', means: 'the shortest way on foot instead' },
    { flags: '--no-steps', means: 'on foot, a way without steps' },
    { flags: '--must-not-cross', means: 'the vehicle must stop on the place’s own side of the road' },
  ],

  async run({ words, options, folder = '.firstbell' }) {
    const [from, to] = [readPlace(words[0]), readPlace(words[1])]
    if (!from || !to)
      return refused(
        `"${from ? words[1] : words[0]}" is not a place. Give latitude and longitude, like 51.2785,1.0803.`,
      )
    try {
      return await askWhom({ options, file: roadsFileIn(folder) }, (roads) =>
        ask(roads, { from, to }, options),
      )
    } catch (cause) {
      if (cause instanceof BadExtract || cause instanceof ServerUnanswered) return refused(cause.message)
      throw cause
    }
  },
}

/** Asks the network of our own, or what was named instead of it. */
async function askWhom(
  { options, file }: Pick<Asked, 'options'> & { file: string },
  question: (roads: TravelTimes) => Promise<Answer>,
): Promise<Answer> {
  if (options['crowFly'] === true) return await question(crowFly())
  if (typeof options['osrm'] === 'string')
    return await question(await openOsrm({ ...PATIENCE, url: options['osrm'] }))
  if (typeof options['valhalla'] === 'string')
    return await question(await openValhalla({ ...PATIENCE, url: options['valhalla'] }))
  const roads = await openRoads(typeof options['roads'] === 'string' ? options['roads'] : file)
  try {
    return await question(roads)
  } finally {
    await roads.close()
  }
}

const PATIENCE = { patience: 10_000, again: { times: 2, after: 500 } }

type Trip = { from: Place; to: Place }

async function ask(roads: TravelTimes, { from, to }: Trip, options: Asked['options']): Promise<Answer> {
  if (options['walk'] === true) {
    // commander gives `false` for an option that is said as `--no-…`.
    const walk = await roads.walk(from, to, { steps: (options['steps'] as unknown) === false })
    if (!walk.ok) return refused(noAnswerInWords(walk.refusal))
    const { shape, ...rest } = walk.value
    return report(walkInWords(walk.value), { ...rest, shape: [...shape], network: roads.network })
  }
  const vehicle = VEHICLES.find((one) => one === (options['vehicle'] ?? 'car'))
  const at = TIMES_OF_DAY.find((one) => one === (options['at'] ?? 'school-morning'))
  if (!vehicle) return refused(`"${options['vehicle']}" is none of ${VEHICLES.join(', ')}.`)
  if (!at) return refused(`"${options['at']}" is none of ${TIMES_OF_DAY.join(', ')}.`)
  const call = { ...to, mustNotCross: options['mustNotCross'] === true }
  const path = await roads.path(from, call, { vehicle, at })
  if (!path.ok) return refused(noAnswerInWords(path.refusal))
  const { shape, ...rest } = path.value
  return report(pathInWords(path.value, { vehicle, at }), {
    ...rest,
    shape: [...shape],
    network: roads.network,
  })
}

function readPlace(text: string | undefined): Place | undefined {
  const match = /^\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text ?? '')
  if (!match) return undefined
  const place = { latitude: Number(match[1]), longitude: Number(match[2]) }
  return Math.abs(place.latitude) <= 90 && Math.abs(place.longitude) <= 180 ? place : undefined
}
