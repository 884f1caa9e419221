import { expect, test } from 'vitest'
import { countyBounds, crossings, places, riverTamble } from './places.ts'

// Every postcode area of the United Kingdom and the Crown dependencies, from Royal Mail's list.
const ALLOCATED =
  'AB AL B BA BB BD BF BH BL BN BR BS BT BX CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA WC WD WF WN WR WS WV YO ZE'

test('no postcode of Westmarch can be anybody’s', () => {
  const areas = new Set(places.map(({ outward }) => outward.replace(/\d+$/, '')))
  expect([...areas]).toEqual(['WM'])
  expect(ALLOCATED.split(' ')).not.toContain('WM')
})

test('the county lies in the open sea: west of Wales and Cornwall, south of Ireland, north of Scilly', () => {
  for (const { latitude, longitude } of [...places, ...crossings, ...riverTamble]) {
    expect(latitude).toBeGreaterThan(countyBounds.southWest.latitude)
    expect(latitude).toBeLessThan(countyBounds.northEast.latitude)
    expect(longitude).toBeGreaterThan(countyBounds.southWest.longitude)
    expect(longitude).toBeLessThan(countyBounds.northEast.longitude)
  }
  expect(countyBounds.southWest.latitude).toBeGreaterThan(50.6)
  expect(countyBounds.northEast.latitude).toBeLessThan(51.5)
  expect(countyBounds.southWest.longitude).toBeGreaterThan(-7.5)
  expect(countyBounds.northEast.longitude).toBeLessThan(-6.1)
})

test('no two places share a name', () => {
  expect(new Set(places.map(({ name }) => name)).size).toBe(places.length)
})
