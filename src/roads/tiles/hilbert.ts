/** The number of a tile in a PMTiles archive: all tiles of lesser zooms, then its place along the Hilbert curve. */

/** Takes zoom, column and row; gives a whole number, exact for every zoom up to 26. */
export function hilbertIndex(z: number, x: number, y: number): number {
  let index = (4 ** z - 1) / 3
  let [column, row] = [x, y]
  for (let side = 2 ** z / 2; side >= 1; side /= 2) {
    const right = (column & side) > 0 ? 1 : 0
    const lower = (row & side) > 0 ? 1 : 0
    index += side * side * ((3 * right) ^ lower)
    if (lower === 0) {
      if (right === 1) {
        column = side - 1 - (column & (side - 1))
        row = side - 1 - (row & (side - 1))
      }
      ;[column, row] = [row, column]
    }
  }
  return index
}
