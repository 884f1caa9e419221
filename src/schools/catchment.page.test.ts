import { beforeAll, expect, test } from 'vitest'
import type { PersonId, SchoolId } from '#ground/ids.ts'
import { dayOf, now, plainDate } from '#ground/time.ts'
import { beginRevision } from '#knowledge/store'
import { recordHome, recordPlacement, registerPupil } from '#pupils/write-store'
import { crowFly } from '#roads'
import { realDatabase } from '#test/database.ts'
import type { Visit } from '#web/page.ts'
import { aVisit, htmlOf, textOf } from '#web/testing.ts'
import { measurePupils } from '../distances/measure-store.ts'
import { catchmentPage } from './catchment.page.ts'
import { schoolPage } from './schools.page.ts'
import { recordEntrance, recordSchool } from './write-store.ts'

const { sql, inTransaction } = realDatabase()
const autumn = plainDate('2020-09-01')
let oakfield: SchoolId

beforeAll(async () => {
  oakfield = await inTransaction(async (tx) => {
    await beginRevision(tx, { by: 1 as PersonId, reason: 'news' })
    const school = await recordSchool(tx, { name: 'Oakfield School', kind: 'special', from: autumn })
    await recordEntrance(tx, school, { point: { longitude: -2.5, latitude: 52.25 }, from: autumn })
    for (const [givenName, longitude] of [
      ['Far', -2.6],
      ['Near', -2.51],
    ] as const) {
      const born = { givenName, familyName: 'Osei', bornOn: plainDate('2014-05-14') }
      const pupil = await registerPupil(tx, born, { from: autumn })
      await recordHome(tx, pupil, {
        address: '1 Mill Lane',
        point: { longitude, latitude: 52.25 },
        from: autumn,
      })
      await recordPlacement(tx, pupil, { school, from: autumn })
    }
    return school
  })
  await measurePupils(sql, crowFly(), { today: dayOf(now()) })
})

const visit = (but: Partial<Visit> = {}) =>
  aVisit(sql, { now: now(), params: { schoolId: String(oakfield) }, ...but })

test('the pupils of a school are listed by their walk, each with the number of their home on the map', async () => {
  const reply = await catchmentPage.get(visit())

  expect(textOf(reply)).toMatch(
    /1 Near Osei 0\.\d+ miles \(estimated\) .*2 Far Osei \d\.\d+ miles \(estimated\)/,
  )
  const { map } = (reply as { view: { map: { drawing: (source: string) => string } } }).view
  const { points } = JSON.parse(map.drawing(''))
  expect(points).toEqual([
    { at: [-2.51, 52.25], kind: 'home', label: '1', says: 'Near Osei' },
    { at: [-2.6, 52.25], kind: 'home', label: '2', says: 'Far Osei' },
    { at: [-2.5, 52.25], kind: 'school', label: 'S', says: 'Oakfield School' },
  ])
  expect(reply).toMatchObject({ pupils: [expect.any(Number), expect.any(Number)] })
})

test('a commissioner is not led to where children live', async () => {
  const person = { id: 1 as PersonId, name: 'Owen Pryce', roles: ['commissioner'] as const }
  expect(catchmentPage.allow).not.toContain('commissioner')
  expect(htmlOf(await schoolPage.get(visit({ person })))).not.toContain('/catchment')
  expect(htmlOf(await schoolPage.get(visit()))).toContain(`/schools/${oakfield}/catchment`)
})

test('on a day before anybody was measured the page says what it waits for', async () => {
  const query = { on: '2021-01-11' }
  expect(textOf(await catchmentPage.get(visit({ query })))).toContain(
    'Nobody is measured to this school on this day',
  )
})
