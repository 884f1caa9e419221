/** Where postcodes are: ONSPD, Code-Point Open, or a council's own list. A directory, not facts about anybody. */
import { column, type Kind, kind } from './kind.ts'
import * as read from './reading.ts'

export const placeKinds: readonly Kind[] = [
  kind({
    name: 'postcodes',
    title: 'Postcodes',
    says: 'where each postcode is: ONSPD, Code-Point Open or a list of your own',
    facts: [],
    columns: [
      column(['Postcode', 'place.postcode'], read.postcode, {
        needed: true,
        also: ['pcds', 'pcd', 'pcd7', 'pcd8', 'PC'],
      }),
      column(['Easting', 'place.easting'], read.whole(0, 700_000), {
        also: ['oseast1m', 'east1m', 'EA', 'Eastings'],
      }),
      column(['Northing', 'place.northing'], read.whole(0, 1_300_000), {
        also: ['osnrth1m', 'north1m', 'NO', 'Northings'],
      }),
      // ONSPD writes 99.999999 and 0.000000 where there is no grid reference.
      column(['Latitude', 'place.latitude'], read.number(0, 100), { also: ['lat'] }),
      column(['Longitude', 'place.longitude'], read.number(-9, 2), { also: ['long', 'lon'] }),
      column(['Area', 'place.area'], read.words, {
        also: ['District', 'oslaua', 'laua', 'lad25cd', 'lad', 'DC'],
      }),
      column(['Ended', 'place.ended_on'], read.month, { also: ['doterm', 'Terminated'] }),
    ],
  }),
]
