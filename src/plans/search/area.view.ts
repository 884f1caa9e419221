/** The areas of a search in words: how far each has come, and how far all of them. */
import { inPounds, pence } from '#ground/money.ts'
import { type Cell, tableView } from '#web/listing.ts'
import { counted } from '../scenario/scenario.view.ts'
import type { SearchArea } from './area-store.ts'

/** The table of areas; nothing where the search was not cut into any. */
export const areasView = (areas: readonly SearchArea[]) =>
  areas.length > 0 &&
  tableView<SearchArea>({
    caption: 'Areas',
    columns: [
      { heading: 'Area', cell: ({ area }) => ({ text: `Area ${area}` }) },
      { heading: 'Pupils', numeric: true, cell: ({ pupils }) => ({ text: pupils }) },
      { heading: 'How it stands', cell: standing },
      {
        heading: 'Cost a day',
        numeric: true,
        cell: ({ weighedPence }) => ({
          text: weighedPence === null ? 'No plan yet' : inPounds(pence(weighedPence)),
        }),
      },
      { heading: 'Without a place', numeric: true, cell: ({ unplaced }) => ({ text: unplaced ?? '–' }) },
    ],
    rows: areas,
    empty: { title: '', says: '' },
  })

function standing({ state, isSilent, spent, seconds }: SearchArea): Cell {
  const so = { hint: `${Math.round(spent)} of ${Math.round(seconds)} s` }
  if (isSilent) return { ...so, text: 'Its worker has fallen silent; another goes on from its best plan' }
  return { ...so, text: { waiting: 'Waiting for a worker', searching: 'Looking', found: 'Found' }[state] }
}

/** What the search does while it is looked for by areas; nothing before or after that. */
export function nextOfAreas(areas: readonly SearchArea[]) {
  if (areas.length === 0) return undefined
  const [found, looking] = [areasThatAre('found', areas), areasThatAre('searching', areas)]
  if (found === areas.length)
    return {
      tone: '',
      title: 'Every area is found',
      says: 'As soon as a worker is free, all areas are looked at together, across their borders.',
    }
  return {
    tone: '',
    title: `${found} of ${counted(areas.length, 'area')} found`,
    says: `${looking === 0 ? 'Waiting for a worker.' : `Looking at ${looking} at once.`} Each further worker takes another; then all are looked at together, across their borders.`,
  }
}

const areasThatAre = (wanted: SearchArea['state'], areas: readonly SearchArea[]) =>
  areas.filter(({ state }) => state === wanted).length
