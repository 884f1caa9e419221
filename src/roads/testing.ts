/**
 * A town for tests of roads: Mill Lane runs east, and Church Street north from its middle; a bollard shuts Back Lane to
 * vehicles. Each step of latitude 0.001 is about 111 m, of longitude 0.001 about 68 m.
 */
import type { TestMap } from './osm/testing.ts'

/** A node of the town, so many thousandths of a degree east and north of its corner. */
export const at = (id: number, east: number, north: number, tags?: Record<string, string>) => ({
  id,
  longitude: -2.5 + east / 1000,
  latitude: 52.25 + north / 1000,
  ...(tags && { tags }),
})
export const town: TestMap = {
  nodes: [
    at(1, 0, 0),
    at(2, 5, 0),
    at(3, 10, 0),
    at(4, 5, 4),
    at(5, 10, 2, { barrier: 'bollard' }),
    at(6, 10, 4),
    at(7, 40, 40),
    at(8, 41, 40),
    at(9, 0, 1),
    at(10, 0, 2),
    at(11, 4, 1),
  ],
  ways: [
    { id: 11, nodes: [1, 2, 3], tags: { highway: 'residential', name: 'Mill Lane', maxspeed: '30 mph' } },
    { id: 12, nodes: [2, 4], tags: { highway: 'residential', name: 'Church Street', maxspeed: '20 mph' } },
    { id: 13, nodes: [3, 5, 6], tags: { highway: 'residential', name: 'Back Lane' } },
    { id: 14, nodes: [4, 6], tags: { highway: 'residential', name: 'High Street', oneway: 'yes' } },
    { id: 15, nodes: [6, 4], tags: { highway: 'footway', name: 'Church Path' } },
    { id: 16, nodes: [7, 8], tags: { highway: 'residential', name: 'Island Road' } },
    { id: 17, nodes: [6, 2], tags: { highway: 'tertiary', name: 'School Hill' } },
    { id: 18, nodes: [1, 9], tags: { highway: 'footway', name: 'Low Path' } },
    { id: 19, nodes: [9, 10], tags: { highway: 'steps', name: 'Jacob’s Ladder' } },
    { id: 20, nodes: [10, 11, 2], tags: { highway: 'footway', name: 'High Path' } },
  ],
  relations: [
    {
      id: 21,
      members: [
        { kind: 'way', id: 17, role: 'from' },
        { kind: 'node', id: 2, role: 'via' },
        { kind: 'way', id: 12, role: 'to' },
      ],
      tags: { type: 'restriction', restriction: 'no_right_turn' },
    },
  ],
}

/** A place in the town, likewise. */
export const place = (east: number, north: number) => ({
  longitude: -2.5 + east / 1000,
  latitude: 52.25 + north / 1000,
})
