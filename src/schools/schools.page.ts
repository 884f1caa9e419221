/** Schools: the list, and one with its bells, calendar, routes and the pupils who are carried to it. */
import type { Role } from '#access'
import { readId, type SchoolId } from '#ground/ids.ts'
import { type DayPattern, daysInWords } from '#ground/pattern.ts'
import { dayInWords, earlierOf, timeInWords } from '#ground/time.ts'
import { sameMoment, withQuery } from '#web/address.ts'
import { asAtView } from '#web/as-at.ts'
import { type Cell, tableView } from '#web/listing.ts'
import { everyRole, type Lists, notFound, type Page, show } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { registerListPage } from '#web/register-list.ts'
import { travelStateView } from '#web/travel-state.view.ts'
import { catchmentPage } from './catchment.page.ts'
import { aboutSchool } from './school-form.page.ts'
import { kindInWords, schoolKinds } from './school-kind.ts'
import { type SchoolRecord, type SchoolRow, schoolAsAt, schoolSorts, schoolsAsAt } from './store.ts'

const changers: readonly Role[] = aboutSchool.roles

export const schoolsPage = registerListPage<SchoolRow>({
  path: paths.schools,
  title: 'Schools',
  allow: everyRole,
  sorts: schoolSorts,
  first: 'name',
  searchLabel: 'School or area',
  filters: [
    {
      kind: 'choice',
      name: 'kind',
      label: 'Kind',
      any: 'Any',
      options: schoolKinds.map((value) => ({ value, text: kindInWords(value) })),
    },
  ],
  noun: ['school', 'schools'],
  columns: (moment) => [
    {
      heading: 'School',
      sort: 'name',
      cell: ({ school, name, kind, open }) => ({
        text: name,
        href: withQuery(paths.school(school), moment),
        hint: open ? kindInWords(kind) : `${kindInWords(kind)}. Closed on this day`,
      }),
    },
    { heading: 'Area', sort: 'area', cell: ({ area }) => ({ text: area ?? '' }) },
    { heading: 'Pupils carried', sort: 'pupils', cell: ({ pupils }) => ({ text: pupils, numeric: true }) },
    {
      heading: 'Without transport',
      sort: 'without',
      cell: ({ school, without }) => ({
        text: without,
        numeric: true,
        ...(without > 0 && {
          href: withQuery(paths.pupils, moment, { school: String(school), state: 'without-transport' }),
        }),
      }),
    },
  ],
  begins: [
    { text: 'Add a school', href: paths.newSchool, roles: changers },
    { text: 'Bank holidays', href: paths.bankHolidays, roles: changers },
  ],
  find: ({ sql }, question, asAt) => schoolsAsAt(sql, asAt, question),
})

export const schoolPage: Page = {
  path: '/schools/:schoolId',
  allow: ['transport-officer', 'eligibility-officer', 'commissioner', 'manager', 'auditor'],

  async get({ sql, asAt, now, params, path, query, queryLists, person }) {
    const school = readId<'School'>(params['schoolId'])
    const record =
      school && (await schoolAsAt(sql, school, { on: asAt.on, knownAt: earlierOf(asAt.knownAt, now) }))
    if (!record) return notFound
    const mayChange = !asAt.chosen && person.roles.some((role) => changers.includes(role))
    const view = {
      actions: mayChange ? actionsFor(record.school) : [],
      ...schoolView(record, sameMoment(queryLists)),
      catchment:
        maySeeHomes(person.roles) && withQuery(paths.schoolCatchment(record.school), sameMoment(queryLists)),
      errors: asAt.errors,
      asAt: asAtView(asAt, { path, query }),
    }
    return show('schools/school.njk', view, { pupils: record.pupils.map(({ pupil }) => pupil) })
  },
}

const actionsFor = (school: SchoolId) => [
  { text: 'Is shut on some days', href: paths.schoolClosure(school) },
  { text: 'Bells change', href: paths.schoolBells(school) },
  { text: 'Keeps a term', href: paths.schoolTerm(school) },
  { text: 'Has another entrance', href: paths.schoolEntrance(school) },
  { text: 'Name, kind or number changes', href: paths.schoolParticulars(school) },
]

const maySeeHomes = (roles: readonly Role[]) =>
  roles.some((role) => (catchmentPage.allow as readonly Role[]).includes(role))

const parts: Readonly<Record<string, string>> = {
  'whole-day': '',
  morning: 'morning',
  afternoon: 'afternoon',
}

function schoolView(record: SchoolRecord, moment: Lists) {
  const without = record.pupils.filter(isWithout).length
  return {
    title: record.name,
    caption: [kindInWords(record.kind), record.area].filter(Boolean).join(', '),
    next:
      without > 0
        ? {
            tone: 'stop',
            title: `${without} of ${record.pupils.length} pupils are without transport`,
            says: 'They stand first in the list below.',
          }
        : {
            tone: 'good',
            title: 'Nobody is without transport',
            says: `${record.pupils.length} pupils are carried here.`,
          },
    rows: [
      { key: 'Telephone', text: record.phone ?? 'Not known', lines: [] },
      { key: 'Email', text: record.email ?? 'Not known', lines: [] },
      { key: 'URN', text: record.urn ?? 'Not known', lines: [] },
      ...record.entrances.map(({ name, address, postcode }) => ({
        key: name,
        lines: [address, postcode].filter((one) => one !== null),
      })),
      ...record.bells.map(({ days, opens, closes }) => ({
        key: daysInWords(days as DayPattern),
        text: `${timeInWords(opens)} to ${timeInWords(closes)}`,
        lines: [],
      })),
    ],
    calendar: [
      ...record.terms.map(({ name, firstDay, lastDay }) => ({
        day: firstDay,
        name,
        says: `${dayInWords(firstDay)} to ${dayInWords(lastDay)}`,
      })),
      ...record.holidays.map(({ name, day }) => ({ day, name, says: dayInWords(day) })),
      ...record.closures.map(({ kind, part, reason, firstDay, lastDay }) => ({
        day: firstDay,
        name: [reason ?? kindInWords(kind), parts[part]].filter(Boolean).join(', '),
        says:
          firstDay === lastDay ? dayInWords(firstDay) : `${dayInWords(firstDay)} to ${dayInWords(lastDay)}`,
      })),
    ].sort((a, b) => (a.day < b.day ? -1 : 1)),
    routes: record.routes.map(({ route, code, operator, pupils }) => ({
      code,
      operator: operator ?? 'None in force',
      pupils,
      href: withQuery(paths.route(route), moment),
    })),
    pupils: tableView<CarriedPupil>({
      caption: 'Pupils carried to this school',
      columns: [
        {
          heading: 'Pupil',
          cell: ({ pupil, name }) => ({ text: name, href: withQuery(paths.pupil(pupil), moment) }),
        },
        { heading: 'Year', cell: ({ yearGroup }) => ({ text: yearGroup ?? '' }) },
        { heading: 'To school', cell: ({ toSchool }) => stateCell(toSchool) },
        { heading: 'Home', cell: ({ home }) => stateCell(home) },
      ],
      rows: record.pupils.toSorted((a, b) => Number(isWithout(b)) - Number(isWithout(a))),
      empty: {
        title: 'No pupil is carried here on this day',
        says: 'A pupil is listed from the first day of their place here.',
      },
    }),
  }
}

type CarriedPupil = SchoolRecord['pupils'][number]

const isWithout = ({ toSchool, home }: CarriedPupil): boolean => [toSchool, home].some(lacks)
const stateCell = (state: string | null): Cell => (state === null ? {} : { state: travelStateView(state) })

const lacks = (state: string | null): boolean =>
  state !== null && ['no-offer', 'offer-declined', 'interim-by-family'].includes(state)
