/** Changes what is known of who a pupil is, from a day on: a surname, a plan number, that the council looks after them. */
import { type PupilId, readId } from '#ground/ids.ts'
import { ok, refuse } from '#ground/result.ts'
import { dayInWords, type PlainDate } from '#ground/time.ts'
import { paths } from '#web/paths.ts'
import { reading } from '#web/reading.ts'
import { recordFormPage } from '#web/record-form.ts'
import { type PupilRecord, pupilAsAt } from './pupil-store.ts'
import { upnIsTaken, whoIn, whoQuestions } from './register.page.ts'
import { type Particulars, pupilWithUpn, recordParticulars } from './write-store.ts'

type Subject = PupilRecord['particulars'] & { pupil: PupilId; name: string; today: PlainDate }
type Changed = { who: Particulars; from: PlainDate }

export const pupilParticularsPage = recordFormPage<Subject, Changed, null>({
  path: '/pupils/:pupilId/particulars',
  roles: ['eligibility-officer', 'transport-officer', 'manager'],
  async subject({ sql, params, today, now }) {
    const pupil = readId<'Pupil'>(params['pupilId'])
    const record = pupil && (await pupilAsAt(sql, pupil, { on: today, knownAt: now }))
    if (!record) return undefined
    const who = record.particulars
    return { ...who, pupil, name: `${who.given_name} ${who.family_name}`, today }
  },
  question: ({ name }) => `What changes about ${name}?`,
  says: 'What was known before stays as it was for the days before.',
  back: ({ pupil }) => paths.pupil(pupil),
  pupils: ({ pupil }) => [pupil],
  questions: () => [...whoQuestions, { ask: 'day', name: 'from', label: 'From' }],
  replaces: ({ pupil }) => [{ table: 'pupil_particulars', key: { pupil_id: pupil } }],
  standing: (who) => ({
    'given-name': who.given_name,
    'family-name': who.family_name,
    'known-as': who.known_as ?? '',
    'born-on': who.born_on,
    upn: who.upn ?? '',
    'council-reference': who.council_reference ?? '',
    plan: who.ehc_plan_number ?? '',
    need: who.primary_need ?? '',
    'looked-after': who.looked_after ? 'yes' : '',
    from: who.today,
  }),
  read(form, _lists, { today, sex }) {
    const read = reading(form)
    const who = whoIn(read, form, today)
    const from = read.day('from', 'the first day of it')
    return read.answer(who && from && { from, who: { ...who, ...(sex && { sex }) } })
  },
  title: ({ name }, { who, from }) => {
    const called = `${who.givenName} ${who.familyName}`
    const day = dayInWords(from)
    return called === name ? `${name}: particulars from ${day}` : `${name} is called ${called} from ${day}`
  },
  doing: 'record it',
  async work(tx, { pupil }, { who, from }) {
    const taken = await pupilWithUpn(tx, who.upn)
    if (taken && taken.pupil !== pupil) return refuse([upnIsTaken(who, taken)])
    await recordParticulars(tx, pupil, { ...who, from })
    return ok(null)
  },
  told: () => ['Home, school, needs and seats are not touched.'],
})
