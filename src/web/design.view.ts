/** Something to look at in every component. Nobody in it exists. */
import type { PupilId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { asAtView, readMoment } from './as-at.ts'
import { interlockView } from './change.view.ts'
import { lineChart } from './chart.ts'
import { filterView } from './filter.ts'
import { tableView } from './listing.ts'
import type { OpenVisit } from './page.ts'
import { paths } from './paths.ts'
import { travelStates, travelStateView } from './travel-state.view.ts'

const people = [
  {
    name: 'Amara Osei',
    school: 'Oakfield School',
    state: 'no-offer',
    note: 'Nothing has been arranged',
    days: 4,
  },
  {
    name: 'Tomasz Zieliński',
    school: 'Oakfield School',
    state: 'provisional',
    note: 'The family has not been told',
    days: 0,
  },
  { name: 'Ffion Price-Hargreaves', school: 'The Beacon', state: 'confirmed', note: '', days: 0 },
  {
    name: '李小龍',
    school: 'St Piran’s',
    state: 'interim-by-family',
    note: 'The family is owed 12.4 miles a day',
    days: 11,
  },
]

/** The view of /design: one sample of everything in kit/. */
export function designView(visit: OpenVisit) {
  const here = { path: paths.design, query: visit.query, queryLists: visit.queryLists }
  return {
    states: travelStates.map(travelStateView),
    asAtNow: asAtView(visit.asAt, { path: paths.design, query: visit.query }),
    asAtPast: asAtView(
      readMoment({ on: '2022-02-14', 'known-at': '2022-02-14T07:00' }, instant('2022-02-21T07:00')),
      {
        path: paths.design,
        query: {},
      },
    ),
    ...figuresSample,
    ...listSample(here),
    chart: chartSample,
    ...recordSample,
    interlock: interlockSample,
  }
}

const figuresSample = {
  headline: {
    id: 'without',
    count: 312,
    href: paths.design,
    label: 'pupils without transport this morning',
    means:
      'Must be carried on 14 February 2022 and have no offer, an offer that does not suit them, or a parent driving because we have nothing.',
    parts: [
      { count: 263, label: 'no offer at all', href: paths.design },
      { count: 31, label: 'offer unsuitable', href: paths.design },
      { count: 18, label: 'family driving', href: paths.design },
    ],
  },
  calm: {
    id: 'calm',
    count: 0,
    href: paths.design,
    label: 'pupils without transport on a calm morning',
    means: 'Everyone who must be carried today has an offer.',
    parts: [],
  },
  figures: [
    {
      count: 147,
      label: 'Not yet confirmed',
      note: 'have a seat, with a step missing',
      tone: 'care',
      href: paths.design,
    },
    { count: 22, label: 'Temporary vehicle', note: '6 end this week', tone: 'brief', href: paths.design },
    { count: 58, label: 'Own arrangement', note: 'by agreement', tone: 'own', href: paths.design },
    { count: 611, label: 'Confirmed', note: 'every step can be shown', tone: 'good', href: paths.design },
  ],
  shares: [
    { tone: 'stop', from: 0, width: 271 },
    { tone: 'care', from: 271, width: 128 },
    { tone: 'own', from: 399, width: 70 },
    { tone: 'good', from: 469, width: 531 },
  ],
}

type Here = { path: string; query: OpenVisit['query']; queryLists: OpenVisit['queryLists'] }

function listSample(here: Here) {
  return {
    filter: filterView(
      'Search pupils',
      [
        { kind: 'search', name: 'q', label: 'Name or number' },
        {
          kind: 'choice',
          name: 'state',
          label: 'State',
          any: 'Any state',
          options: travelStates.map((state) => ({ value: state, text: travelStateView(state).text })),
        },
      ],
      { ...here, query: { q: 'osei', ...here.query }, queryLists: { q: ['osei'], ...here.queryLists } },
    ),
    table: tableView({
      caption: 'Pupils this morning',
      columns: [
        { heading: 'Pupil', sort: 'name', cell: (row) => ({ text: row.name, href: paths.design }) },
        { heading: 'School', sort: 'school', cell: (row) => ({ text: row.school }) },
        {
          heading: 'To school',
          sort: 'state',
          cell: (row) => ({ state: travelStateView(row.state), hint: row.note }),
        },
        { heading: 'School days waiting', sort: 'days', numeric: true, cell: (row) => ({ text: row.days }) },
      ],
      rows: people,
      empty: { title: 'No pupils', says: 'Nobody matches.' },
      paged: {
        path: paths.design,
        query: here.queryLists,
        listing: { by: 'name', descending: false, page: 3, limit: 50, offset: 100 },
        count: 1204,
        noun: ['pupil', 'pupils'],
      },
    }),
    empty: {
      title: 'No pupil matches',
      says: 'Nobody on the register has “oseii” in their name, number or plan.',
      href: paths.design,
      link: 'Clear the search',
    },
  }
}

const chartSample = lineChart({
  id: 'trend',
  title: 'Three weeks in February',
  says: 'Pupils without transport fell from 312 on 14 February to 6 on 7 March.',
  alongName: 'Day',
  labels: [
    '14 February',
    '15 February',
    '16 February',
    '17 February',
    '18 February',
    '28 February',
    '1 March',
    '2 March',
    '3 March',
    '4 March',
    '7 March',
  ],
  series: [
    { name: 'Without transport', tone: 'stop', values: [312, 290, 241, 198, 172, 94, 71, 55, 31, 14, 6] },
    {
      name: 'Not yet confirmed',
      tone: 'care',
      values: [147, 160, 190, 201, 188, 170, 140, 96, 60, 44, 39],
    },
    {
      name: 'Confirmed',
      tone: 'good',
      values: [611, 620, 639, 671, 710, 806, 859, 919, 979, 1012, 1025],
    },
  ],
})

const recordSample = {
  next: {
    title: 'Nothing has been arranged for Amara',
    says: 'She starts at Oakfield School on Monday 14 February. Two runs to Oakfield have a seat that suits her.',
    href: paths.design,
    link: 'Find her a seat',
  },
  ladder: [
    { name: 'Eligible', standing: 'done', note: 'Decided 3 January 2022 by Priya Nair' },
    { name: 'Has a seat', standing: 'done', note: 'Run 114 to Oakfield School, Kestrel Cars' },
    { name: 'Contract signed', standing: 'done', note: '' },
    { name: 'Operator accepted', standing: 'missing', note: 'Asked on 9 February; no answer' },
    { name: 'Crew and vehicle checked', standing: 'later', note: '' },
    { name: 'Family told', standing: 'missing', note: 'No verified telephone number' },
    { name: 'School told', standing: 'later', note: '' },
  ],
  rows: [
    {
      key: 'Lives at',
      lines: ['14 Mill Lane', 'Harrow’s End', 'WQ4 7AA'],
      hint: 'Monday to Thursday; with her father on Fridays',
    },
    { key: 'Attends', text: 'Oakfield School', href: paths.design, lines: [] },
    {
      key: 'Travels',
      state: travelStateView('provisional'),
      text: 'in a wheelchair, with a passenger assistant',
      lines: [],
    },
  ],
  timeline: [
    {
      title: 'Run 114 given to Kestrel Cars',
      when: '10 February 2022 at 4:12pm',
      by: 'Asha Kaur',
      text: 'Seat 3, wheelchair place.',
      tone: 'good',
    },
    {
      title: 'Contract C-0881 ended',
      when: '11 February 2022',
      by: 'Tom Reeve',
      text: 'Hand-back by the operator. 14 pupils were named as worse off and accepted until 18 February.',
      tone: 'stop',
    },
    {
      title: 'Moved to Mill Lane',
      when: '1 February 2022',
      by: 'Priya Nair',
      text: 'Learned on 8 February: the days between were corrected, and what was believed then is kept.',
      tone: 'plain',
    },
  ],
  history: [
    {
      says: '14 Mill Lane, WQ4 7AA',
      valid: 'from 1 February 2022',
      known: 'since 8 February 2022 at 9:30am',
      by: 'Priya Nair',
      why: 'Told by her mother on the telephone',
      superseded: false,
    },
    {
      says: '2 Quay Street, WQ1 3BB',
      valid: 'from 1 September 2020',
      known: 'until 8 February 2022 at 9:30am',
      by: 'Import of 3 September 2020',
      why: 'First load',
      superseded: true,
    },
  ],
}

const worsened = {
  pupil: 1 as PupilId,
  firstDay: plainDate('2022-02-14'),
  lastDay: plainDate('2022-07-22'),
  reason: null,
}

const interlockSample = interlockView({
  worse: [{ ...worsened, direction: 1, days: 95, before: 'confirmed', after: 'no-offer', accepted: false }],
  names: new Map([[worsened.pupil, 'Amara Osei']]),
  doing: 'end contract C-0881',
  mayAccept: true,
  managers: [],
  form: {},
})
