/**
 * Finds the nearest point of a road. A grid of squares over the county, each listing the pieces of road that cross it;
 * a search looks at rings of squares until nothing nearer can come.
 */
import { metresEast, metresNorth } from './ground-metres.ts'
import type { Network } from './network.ts'

const SQUARE_METRES = 250

export type Grid = {
  readonly west: number
  readonly south: number
  readonly columns: number
  readonly rows: number
  /** Ten-millionths of a degree across a square. */
  readonly squareEast: number
  readonly squareNorth: number
  /** Pieces of square s: first[s] up to, not including, first[s + 1]. */
  readonly first: Uint32Array
  /** The first point of each piece among the shapes, and the edge it belongs to. */
  readonly piece: Uint32Array
  readonly edge: Uint32Array
}

/** The grid of a network. */
export function gridOf(network: Network): Grid {
  const { shapeLongitudesE7: longitudes, shapeLatitudesE7: latitudes } = network
  const west = least(longitudes)
  const south = least(latitudes)
  const middle = (south + most(latitudes)) / 2
  const squareEast = SQUARE_METRES / metresEast(middle)
  const squareNorth = SQUARE_METRES / metresNorth(middle)
  const columns = Math.floor((most(longitudes) - west) / squareEast) + 1
  const rows = Math.floor((most(latitudes) - south) / squareNorth) + 1
  const frame = { west, south, columns, rows, squareEast, squareNorth }
  const first = new Uint32Array(columns * rows + 1)
  eachPiece(network, frame, (square) => {
    first[square + 1]++
  })
  for (let square = 0; square < columns * rows; square++) first[square + 1] += first[square]
  const next = first.slice(0, columns * rows)
  const piece = new Uint32Array(first[columns * rows])
  const edge = new Uint32Array(piece.length)
  eachPiece(network, frame, (square, point, ofEdge) => {
    piece[next[square]] = point
    edge[next[square]++] = ofEdge
  })
  return { ...frame, first, piece, edge }
}

const least = (values: Int32Array) => values.reduce((a, b) => Math.min(a, b), 0x7fff_ffff)
const most = (values: Int32Array) => values.reduce((a, b) => Math.max(a, b), -0x7fff_ffff)

type Frame = Omit<Grid, 'first' | 'piece' | 'edge'>

/** Visits each piece of road once for each square that its box touches. */
function eachPiece(
  network: Network,
  frame: Frame,
  visit: (square: number, point: number, edge: number) => void,
) {
  const { shapeStart, shapeLongitudesE7: longitudes, shapeLatitudesE7: latitudes } = network
  const column = (longitude: number) => Math.floor((longitude - frame.west) / frame.squareEast)
  const row = (latitude: number) => Math.floor((latitude - frame.south) / frame.squareNorth)
  const visitBox = (point: number, edge: number) => {
    const [c0, c1] = ordered(column(longitudes[point]), column(longitudes[point + 1]))
    const [r0, r1] = ordered(row(latitudes[point]), row(latitudes[point + 1]))
    for (let r = r0; r <= r1; r++) for (let c = c0; c <= c1; c++) visit(r * frame.columns + c, point, edge)
  }
  for (let edge = 0; edge + 1 < shapeStart.length; edge++)
    for (let point = shapeStart[edge]; point + 1 < shapeStart[edge + 1]; point++) visitBox(point, edge)
}

const ordered = (a: number, b: number) => (a < b ? [a, b] : [b, a])

/** A point of a road: the edge, the piece of its shape, how far along that piece, and how far from what was asked. */
export type Found = {
  edge: number
  /** The first point of the piece among the shapes, and the share of the piece before the point. */
  piece: number
  share: number
  metres: number
  /** Whether what was asked lies to the left of the edge as drawn: above 0 left, below 0 right. */
  left: number
}

/** The nearest point of an edge that `isWanted`, within so many metres; undefined when there is none. */
export class NearestRoad {
  readonly #network: Network
  readonly #grid: Grid
  #best: Found | undefined
  #limit = 0

  constructor(network: Network, grid: Grid) {
    this.#network = network
    this.#grid = grid
  }

  find(
    longitudeE7: number,
    latitudeE7: number,
    limitMetres: number,
    isWanted: (edge: number) => boolean,
  ): Found | undefined {
    const { west, south, squareEast, squareNorth } = this.#grid
    const column = Math.floor((longitudeE7 - west) / squareEast)
    const row = Math.floor((latitudeE7 - south) / squareNorth)
    this.#best = undefined
    this.#limit = limitMetres
    const asked = {
      longitudeE7,
      latitudeE7,
      isWanted,
      east: metresEast(latitudeE7),
      north: metresNorth(latitudeE7),
    }
    // Squares were measured at the middle of the county; a tenth allows for its north and south.
    const rings = Math.ceil(limitMetres / (SQUARE_METRES * 0.9)) + 1
    for (let ring = 0; ring <= rings && (ring - 1) * SQUARE_METRES * 0.9 <= this.#limit; ring++)
      this.#lookAtRing(column, row, ring, asked)
    return this.#best
  }

  #lookAtRing(column: number, row: number, ring: number, asked: Asked): void {
    const { columns, rows } = this.#grid
    for (let r = Math.max(0, row - ring); r <= Math.min(rows - 1, row + ring); r++) {
      const isEdge = r === row - ring || r === row + ring
      const step = isEdge || ring === 0 ? 1 : ring * 2
      for (let c = column - ring; c <= column + ring; c += step)
        if (c >= 0 && c < columns) this.#lookAtSquare(r * columns + c, asked)
    }
  }

  #lookAtSquare(square: number, asked: Asked): void {
    const { first, piece, edge } = this.#grid
    for (let i = first[square], end = first[square + 1]; i < end; i++)
      if (asked.isWanted(edge[i])) this.#measure(piece[i], edge[i], asked)
  }

  #measure(piece: number, edge: number, { longitudeE7, latitudeE7, east, north }: Asked): void {
    const { shapeLongitudesE7: longitudes, shapeLatitudesE7: latitudes } = this.#network
    const toX = (longitudeE7 - longitudes[piece]) * east
    const toY = (latitudeE7 - latitudes[piece]) * north
    const alongX = (longitudes[piece + 1] - longitudes[piece]) * east
    const alongY = (latitudes[piece + 1] - latitudes[piece]) * north
    const square = alongX * alongX + alongY * alongY
    const share = square === 0 ? 0 : Math.max(0, Math.min(1, (toX * alongX + toY * alongY) / square))
    const offX = toX - share * alongX
    const offY = toY - share * alongY
    const metres = Math.sqrt(offX * offX + offY * offY)
    if (metres > this.#limit || (this.#best && metres >= this.#best.metres)) return
    this.#limit = metres
    this.#best = { edge, piece, share, metres, left: alongX * toY - alongY * toX }
  }
}

type Asked = {
  longitudeE7: number
  latitudeE7: number
  east: number
  north: number
  isWanted: (edge: number) => boolean
}
