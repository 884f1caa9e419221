/**
 * Lengths on the ground between points of a county. Degrees become metres by the radii of curvature of the WGS 84
 * ellipsoid at the latitude of the points: under a millimetre in a kilometre of error at the size of a road.
 */
const EQUATOR_METRES = 6_378_137
const FLATTENING = 1 / 298.257_223_563
const ECCENTRICITY_SQUARED = FLATTENING * (2 - FLATTENING)
const RADIANS_PER_E7 = Math.PI / 180 / 1e7

/** Metres of ground in one ten-millionth of a degree, eastwards, at a latitude in ten-millionths of a degree. */
export function metresEast(latitudeE7: number): number {
  const latitude = latitudeE7 * RADIANS_PER_E7
  const curve = 1 / (1 - ECCENTRICITY_SQUARED * Math.sin(latitude) ** 2)
  return RADIANS_PER_E7 * EQUATOR_METRES * Math.sqrt(curve) * Math.cos(latitude)
}

/** Metres of ground in one ten-millionth of a degree, northwards. */
export function metresNorth(latitudeE7: number): number {
  const curve = 1 / (1 - ECCENTRICITY_SQUARED * Math.sin(latitudeE7 * RADIANS_PER_E7) ** 2)
  return RADIANS_PER_E7 * EQUATOR_METRES * (1 - ECCENTRICITY_SQUARED) * Math.sqrt(curve) * curve
}

/** Metres between two points, both in ten-millionths of a degree. */
export function metresBetween(
  longitudeA: number,
  latitudeA: number,
  longitudeB: number,
  latitudeB: number,
): number {
  const between = (latitudeA + latitudeB) / 2
  const east = (longitudeB - longitudeA) * metresEast(between)
  const north = (latitudeB - latitudeA) * metresNorth(between)
  return Math.sqrt(east * east + north * north)
}
