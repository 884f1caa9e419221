/** Schools and their calendars. The first takes the register of schools as the Department for Education publishes it. */
import { column, type Kind, kind, naming, reference } from './kind.ts'
import * as read from './reading.ts'

const school = (to: string) =>
  naming(['School', to], 'school', { needed: true, also: ['URN', 'School URN', 'School ID', 'School name'] })
const point = (table: string, onlyIn = false) => [
  column(['Address', `${table}.address`], read.words, { also: ['Street'], onlyIn }),
  column(['Postcode', `${table}.postcode`], read.postcode, { onlyIn }),
  column(['Latitude', `${table}.latitude`], read.number(49, 61), { also: ['Lat'], onlyIn }),
  column(['Longitude', `${table}.longitude`], read.number(-9, 2), { also: ['Long', 'Lon', 'Lng'], onlyIn }),
]
const bells = (onlyIn = false) => [
  column(['Opens', 'bell_time.opens'], read.time, {
    needed: !onlyIn,
    also: ['Start of day', 'School start', 'Bell in'],
    onlyIn,
  }),
  column(['Closes', 'bell_time.closes'], read.time, {
    needed: !onlyIn,
    also: ['End of day', 'School end', 'Bell out'],
    onlyIn,
  }),
]

export const schoolKinds: readonly Kind[] = [
  kind({
    name: 'schools',
    title: 'Schools',
    says: 'schools, as the register of schools (GIAS) or the council lists them',
    of: 'school',
    knownBy: ['Reference', 'URN'],
    orBy: [['Name']],
    facts: [
      { table: 'school_particulars' },
      {
        table: 'school_entrance',
        when: ['Address', 'Postcode', 'Latitude', 'Easting'],
        constants: { site: 'Main site', name: 'Main entrance' },
      },
      { table: 'bell_time', when: ['Opens', 'Closes'], constants: { days: '{[0,5),[7,12)}' } },
    ],
    columns: [
      reference('ID', 'School ID'),
      column(['URN', 'school_particulars.urn'], read.words, { also: ['Unique reference number'] }),
      column(['Name', 'school_particulars.name'], read.words, {
        needed: true,
        also: ['EstablishmentName', 'School name', 'School'],
      }),
      column(['Kind', 'school_particulars.kind'], read.words, {
        needed: true,
        also: ['TypeOfEstablishment (name)', 'Type', 'School type'],
      }),
      column(['Phase', 'school_particulars.phase'], read.words, { also: ['PhaseOfEducation (name)'] }),
      column(['Area', 'school_particulars.area'], read.words, {
        also: ['DistrictAdministrative (name)', 'District', 'LA (name)'],
      }),
      column(['Phone', 'school_particulars.phone'], read.phone, { also: ['TelephoneNum', 'Telephone'] }),
      column(['E-mail', 'school_particulars.email'], read.email, { also: ['MainEmail', 'Email'] }),
      ...point('school_entrance', true),
      column(['Easting', 'grid.easting'], read.whole(0, 700_000), { onlyIn: true }),
      column(['Northing', 'grid.northing'], read.whole(0, 1_300_000), { onlyIn: true }),
      ...bells(true),
    ],
  }),
  kind({
    name: 'school-entrances',
    title: 'School entrances',
    says: 'where vehicles stop at each school',
    facts: [{ table: 'school_entrance' }],
    columns: [
      school('school_entrance.school_id'),
      column(['Site', 'school_entrance.site'], read.words, { needed: true }),
      column(['Entrance', 'school_entrance.name'], read.words, { needed: true }),
      ...point('school_entrance'),
    ],
  }),
  kind({
    name: 'bell-times',
    title: 'Bell times',
    says: 'when each school begins and ends its day',
    facts: [{ table: 'bell_time', constants: { days: '{[0,5),[7,12)}' } }],
    columns: [
      school('bell_time.school_id'),
      column(['Days', 'bell_time.days'], read.daysOfFortnight),
      ...bells(),
    ],
  }),
  kind({
    name: 'terms',
    title: 'Terms',
    says: 'the first and last day of each term of each school',
    facts: [{ table: 'school_term' }],
    columns: [
      school('school_term.school_id'),
      column(['Term', 'school_term.name'], read.words, { needed: true, also: ['Name'] }),
    ],
  }),
  kind({
    name: 'closures',
    title: 'Closures and INSET days',
    says: 'days or half-days on which a school is shut in term',
    facts: [{ table: 'school_closure', constants: { part: 'whole-day' } }],
    columns: [
      school('school_closure.school_id'),
      column(['Kind', 'school_closure.kind'], read.anyOf('inset', 'closure', 'half-term'), { needed: true }),
      column(['Part of the day', 'school_closure.part'], read.anyOf('whole-day', 'morning', 'afternoon')),
      column(['Reason', 'school_closure.reason'], read.words),
    ],
  }),
  kind({
    name: 'bank-holidays',
    title: 'Bank holidays',
    says: 'days on which no school opens',
    facts: [{ table: 'bank_holiday' }],
    columns: [
      column(['Name', 'bank_holiday.name'], read.words, { needed: true, also: ['Bank holiday', 'Title'] }),
    ],
  }),
]
