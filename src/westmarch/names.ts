/** Names of the people, schools and firms of Westmarch. Any likeness to a real one is chance. */
import type { Random } from '#ground/random.ts'

const girls =
  'Amara Ffion Zoë Niamh Ivy Maya Aisha Olivia Grace Saoirse Priya Wren Chloé Imogen Fatima Rosa Hana Beatrix Esme Nia Leila Tamsin Daisy Nkechi Marta Sofia Yasmin Elin Poppy Keira Adaeze Mei Roxana Shanice Eleri Bronagh Kasia Thandi Isla Freya'.split(
    ' ',
  )
const boys =
  'Tomasz Jack Musa Noah Kwame Rafael Arjun Finn Elijah Oisín Harry Yusuf Leo Mateusz Dylan Ibrahim Kofi Samuel Reuben Jago Hamza Callum Aarav Stefan Piran Emeka Wei Luca Ahmed Theo Rhys Bilal Ciarán Marlon Jude Anton Dario Osian Kit Tariq'.split(
    ' ',
  )
const families =
  'Osei Zieliński Price-Hargreaves O’Brien Bright Hart Bello Lane Trewin Sedgewick Okonkwo Ali Pascoe Nowak Farrow Kaur Penhale Adeyemi Marlow Begum Whitlock Hussain Carrick Singh Tamblyn Mensah Applegarth Rahman Norrow Fairweather Ferreira Stannard Khan Wold Hollins Ndlovu Thatcher Jovanović Cuthbert Chowdhury Rudge Abara Lidgate Kovács Pengelly Shah Brackenbury Mwangi Ostler Rowe Darcy-Lowe Iqbal Skeld Petrova Garside Yeo Achebe Whinfell Lacey Dubois'.split(
    ' ',
  )

export type PersonName = { givenName: string; familyName: string; sex: 'female' | 'male' }

/** A child's or a grown-up's name. */
export function personName(random: Random, familyName = random.oneOf(families)): PersonName {
  const sex = random.percent(72) ? 'male' : 'female'
  return { givenName: random.oneOf(sex === 'female' ? girls : boys), familyName, sex }
}

/** Somebody who brings a child up: as often a woman as not, which children on these runs are not. */
export function carerName(random: Random, familyName: string): PersonName {
  const sex = random.percent(74) ? 'female' : 'male'
  return { givenName: random.oneOf(sex === 'female' ? girls : boys), familyName, sex }
}

const trees =
  'Oakfield Beechmount Rowan Hawthorn Larkspur Willowbank Ashlea Hazel Elmwood Alder Foxglove Brambles Heron Kingfisher Lapwing Beacon Harbour Bridge Meadow Cedars Spinney Orchard Lantern Millrace Compass Skylark Longbarrow Sandpiper Thornfield Coppice'.split(
    ' ',
  )
/** Names for so many schools, none twice. */
export function schoolNames(random: Random, count: number, places: readonly string[]): string[] {
  const first = random.shuffled(trees).map((tree) => `${tree} School`)
  const more = random
    .shuffled(places)
    .flatMap((place) => [`${place} Academy`, `${place} Community School`, `St Brannoc’s, ${place}`])
  return [...first, ...more, ...more.map((name) => `${name} (North)`)].slice(0, count)
}

const birds =
  'Kestrel Swift Heron Curlew Plover Osprey Merlin Falcon Wagtail Teal Lapwing Kittiwake Dipper Avocet Linnet Redstart'.split(
    ' ',
  )
const trades = ['Cars', 'Travel', 'Minibuses', 'Taxis', 'Mobility', 'Coaches']
/** Names for so many operators, none twice. */
export function operatorNames(random: Random, count: number): string[] {
  const all = birds.flatMap((bird) => trades.map((trade) => `${bird} ${trade}`))
  const family = families.flatMap((name) => [`${name} & Daughters`, `${name} Private Hire`])
  return [...random.shuffled(all), ...random.shuffled(family)].slice(0, count)
}

const streets =
  'Mill Lane|Church Walk|Quay Street|Sheep Street|Station Road|Back Lane|Tide Row|Orchard Close|Priory Way|Cooper’s Yard|Moor View|Chapel Hill|The Green|Weir Road|Saltings|Ropewalk|Pinfold|Harbour Terrace|Long Acre|Kiln Close'.split(
    '|',
  )
const streetKinds = ['Street', 'Road', 'Lane', 'Avenue', 'Way', 'Row']
/** Names for so many streets of one place, none twice. */
export function streetNames(random: Random, count: number): string[] {
  const more = [...trees, ...birds].flatMap((word) => streetKinds.map((kind) => `${word} ${kind}`))
  return [...random.shuffled(streets), ...random.shuffled([...new Set(more)])].slice(0, count)
}

/** `14 Mill Lane`, or a flat, in a street. */
export function addressIn(random: Random, street: string): string {
  const flat = random.percent(12) ? `Flat ${random.between(1, 30)}, ` : ''
  return `${flat}${random.between(1, 140)} ${street}`
}
