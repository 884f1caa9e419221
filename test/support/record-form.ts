/** Sends the two steps of a recording form as a manager of the small county would. */
import type { Sql } from 'postgres'
import { expect } from 'vitest'
import type { Role } from '#access'
import { now, plainDate } from '#ground/time.ts'
import type { SmallCounty } from '#test/small-county.ts'
import type { Page } from '#web/page.ts'
import { aVisit, textOf } from '#web/testing.ts'

export type Sent = Record<string, string | string[]>

/** The two things a test does with a form: have it recorded, or read why it was refused. */
export function formSender(sql: Sql, countyOf: () => SmallCounty) {
  /** Sends a form; `step: record` is its second step. */
  async function send(page: Page, params: Record<string, number>, form: Sent) {
    const role: Role = 'manager'
    const first = Object.entries(form).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value[0] ?? '') : value,
    ])
    const all = Object.entries(form).map(([name, value]) => [name, Array.isArray(value) ? value : [value]])
    return await page.post?.(
      aVisit(sql, {
        params: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)])),
        form: Object.fromEntries(first),
        formLists: Object.fromEntries(all),
        // What one step of a test records must be known to the next.
        now: now(),
        today: plainDate('2022-02-14'),
        person: {
          id: countyOf().people[role as keyof SmallCounty['people']],
          name: 'Helen Marsh',
          roles: [role],
        },
      }),
    )
  }

  /** Both steps: what the first tells, and where the second leads. */
  async function record(page: Page, params: Record<string, number>, form: Sent) {
    const told = await send(page, params, form)
    expect(told, JSON.stringify(told).slice(0, 600)).toMatchObject({ reply: 'show', status: 200 })
    const done = await send(page, params, { ...form, step: 'record' })
    expect(done, textOfRefused(done)).toMatchObject({ reply: 'redirect' })
    return { told: textOf(told), to: done?.reply === 'redirect' ? done.to : '' }
  }
  const textOfRefused = (reply: Awaited<ReturnType<typeof send>>) =>
    reply?.reply === 'show' ? textOf(reply).slice(0, 800) : ''

  const refusal = async (page: Page, params: Record<string, number>, form: Sent) => {
    const reply = await send(page, params, form)
    expect(reply).toMatchObject({ reply: 'show', status: 400 })
    return textOf(reply).replaceAll('&quot;', '"')
  }

  return { record, refusal }
}
