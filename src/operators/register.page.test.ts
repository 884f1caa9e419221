import { beforeAll, expect, test } from 'vitest'
import type { OperatorId } from '#ground/ids.ts'
import { now, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'
import { formSender, type Sent } from '#test/record-form.ts'
import { type SmallCounty, smallCounty } from '#test/small-county.ts'
import { departurePage } from './ends.page.ts'
import { newOperatorPage, operatorParticularsPage } from './register.page.ts'
import { operatorStandingPage } from './standing.page.ts'
import { operatorAsAt } from './store.ts'

const { sql } = realDatabase()
let county: SmallCounty
beforeAll(async () => {
  county = await smallCounty(sql)
})

const { record, refusal } = formSender(sql, () => county)

const asOn = (operator: number, day: string) =>
  operatorAsAt(sql, operator as OperatorId, { on: plainDate(day), knownAt: now() })

const harbour: Sent = {
  name: 'Harbour Cars',
  'company-number': '01234567',
  phone: '01632 960100',
  email: 'desk@harbour.example',
  vehicles: '6',
  from: '2022-02-21',
}

test('an operator is admitted from a day on; a second of that name or number is refused', async () => {
  const { to } = await record(newOperatorPage, {}, harbour)
  const operator = Number(/^\/operators\/(\d+)$/.exec(to)?.[1])
  expect(await asOn(operator, '2022-02-21')).toMatchObject({ standing: 'admitted', vehiclesDeclared: 6 })
  const again = 'Harbour Cars is on the register already'
  expect(await refusal(newOperatorPage, {}, { ...harbour, name: 'HARBOUR CARS' })).toContain(again)
  expect(await refusal(newOperatorPage, {}, { ...harbour, name: 'Others' })).toContain(again)
})

test.each([
  [{ name: '' }, 'Enter the name of the operator'],
  [{ 'company-number': '12' }, '"12" is not a company number'],
  [{ email: 'desk at harbour' }, '"desk at harbour" is not an email address'],
  [{ vehicles: 'six' }, '"six" is not a whole number'],
  [{ from: '2022-02-30' }, '"2022-02-30" is not a day'],
])('an operator sent with %j is asked for again', async (but, says) => {
  expect(
    await refusal(newOperatorPage, {}, { ...harbour, name: 'New', 'company-number': '', ...but }),
  ).toContain(says)
})

test('a new name leaves it standing as it does, suspended on the days it is', async () => {
  const { to } = await record(newOperatorPage, {}, { ...harbour, name: 'Pier', 'company-number': '' })
  const about = { operatorId: Number(to.split('/').at(-1)) }
  await record(operatorStandingPage, about, { standing: 'suspended', from: '2022-03-01' })
  await record(operatorParticularsPage, about, { name: 'Pier and Sons', from: '2022-02-25' })
  const days = await Promise.all(
    ['2022-02-24', '2022-02-25', '2022-03-01'].map((day) => asOn(about.operatorId, day)),
  )
  expect(days.map((day) => [day?.name, day?.standing])).toEqual([
    ['Pier', 'admitted'],
    ['Pier and Sons', 'admitted'],
    ['Pier and Sons', 'suspended'],
  ])
})

test('who is on no run leaves without a word, and is not of the crew the day after', async () => {
  const operator = { operatorId: county.kestrel }
  const { fact } = await newHand()
  await record(departurePage, operator, { of: `crew-${fact}`, 'last-day': '2022-02-18' })
  const crewOn = async (day: string) => (await asOn(county.kestrel, day))?.crew.map(({ crew }) => crew)
  expect(await crewOn('2022-02-18')).toContain(fact)
  expect(await crewOn('2022-02-19')).not.toContain(fact)
})

async function newHand() {
  return (await sql.begin(async (tx) => {
    await tx`select begin_revision(1, 'test', 'A new hand')`
    const [born] = await tx<{ crew_id: number }[]>`insert into crew default values returning crew_id`
    const fact = born?.crew_id ?? 0
    await tx`insert into crew_particulars (crew_id, operator_id, name, post, valid)
             values (${fact}, ${county.kestrel}, 'Ines Duarte', 'driver', '[2022-01-01,)')`
    return { fact }
  })) as { fact: number }
}
