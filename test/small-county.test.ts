import { beforeAll, expect, test } from 'vitest'
import { realDatabase } from '#test/database.ts'
import { smallCounty } from '#test/small-county.ts'

const { sql } = realDatabase()
beforeAll(() => smallCounty(sql))

test('the small county has somebody in every travel state on its Monday', async () => {
  const states = await sql<{ name: string; states: string }[]>`
    select given_name as name, string_agg(direction || ' ' || state || coalesce(' ' || reason, ''), ', ' order by direction) as states
      from travel_state(1, array['2022-02-14'::date])
      join pupil_particulars using (pupil_id)
     group by given_name order by 1`
  expect(Object.fromEntries(states.map(({ name, states }) => [name, states]))).toMatchInlineSnapshot(`
    {
      "Amara": "1 no-offer run-does-not-run, 2 no-offer nothing-arranged",
      "Ffion": "1 confirmed, 2 confirmed",
      "Ivy": "1 not-requiring absent, 2 not-requiring absent",
      "Jack": "1 eligibility-pending pending, 2 eligibility-pending pending",
      "Musa": "1 offer-declined, 2 offer-declined",
      "Niamh": "1 own-arrangement, 2 own-arrangement",
      "Tomasz": "1 provisional family-told, 2 provisional family-told",
      "Zoë": "1 temporary, 2 temporary",
      "小龍": "1 interim-by-family, 2 interim-by-family",
    }
  `)
})
