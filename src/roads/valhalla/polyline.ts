/**
 * Shapes as Valhalla writes them: differences of latitude and longitude in millionths of a degree, five bits a letter.
 * https://valhalla.github.io/valhalla/decoding/
 */

/** Longitude, latitude, longitude, latitude… in degrees. */
export function readPolyline(text: string): Float64Array {
  const numbers: number[] = []
  let value = 0
  let shift = 0
  for (let i = 0; i < text.length; i++) {
    const bits = text.charCodeAt(i) - 63
    value |= (bits & 31) << shift
    shift += 5
    if (bits >= 32) continue
    // The lowest bit is the sign, and each number is told as what is added to the one of its kind before it.
    const difference = value & 1 ? ~(value >> 1) : value >> 1
    numbers.push((numbers[numbers.length - 2] ?? 0) + difference)
    value = 0
    shift = 0
  }
  return Float64Array.from(numbers, (_, i) => numbers[i ^ 1] / 1e6)
}
