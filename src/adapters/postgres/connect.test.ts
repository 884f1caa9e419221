import { expect, test } from 'vitest'
import { instant, plainDate } from '#ground/time.ts'
import { realDatabase } from '#test/database.ts'

const { sql } = realDatabase()

test('a day, a moment and a range come back as the text that went in', async () => {
  const day = plainDate('2022-02-14')
  const moment = instant('2022-02-14T07:00:00.123456Z')

  const [row] = await sql`
    select ${day}::date as day, ${moment}::timestamptz as moment, daterange(${day}, null) as range,
           array[${day}::date] as days, '07:45'::time as time`

  expect(row).toEqual({
    day: '2022-02-14',
    moment: '2022-02-14T07:00:00.123456Z',
    range: '[2022-02-14,)',
    days: ['2022-02-14'],
    time: '07:45:00',
  })
})

test('a count is a number, and one too large to be exact is refused', async () => {
  expect(await sql`select count(*) as n, ${12}::int8 as twelve`).toEqual([{ n: 1, twelve: 12 }])
  await expect(sql`select 9007199254740993 as n`).rejects.toThrow('beyond the whole numbers')
})

test('the tenth time a question is asked it is still planned for the day it asks about', async () => {
  await sql`create table fact as select n as id, daterange('2022-02-14'::date + n, null) as valid from generate_series(1, 5000) n`
  await sql`analyze fact`
  await sql.begin(async (tx) => {
    await tx`prepare of_day (date) as select id from fact where valid @> $1`
    for (let i = 0; i < 10; i++) await tx`execute of_day('2022-03-01')`
    const [planned] = await tx`explain (format json) execute of_day('2040-01-01')`
    expect(planned?.['QUERY PLAN'][0].Plan['Plan Rows']).toBeGreaterThan(4000)
  })
})
