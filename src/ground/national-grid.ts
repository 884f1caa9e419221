/**
 * From the National Grid (OSGB36, metres) to latitude and longitude (WGS84). Ordnance Survey, "A guide to coordinate
 * systems in Great Britain", annexes B, C and section 6.6: right to about five metres, which is less than a house.
 */
export type Point = { latitude: number; longitude: number }

// Airy 1830, and the projection of the National Grid.
const A = 6_377_563.396
const B = 6_356_256.909
const F0 = 0.9996012717
const LATITUDE_0 = radians(49)
const LONGITUDE_0 = radians(-2)
const E0 = 400_000
const N0 = -100_000

/** Where a place on the grid is. Six decimals: a tenth of a metre. */
export function fromNationalGrid(easting: number, northing: number): Point {
  const { latitude, longitude } = toWgs84(onAiry(easting, northing))
  return { latitude: degrees(latitude), longitude: degrees(longitude) }
}

/** Annex C.2: easting and northing to latitude and longitude on the Airy ellipsoid. */
function onAiry(easting: number, northing: number): Point {
  let latitude = LATITUDE_0
  let meridian = 0
  do {
    latitude += (northing - N0 - meridian) / (A * F0)
    meridian = meridionalArc(latitude)
  } while (Math.abs(northing - N0 - meridian) >= 0.00001)

  const e2 = 1 - (B * B) / (A * A)
  const sin2 = Math.sin(latitude) ** 2
  const nu = (A * F0) / Math.sqrt(1 - e2 * sin2)
  const rho = (A * F0 * (1 - e2)) / (1 - e2 * sin2) ** 1.5
  const eta2 = nu / rho - 1
  const t = Math.tan(latitude)
  const t2 = t * t
  const t4 = t2 * t2
  const sec = 1 / Math.cos(latitude)
  const vii = t / (2 * rho * nu)
  const viii = (t / (24 * rho * nu ** 3)) * (5 + 3 * t2 + eta2 - 9 * t2 * eta2)
  const ix = (t / (720 * rho * nu ** 5)) * (61 + 90 * t2 + 45 * t4)
  const x = sec / nu
  const xi = (sec / (6 * nu ** 3)) * (nu / rho + 2 * t2)
  const xii = (sec / (120 * nu ** 5)) * (5 + 28 * t2 + 24 * t4)
  const xiia = (sec / (5040 * nu ** 7)) * (61 + 662 * t2 + 1320 * t4 + 720 * t4 * t2)
  const d = easting - E0
  return {
    latitude: latitude - vii * d ** 2 + viii * d ** 4 - ix * d ** 6,
    longitude: LONGITUDE_0 + x * d - xi * d ** 3 + xii * d ** 5 - xiia * d ** 7,
  }
}

function meridionalArc(latitude: number): number {
  const n = (A - B) / (A + B)
  const n2 = n * n
  const n3 = n2 * n
  const minus = latitude - LATITUDE_0
  const plus = latitude + LATITUDE_0
  return (
    B *
    F0 *
    ((1 + n + 1.25 * n2 + 1.25 * n3) * minus -
      (3 * n + 3 * n2 + 2.625 * n3) * Math.sin(minus) * Math.cos(plus) +
      (1.875 * n2 + 1.875 * n3) * Math.sin(2 * minus) * Math.cos(2 * plus) -
      (35 / 24) * n3 * Math.sin(3 * minus) * Math.cos(3 * plus))
  )
}

/** Section 6.6: the seven-parameter shift, the other way round. */
function toWgs84({ latitude, longitude }: Point): Point {
  const [x, y, z] = cartesian({ latitude, longitude })
  const s = 1 - 20.4894e-6
  const rx = radians(0.1502 / 3600)
  const ry = radians(0.247 / 3600)
  const rz = radians(0.8421 / 3600)
  return onWgs84(
    446.448 + s * x - rz * y + ry * z,
    -125.157 + rz * x + s * y - rx * z,
    542.06 - ry * x + rx * y + s * z,
  )
}

function cartesian({ latitude, longitude }: Point): [number, number, number] {
  const e2 = 1 - (B * B) / (A * A)
  const nu = A / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
  return [
    nu * Math.cos(latitude) * Math.cos(longitude),
    nu * Math.cos(latitude) * Math.sin(longitude),
    (1 - e2) * nu * Math.sin(latitude),
  ]
}

function onWgs84(x: number, y: number, z: number): Point {
  const a = 6_378_137
  const b = 6_356_752.3141
  const e2 = 1 - (b * b) / (a * a)
  const p = Math.hypot(x, y)
  let latitude = Math.atan2(z, p * (1 - e2))
  for (let i = 0; i < 6; i++) {
    const nu = a / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
    latitude = Math.atan2(z + e2 * nu * Math.sin(latitude), p)
  }
  return { latitude, longitude: Math.atan2(y, x) }
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180
}

const degrees = (radians: number) => Number(((radians * 180) / Math.PI).toFixed(6))
