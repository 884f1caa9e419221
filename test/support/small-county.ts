/**
 * Monday 14 February 2022 in a county of nine pupils: each in another travel state, two schools, two operators.
 * Contract C-0881 ended on the Friday before; that is why Amara stands at her door.
 */
import type { Sql, TransactionSql } from 'postgres'
import { roles } from '#access'
import { recordAccount } from '#access/account-store'
import type { ContractId, OperatorId, PersonId, PupilId, RouteId, RunId, SchoolId } from '#ground/ids.ts'
import { instant, plainDate } from '#ground/time.ts'
import { born, carriersOf, fact, schoolsOf } from './small-county-carriers.ts'

/** A Monday at five past seven, when an officer comes in. */
export const thatMorning = instant('2022-02-14T07:05')

export type SmallCounty = {
  /** The morning run of the contract that ended. */
  oldRun: RunId
  people: Record<(typeof roles)[number], PersonId>
  oakfield: SchoolId
  beacon: SchoolId
  kestrel: OperatorId
  ended: ContractId
  running: ContractId
  route: RouteId
  runs: { morning: RunId; afternoon: RunId }
  pupils: Record<
    'amara' | 'tomasz' | 'ffion' | 'xiaolong' | 'niamh' | 'jack' | 'zoe' | 'musa' | 'ivy',
    PupilId
  >
}

const staff = ['Asha Kaur', 'Priya Nair', 'Tom Reeve', 'Helen Marsh', 'David Okafor', 'Wen Li']

/** Writes the county into an empty, migrated database. */
export async function smallCounty(sql: Sql): Promise<SmallCounty> {
  await sql`insert into installation (kind, name) values ('demonstration', 'Westmarch')`
  return (await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'first-load', 'First load', ${instant('2022-01-10T09:00')}::timestamptz)`
    const people = await staffOf(tx)
    const { oakfield, beacon } = await schoolsOf(tx)
    const carried = await carriersOf(tx, { oakfield, beacon })
    const pupils = await pupilsOf(tx, { oakfield, beacon })
    await arrangementsOf(tx, pupils, carried)
    return { people, oakfield, beacon, pupils, ...carried }
  })) as SmallCounty
}

async function staffOf(tx: TransactionSql): Promise<SmallCounty['people']> {
  const made: [string, PersonId][] = []
  for (const [i, role] of roles.entries()) {
    const name = staff[i] ?? role
    const email = `${name.toLowerCase().replace(' ', '.')}@westmarch.example`
    const account = {
      name,
      email,
      roles: [role],
      from: plainDate('2019-09-01'),
      openedAt: instant('2019-09-01T09:00'),
      enters: 'with-a-click' as const,
    }
    made.push([role, await recordAccount(tx, account)])
  }
  return Object.fromEntries(made) as SmallCounty['people']
}

type Child = {
  given_name: string
  family_name: string
  born_on: string
  school: SchoolId
  state?: string
  need?: object
}

async function pupilsOf(tx: TransactionSql, { oakfield, beacon }: { oakfield: SchoolId; beacon: SchoolId }) {
  const cast: Record<keyof SmallCounty['pupils'], Child> = {
    amara: {
      given_name: 'Amara',
      family_name: 'Osei',
      born_on: '2012-05-14',
      school: oakfield,
      need: {
        mobility: 'wheelchair',
        wheelchair_travel: 'ride-on',
        wheelchair_make: 'Quickie',
        wheelchair_model: 'Life',
        assistant: 'shared',
      },
    },
    tomasz: { given_name: 'Tomasz', family_name: 'Zieliński', born_on: '2009-11-02', school: beacon },
    ffion: { given_name: 'Ffion', family_name: 'Price-Hargreaves', born_on: '2008-03-30', school: beacon },
    xiaolong: { given_name: '小龍', family_name: '李', born_on: '2013-01-08', school: oakfield },
    niamh: { given_name: 'Niamh', family_name: 'O’Brien', born_on: '2010-07-19', school: oakfield },
    jack: {
      given_name: 'Jack',
      family_name: 'Bright',
      born_on: '2016-02-29',
      school: oakfield,
      state: 'pending',
    },
    zoe: { given_name: 'Zoë', family_name: 'Hart', born_on: '2011-09-01', school: oakfield },
    musa: { given_name: 'Musa', family_name: 'Bello', born_on: '2014-12-25', school: oakfield },
    ivy: { given_name: 'Ivy', family_name: 'Lane', born_on: '2012-08-31', school: beacon },
  }
  const ids: [string, PupilId][] = []
  for (const [name, child] of Object.entries(cast)) ids.push([name, await pupilOf(tx, child)])
  return Object.fromEntries(ids) as SmallCounty['pupils']
}

async function pupilOf(tx: TransactionSql, { school, state = 'eligible', need = {}, ...particulars }: Child) {
  const pupil_id = await born<PupilId>(tx, 'pupil')
  const mine = { pupil_id }
  await fact(tx, 'pupil_registration', { ...mine, valid: '[2020-09-01,)' })
  await fact(tx, 'pupil_particulars', {
    ...mine,
    ...particulars,
    upn: `W${String(820_000_000_000 + pupil_id)}`,
    primary_need: 'Autistic spectrum disorder',
  })
  await fact(tx, 'pupil_home', {
    ...mine,
    pattern: '{[0,28)}',
    address: `${pupil_id} Mill Lane, Harrow’s End`,
    postcode: 'WQ4 7AA',
    area: 'Harrow Vale',
  })
  await fact(tx, 'placement', { ...mine, school_id: school, pattern: '{[0,10),[14,24)}', year_group: '7' })
  await fact(tx, 'eligibility', {
    ...mine,
    state,
    grounds: ['special educational needs'],
    decided_by: 'Priya Nair',
    decided_on: '2021-07-01',
  })
  await fact(tx, 'travel_need', { ...mine, ...need })
  const carer_id = await born<number>(tx, 'carer')
  await fact(tx, 'carer_particulars', {
    carer_id,
    given_name: 'Abena',
    family_name: particulars.family_name,
    language: 'English',
  })
  await fact(tx, 'pupil_carer', { ...mine, carer_id, relationship: 'mother' })
  await fact(tx, 'contact_point', {
    carer_id,
    kind: 'phone',
    address: `07700 900${100 + pupil_id}`,
    verified_on: '2021-11-02',
    verified_how: 'rang back',
  })
  return pupil_id
}

type Carried = { running: ContractId; oldRun: RunId; runs: SmallCounty['runs'] }

async function arrangementsOf(
  tx: TransactionSql,
  pupils: SmallCounty['pupils'],
  { running, oldRun, runs }: Carried,
) {
  const both = async (pupil_id: PupilId, row: object) => {
    for (const direction of [1, 2]) await fact(tx, 'travel_arrangement', { pupil_id, direction, ...row })
  }
  await fact(tx, 'travel_arrangement', { pupil_id: pupils.amara, direction: 1, kind: 'seat', run_id: oldRun })
  for (const pupil_id of [pupils.tomasz, pupils.ffion, pupils.ivy]) {
    await fact(tx, 'travel_arrangement', { pupil_id, direction: 1, kind: 'seat', run_id: runs.morning })
    await fact(tx, 'travel_arrangement', { pupil_id, direction: 2, kind: 'seat', run_id: runs.afternoon })
  }
  for (const pupil_id of [pupils.ffion, pupils.ivy]) {
    for (const run_id of [runs.morning, runs.afternoon]) {
      await fact(tx, 'confirmation', {
        kind: 'family-told',
        contract_id: running,
        run_id,
        pupil_id,
        evidence: 'Text delivered',
        given_on: '2021-08-25',
      })
    }
  }
  await both(pupils.xiaolong, { kind: 'interim-parental', reason: 'No seat to Oakfield' })
  await both(pupils.niamh, { kind: 'personal-travel-budget', provider: 'Family' })
  await fact(tx, 'travel_consent', {
    pupil_id: pupils.niamh,
    kind: 'personal-travel-budget',
    given_by: 'Sinéad O’Brien',
    evidence: 'Signed form',
  })
  await both(pupils.zoe, {
    kind: 'temporary-vehicle',
    provider: 'Harbour Taxis',
    valid: '[2022-01-17,2022-02-19)',
  })
  await both(pupils.musa, { kind: 'offer-declined', reason: 'The ride is over 90 minutes' })
  await fact(tx, 'pupil_absence', {
    pupil_id: pupils.ivy,
    notified_by: 'mother',
    reason: 'unwell',
    valid: '[2022-02-14,2022-02-16)',
  })
}
