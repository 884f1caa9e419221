/** A carer and how they are reached: verified or changed, because a message to an old number tells nobody. */
import { isEmailAddress } from '#ground/email-address.ts'
import { type CarerId, type PupilId, readId } from '#ground/ids.ts'
import { ok } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { type PupilRecord, pupilAsAt } from './pupil-store.ts'
import { recordCarer, recordContactPoint, restateCarer } from './write-store.ts'

const roles = ['transport-officer', 'eligibility-officer', 'manager'] as const
type Family = { pupil: PupilId; name: string }
type Known = PupilRecord['carers'][number]
type Subject = Family & { carer: Known }

async function family({
  sql,
  params,
  today,
  now,
}: Visit): Promise<(Family & { record: PupilRecord }) | undefined> {
  const pupil = readId<'Pupil'>(params['pupilId'])
  const record = pupil && (await pupilAsAt(sql, pupil, { on: today, knownAt: now }))
  if (!pupil || !record) return undefined
  return { pupil, name: `${record.particulars.given_name} ${record.particulars.family_name}`, record }
}

async function subject(visit: Visit): Promise<Subject | undefined> {
  const found = await family(visit)
  const carer = found?.record.carers.find(({ carer_id: id }) => String(id) === visit.params['carerId'])
  return found && carer && { pupil: found.pupil, name: found.name, carer }
}

const back = ({ pupil }: Family) => paths.pupil(pupil)
const pupils = ({ pupil }: Family) => [pupil]

const kinds = [
  { value: 'phone', text: 'Telephone' },
  { value: 'email', text: 'Email' },
  { value: 'post', text: 'Post' },
] as const
const ways = [
  { value: 'spoke to them', text: 'Spoke to them' },
  { value: 'answered a message', text: 'They answered a message' },
  { value: 'seen on a document', text: 'Seen on a document they sent' },
  { value: 'told by the school', text: 'The school told us' },
]
type Point = {
  kind: (typeof kinds)[number]['value']
  address: string
  from: PlainDate
  verified?: { on: PlainDate; how: string }
}

export const contactPage = recordFormPage<Subject, Point, null>({
  path: '/pupils/:pupilId/carers/:carerId/contact',
  roles,
  subject,
  question: ({ carer }) => `How is ${carer.name} reached?`,
  says: 'Send it with the same number or address to verify it; with another to change it.',
  back,
  pupils,
  questions: () => [
    { ask: 'one', name: 'kind', label: 'Kind', options: kinds },
    { ask: 'text', name: 'address', label: 'Number or address' },
    {
      ask: 'choice',
      name: 'how',
      label: 'How was it verified? (optional)',
      hint: 'Unverified, it counts as one that may be stale',
      options: ways,
    },
    { ask: 'day', name: 'verified-on', label: 'Verified on' },
  ],
  replaces: ({ carer }) => [{ table: 'contact_point', key: { carer_id: carer.carer_id } }],
  standing({ carer: { points } }, { today, query }) {
    const kind = kinds.find(({ value }) => value === query['kind'])?.value ?? points[0]?.kind ?? 'phone'
    return { kind, address: points.find((point) => point.kind === kind)?.address ?? '', 'verified-on': today }
  },
  read(form) {
    const read = reading(form)
    const kind = read.choice(
      'kind',
      kinds.map(({ value }) => value),
      'Choose a kind',
    )
    const address = read.text('address', 'Enter the number or address')
    if (kind === 'email' && address && !isEmailAddress(address))
      read.wrong('address', `"${address}" is not an email address. Enter one like name@example.com`)
    if (kind === 'phone' && address && !/^[+\d][\d\s()-]{6,}$/.test(address))
      read.wrong('address', `"${address}" is not a telephone number. Enter one like 01632 960001`)
    const how = read.optional('how')
    const on = read.day('verified-on', 'the day on which it was verified, or from which it holds')
    return read.answer(
      kind && address && on && { kind, address, from: on, ...(how && { verified: { on, how } }) },
    )
  },
  title: ({ carer }, { kind, address, verified }) =>
    `${carer.name}: ${kind} ${address}${verified ? `, verified on ${dayInWords(verified.on)}` : ''}`,
  doing: 'record it',
  async work(tx, { carer }, point) {
    await recordContactPoint(tx, carer.carer_id, point)
    return ok(null)
  },
  told: ({ carer }, { kind, verified }) => [
    `Messages by ${kind} to ${carer.name} go there from then on.`,
    ...(verified ? [] : ['It stands as unverified until somebody verifies it.']),
  ],
})

const formats = [
  { value: 'standard', text: 'Standard' },
  { value: 'large-print', text: 'Large print' },
  { value: 'easy-read', text: 'Easy read' },
  { value: 'braille', text: 'Braille' },
  { value: 'audio', text: 'Audio' },
] as const
type Format = (typeof formats)[number]['value']
type Person = {
  givenName: string
  familyName: string
  relationship: string
  language: string
  format: Format
  interpreter: boolean
  parentalResponsibility: boolean
  maySeeAddress: boolean
  from: PlainDate
}

const personQuestions = [
  { ask: 'text', name: 'given-name', label: 'Given name', width: 20 },
  { ask: 'text', name: 'family-name', label: 'Family name', width: 20 },
  {
    ask: 'text',
    name: 'relationship',
    label: 'Who they are to the pupil',
    hint: 'Mother, foster carer, social worker',
    width: 20,
  },
  { ask: 'yes', name: 'responsibility', label: 'Has parental responsibility' },
  {
    ask: 'yes',
    name: 'sees-address',
    label: 'May know where the pupil lives',
    hint: 'Leave empty where an address is kept from them',
  },
  { ask: 'text', name: 'language', label: 'Language', width: 20 },
  { ask: 'yes', name: 'interpreter', label: 'Needs an interpreter' },
  { ask: 'one', name: 'format', label: 'Writing to them', options: formats },
  { ask: 'day', name: 'from', label: 'From' },
] as const

function readPerson(form: Visit['form']) {
  const read = reading(form)
  const givenName = read.text('given-name', 'Enter the given name')
  const familyName = read.text('family-name', 'Enter the family name')
  const relationship = read.text('relationship', 'Enter who they are to the pupil')
  const language = read.text('language', 'Enter the language they read')
  const format = read.choice(
    'format',
    formats.map(({ value }) => value),
    'Say how they are written to',
  )
  const from = read.day('from', 'the first day on which this holds')
  return read.answer<Person>(
    givenName &&
      familyName &&
      relationship &&
      language &&
      format &&
      from && {
        givenName,
        familyName,
        relationship,
        language,
        format,
        from,
        interpreter: form['interpreter'] === 'yes',
        parentalResponsibility: form['responsibility'] === 'yes',
        maySeeAddress: form['sees-address'] === 'yes',
      },
  )
}

export const carerPage = recordFormPage<Subject, Person, null>({
  path: '/pupils/:pupilId/carers/:carerId',
  roles,
  subject,
  question: ({ carer }) => `What is known of ${carer.name}?`,
  back,
  pupils,
  questions: () => personQuestions,
  replaces: ({ carer: { carer_id } }) =>
    ['carer_particulars', 'pupil_carer'].map((table) => ({ table, key: { carer_id } })),
  standing({ carer }, { today }) {
    return {
      'given-name': carer.given_name,
      'family-name': carer.family_name,
      relationship: carer.relationship,
      language: carer.language,
      format: carer.format,
      interpreter: carer.interpreter ? 'yes' : '',
      responsibility: carer.parental_responsibility ? 'yes' : '',
      'sees-address': carer.may_see_address ? 'yes' : '',
      from: today,
    }
  },
  read: readPerson,
  title: ({ carer }, { from }) => `What is known of ${carer.name} changes from ${dayInWords(from)}`,
  doing: 'record it',
  async work(tx, { pupil, carer }, person) {
    await restateCarer(tx, { pupil, carer: carer.carer_id }, person)
    return ok(null)
  },
  told: (_subject, { maySeeAddress }) =>
    maySeeAddress
      ? ['What is sent to them follows this.']
      : ['Nothing sent to them may say where the pupil lives.'],
})

export const newCarerPage = recordFormPage<Family, Person, CarerId>({
  path: '/pupils/:pupilId/carers/new',
  roles,
  subject: family,
  question: ({ name }) => `Who cares for ${name}?`,
  back,
  pupils,
  questions: () => personQuestions,
  standing: (_family, { today }) => ({
    language: 'English',
    format: 'standard',
    responsibility: 'yes',
    'sees-address': 'yes',
    from: today,
  }),
  read: readPerson,
  title: ({ name }, { givenName, familyName }) => `${givenName} ${familyName} cares for ${name}`,
  doing: 'record the carer',
  work: async (tx, { pupil }, person) => ok(await recordCarer(tx, pupil, person)),
  told: () => ['They are told about journeys once a way to reach them is recorded: that is asked next.'],
  onward: ({ pupil }, carer) => paths.carerContact(pupil, carer),
})
