/** A matrix asked of Valhalla in blocks that it takes. */
import { type Call, type Matrix, NO_WAY, type Place } from '../answers/travel-times.ts'
import { type Ask, holding, locationOf } from './ask-valhalla.ts'
import { locate } from './locate.ts'

/** A server answers no more than 2,500 pairs at once, unless it was set up otherwise. */
const TOGETHER = 50

type Cell = { time: number | null; distance: number | null }
type Asked = { sources: readonly Place[]; targets: readonly Call[] }

/** From every source to every target: whoever has no road near is left out of what is asked. */
export async function matrixOf(ask: Ask, { sources, targets }: Asked, costing: string): Promise<Matrix> {
  const seconds = new Uint32Array(sources.length * targets.length).fill(NO_WAY)
  const metres = seconds.slice()
  const found = await locate(ask, [...sources, ...targets], costing)
  const isNear = (place: number) => found[place] !== undefined
  const near = {
    sources: [...sources.keys()].filter(isNear),
    targets: [...targets.keys()].filter((target) => isNear(sources.length + target)),
  }
  for (let s = 0; s < near.sources.length; s += TOGETHER)
    for (let t = 0; t < near.targets.length; t += TOGETHER) {
      const from = near.sources.slice(s, s + TOGETHER)
      const to = near.targets.slice(t, t + TOGETHER)
      const cells = await blockOf(
        ask,
        { sources: from.map((i) => sources[i]), targets: to.map((i) => targets[i]) },
        costing,
      )
      cells.forEach((row, i) => {
        row.forEach(({ time, distance }, j) => {
          if (time === null || distance === null) return
          seconds[from[i] * targets.length + to[j]] = Math.round(time)
          metres[from[i] * targets.length + to[j]] = Math.round(distance * 1000)
        })
      })
    }
  return {
    seconds,
    metres,
    sourcesFarFromRoads: [...sources.keys()].filter((source) => !isNear(source)),
    targetsFarFromRoads: [...targets.keys()].filter((target) => !isNear(sources.length + target)),
    how: 'measured',
  }
}

async function blockOf(ask: Ask, { sources, targets }: Asked, costing: string): Promise<Cell[][]> {
  const answer = await ask('sources_to_targets', {
    sources: sources.map(locationOf),
    targets: targets.map(locationOf),
    costing,
    units: 'kilometers',
  })
  return holding<{ sources_to_targets: Cell[][] }>(answer, 'sources_to_targets').sources_to_targets
}
