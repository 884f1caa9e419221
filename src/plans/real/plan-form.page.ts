/** One shape for the forms about a found plan: asked, read back with what is wrong, recorded. */
import type { ChangingRole } from '#access'
import type { Result } from '#ground/result.ts'
import type { FieldError } from '#web/forms.ts'
import { notFound, type Page, type Reply, redirect, type Visit } from '#web/page.ts'
import { forwardIn } from './accept.page.ts'
import type { Forward } from './forward-store.ts'
import type { Which } from './going-forward-store.ts'

type PlanForm<Answer> = {
  path: string
  roles: readonly [ChangingRole, ...ChangingRole[]]
  form: (visit: Visit, forward: Forward, errors: readonly FieldError[]) => Reply
  read: (visit: Visit, forward: Forward) => Result<Answer, readonly FieldError[]>
  /** Records the answer, and says where to go and what to say there; or shows a page of its own. */
  record: (visit: Visit, which: Which, answer: Answer) => Promise<{ to: string; notice: string } | Reply>
}

/** The page of a form about a found plan, at `/plans/:scenarioId/found/:planId/…`. */
export function planFormPage<Answer>({ path, roles, form, read, record }: PlanForm<Answer>): Page {
  return {
    path: `/plans/:scenarioId/found/:planId/${path}`,
    allow: roles,
    change: roles,

    async get(visit) {
      const found = await forwardIn(visit)
      return found ? form(visit, found.forward, []) : notFound
    },

    async post(visit) {
      const found = await forwardIn(visit)
      if (!found) return notFound
      const given = read(visit, found.forward)
      if (!given.ok) return form(visit, found.forward, given.refusal)
      const done = await record(visit, found.which, given.value)
      return 'reply' in done ? done : redirect(done.to, done.notice)
    },
  }
}
