/**
 * Metres along a shape, by the series for the length of a degree on the ellipsoid of WGS 84: another hand than the one that
 * measured the roads, and good to a few centimetres in a kilometre.
 */
export function lengthOf(shape: Float64Array): number {
  let metres = 0
  for (let i = 2; i < shape.length; i += 2) {
    const [longitude, latitude, beforeLongitude, beforeLatitude] = [i, i + 1, i - 2, i - 1].map(
      (at) => shape[at] ?? 0,
    ) as [number, number, number, number]
    const phi = (((latitude + beforeLatitude) / 2) * Math.PI) / 180
    const north = 111_132.954 - 559.822 * Math.cos(2 * phi) + 1.175 * Math.cos(4 * phi)
    const east = 111_412.84 * Math.cos(phi) - 93.5 * Math.cos(3 * phi) + 0.118 * Math.cos(5 * phi)
    metres += Math.hypot((latitude - beforeLatitude) * north, (longitude - beforeLongitude) * east)
  }
  return metres
}
