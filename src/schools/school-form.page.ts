/** What every form about one school begins with: which school, who may send it, where it leads back to. */
import { readId, type SchoolId } from '#ground/ids.ts'
import type { Visit } from '#web/page.ts'
import { paths } from '#web/paths.ts'
import { type SchoolRecord, schoolAsAt } from './store.ts'

export type SchoolSubject = { school: SchoolId; name: string; record: SchoolRecord }

/** The part of a form about a school that is the same for all of them. */
export const aboutSchool = {
  roles: ['transport-officer', 'eligibility-officer', 'manager'],
  back: ({ school }: SchoolSubject) => paths.school(school),

  async subject({ sql, params, today, now }: Visit): Promise<SchoolSubject | undefined> {
    const school = readId<'School'>(params['schoolId'])
    const record = school && (await schoolAsAt(sql, school, { on: today, knownAt: now }))
    return record && { school: record.school, name: record.name, record }
  },
} as const
