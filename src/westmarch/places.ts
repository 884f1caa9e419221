/**
 * The geography of Westmarch, a county that is not there: it lies in the Celtic Sea, so that nothing in it is
 * anybody's home. Its postcodes are WM, an area Royal Mail has never allocated. The road network is grown from
 * these same places.
 */

/** The name of the file its roads are written to, as if somebody had surveyed them. */
export const WESTMARCH_EXTRACT = 'westmarch.osm.pbf'

export type PlaceKind = 'city' | 'town' | 'village' | 'hamlet'

/** One of the six districts that reports count by. */
export type District =
  | 'Marchester'
  | 'Tamble Vale'
  | 'Norrow Moor'
  | 'Skerrow Coast'
  | 'Eastwold'
  | 'Saltmarch and the Isles'

export type Place = {
  name: string
  kind: PlaceKind
  district: District
  latitude: number
  longitude: number
  /** How many people live here, for the whole place; pupils are spread in proportion. */
  population: number
  /** The outward half of its postcodes, `WM14`. */
  outward: string
  /** The island it lies on, if it does not lie on the mainland. */
  island?: string
}

export type Point = { latitude: number; longitude: number }

const ORIGIN = { latitude: 51.1, longitude: -6.75 }
const KILOMETRES_IN_A_DEGREE_NORTH = 111.2
// At 51.1 degrees north.
const KILOMETRES_IN_A_DEGREE_EAST = 69.9

const rounded = (degrees: number) => Math.round(degrees * 1e5) / 1e5

/** A point so many kilometres east and north of Marchester Cross. */
export function pointAt(east: number, north: number): Point {
  return {
    latitude: rounded(ORIGIN.latitude + north / KILOMETRES_IN_A_DEGREE_NORTH),
    longitude: rounded(ORIGIN.longitude + east / KILOMETRES_IN_A_DEGREE_EAST),
  }
}

// name, kind, kilometres east and north of Marchester Cross, population, outward postcode
type Written = readonly [string, PlaceKind, number, number, number, number]

const districts: Readonly<Record<District, readonly Written[]>> = {
  Marchester: [
    ['Marchester', 'city', 0, 0, 118_000, 1],
    ['Ostlow Park', 'town', -3.4, 2.2, 24_000, 2],
    ['Tamblebridge', 'town', 2.6, -3.1, 19_000, 3],
    ['Candlewick Green', 'village', 4.9, 3.8, 5200, 2],
    ['Hollinswade', 'village', -5.8, -2.4, 4100, 3],
    ['Upper Sedgewold', 'village', -1.9, 6.7, 2600, 2],
    ['Pinfold Harrow', 'hamlet', 6.7, -0.9, 520, 3],
    ['Cold Ostlow', 'hamlet', -7.1, 4.6, 340, 2],
  ],
  'Tamble Vale': [
    ['Wexborough', 'town', 9.8, -10.7, 41_000, 4],
    ['Tamble Magna', 'town', 5.4, -14.9, 13_500, 5],
    ['Fenny Marlesham', 'village', 13.2, -14.1, 3900, 4],
    ['Quarrendale', 'village', 1.7, -18.8, 2800, 5],
    ['Little Tamble', 'village', 7.4, -11.6, 1900, 4],
    ['Wick Applesham', 'village', -3.3, -12.5, 2300, 5],
    ['Osier End', 'hamlet', 10.9, -17.4, 410, 5],
    ['Ninewells', 'hamlet', 3.1, -9.2, 380, 4],
    ['Marl Bottom', 'hamlet', -1.2, -16.1, 260, 5],
    ['Thrushel Cross', 'hamlet', 15.6, -9.9, 310, 4],
  ],
  'Norrow Moor': [
    ['Norrowgate', 'town', -9.7, 17.3, 27_500, 6],
    ['Stanrigg', 'town', 3.8, 21.9, 15_200, 7],
    ['High Norrow', 'village', -14.4, 22.1, 2100, 6],
    ['Peatling Fold', 'village', -3.1, 25.6, 1700, 7],
    ['Garrowby Beck', 'village', -16.9, 14.2, 1850, 6],
    ['Wether Tarn', 'village', 8.6, 26.2, 1400, 7],
    ['Blackhag', 'hamlet', -8.2, 27.9, 160, 7],
    ['Cuckoo Stile', 'hamlet', -12.1, 12.3, 230, 6],
    ['Nether Scaur', 'hamlet', 0.4, 16.8, 290, 7],
    ['Farthing Rigg', 'hamlet', -19.8, 20.4, 140, 6],
  ],
  'Skerrow Coast': [
    ['Skerrow', 'town', -26.3, 3.2, 36_500, 8],
    ['Penmarrow', 'town', -23.1, -12.4, 17_800, 9],
    ['Port Isolde', 'town', -30.2, 12.7, 9400, 8],
    ['Trewithen Sands', 'village', -28.6, -5.1, 3600, 9],
    ['Morvah Head', 'village', -31.7, 6.6, 1300, 8],
    ['Lanmarrow', 'village', -19.4, -7.7, 2450, 9],
    ['Carrack Mill', 'village', -20.6, 7.9, 1950, 8],
    ['Gull Rock', 'hamlet', -33.1, 9.5, 120, 8],
    ['Wreckers Lane End', 'hamlet', -15.2, -3.6, 280, 9],
    ['Polwarren', 'hamlet', -26.9, -16.3, 330, 9],
    ['Three Stones', 'hamlet', -15.9, 5.2, 210, 8],
  ],
  Eastwold: [
    ['Calderhythe', 'town', 25.7, 6.3, 48_000, 10],
    ['Aldermarch', 'town', 18.2, 14.8, 21_000, 11],
    ['Wold Regis', 'town', 14.4, 1.2, 11_800, 10],
    ['Bracken Sutton', 'village', 21.3, -3.9, 4400, 10],
    ['Ashby Hundred', 'village', 12.1, 9.4, 2700, 11],
    ['Thornhanger', 'village', 23.8, 17.9, 2050, 11],
    ['Mere Lacy', 'village', 29.4, -1.4, 2350, 10],
    ['Eastwold Cross', 'village', 19.7, 7.5, 3100, 11],
    ['Withy Corner', 'hamlet', 16.9, -4.8, 240, 10],
    ['Sheepwash', 'hamlet', 27.1, 13.2, 190, 11],
    ['Long Furlong', 'hamlet', 13.5, 16.7, 270, 11],
  ],
  'Saltmarch and the Isles': [
    ['Saltmarch', 'town', 22.9, -21.6, 29_000, 12],
    ['Eelham', 'town', 30.1, -15.3, 12_400, 13],
    ['Samphire Staithe', 'village', 17.8, -25.2, 2900, 12],
    ['Reedness St Anne', 'village', 26.4, -18.9, 3300, 13],
    ['Curlew Hythe', 'village', 12.6, -21.9, 1750, 12],
    ['Bittern Drove', 'hamlet', 20.3, -16.7, 350, 12],
    ['Sluice End', 'hamlet', 28.2, -23.4, 220, 13],
    ['Goosey Lode', 'hamlet', 24.6, -14.2, 300, 13],
  ],
}

// Islands: Great Anker has a causeway, Little Anker a bridge from Great Anker, St Morwen a ferry only.
const islands: readonly (readonly [string, ...Written])[] = [
  ['Great Anker', 'Ankerport', 'village', 31.6, -27.8, 3400, 14],
  ['Great Anker', 'Anker Chapel', 'hamlet', 34.2, -30.3, 280, 14],
  ['Little Anker', 'Tern Bay', 'hamlet', 36.4, -26.9, 190, 14],
  ['St Morwen', 'Morwen Quay', 'village', -36.8, -20.7, 1250, 15],
]

const toPlace = (district: District, written: Written, island?: string): Place => {
  const [name, kind, east, north, population, outward] = written
  const place = { name, kind, district, ...pointAt(east, north), population, outward: `WM${outward}` }
  return island === undefined ? place : { ...place, island }
}

/** Every place in the county, largest districts first as written above. */
export const places: readonly Place[] = [
  ...(Object.entries(districts) as [District, readonly Written[]][]).flatMap(([district, written]) =>
    written.map((one) => toPlace(district, one)),
  ),
  ...islands.map(([island, ...written]) => toPlace('Saltmarch and the Isles', written, island)),
]

/** The place of that name. Throws RangeError when Westmarch has none. */
export function placeNamed(name: string): Place {
  const found = places.find((place) => place.name === name)
  if (!found) throw new RangeError(`Westmarch has no place called ${name}.`)
  return found
}

/** How many kilometres east and north of Marchester Cross a point lies: what `pointAt` was given, to a metre. */
export function kilometresFromCross({ latitude, longitude }: Point): { east: number; north: number } {
  return {
    east: (longitude - ORIGIN.longitude) * KILOMETRES_IN_A_DEGREE_EAST,
    north: (latitude - ORIGIN.latitude) * KILOMETRES_IN_A_DEGREE_NORTH,
  }
}

/** The River Tamble from its spring on Norrow Moor to the sea below Saltmarch. Crossed at bridges and fords only. */
export const riverTamble: readonly Point[] = [
  pointAt(-6.5, 26.4),
  pointAt(-5.2, 20.1),
  pointAt(-4.4, 14.3),
  pointAt(-2.7, 8.8),
  pointAt(-1.6, 3.9),
  pointAt(0.9, -1.4),
  pointAt(3.2, -3.6),
  pointAt(6.1, -8.3),
  pointAt(8.2, -12.4),
  pointAt(11.9, -15.8),
  pointAt(16.2, -19.3),
  pointAt(20.1, -22.4),
  pointAt(22.4, -27.6),
]

/** Where a road crosses the Tamble, or the water to an island. A ferry takes no vehicle of ours. */
export type Crossing = Point & { name: string; kind: 'bridge' | 'ford' | 'causeway' | 'ferry'; to?: string }

export const crossings: readonly Crossing[] = [
  { name: 'Norrow Clapper', kind: 'ford', ...pointAt(-4.9, 17.4) },
  { name: 'Sedgewold Bridge', kind: 'bridge', ...pointAt(-2.2, 6.4) },
  { name: 'Marchester High Bridge', kind: 'bridge', ...pointAt(-0.6, 1.6) },
  { name: 'Tamblebridge', kind: 'bridge', ...pointAt(2.6, -3.1) },
  { name: 'Wexborough Bridge', kind: 'bridge', ...pointAt(8.2, -12.4) },
  { name: 'Saltmarch Swing Bridge', kind: 'bridge', ...pointAt(20.1, -22.4) },
  { name: 'Anker Causeway', kind: 'causeway', ...pointAt(29.8, -25.6), to: 'Great Anker' },
  { name: 'Tern Bridge', kind: 'bridge', ...pointAt(35.3, -28.2), to: 'Little Anker' },
  { name: 'Morwen Ferry', kind: 'ferry', ...pointAt(-30.4, -18.4), to: 'St Morwen' },
]

/** What no road of ours leaves: the corner points of the rectangle of sea that the county stands in. */
export const countyBounds = { southWest: pointAt(-39, -33), northEast: pointAt(39, 31) }
